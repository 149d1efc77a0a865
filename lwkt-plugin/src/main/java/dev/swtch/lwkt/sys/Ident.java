package dev.swtch.lwkt.sys;

/** Something threads sleep on: stands for an address of the kernel. */
public final class Ident {
    /** Size of the table of sleep queues. */
    public static final int TABLESIZE = 4001;

    /** Name, for people. */
    public final String name;

    private final int id;

    /**
     * Makes something to sleep on.
     *
     * @param address stands for its address
     * @param name for people
     */
    public Ident(long address, String name) {
        this.name = name;
        this.id = (int) Long.remainderUnsigned(address & 0xffffffffL, TABLESIZE);
    }

    /** {@code LOOKUP}: index of its sleep queue, which it shares with others. */
    public int lookup() {
        return id;
    }
}
