package dev.swtch.lwkt.sys;

/** {@code struct proc}: a process. */
public final class Proc {
    /** Smaller than any id of an LWP. */
    public static final int NO_TID = -1;

    /** Name. */
    public final String name;

    /** {@code p_usched}: its user scheduler. */
    public final Usched usched;

    /** {@code p_lwp_tree}: its LWPs by id. */
    public final NumberedList<Lwp> lwps = new NumberedList<>();

    /** {@code &p_nthreads}: what the last LWP but one wakes when it leaves. */
    public final Ident nthreads;

    /** {@code p_nice}. */
    public int nice;

    /** {@code p_lasttid}: the id given last. */
    public int lasttid = NO_TID;

    /** Position in the order of creation; 0 before it is in {@code allproc}. */
    public long sequence;

    /** {@code p_stat}. */
    public Stat stat = Stat.IDL;

    /**
     * Makes a process without LWPs.
     *
     * @param name for people
     * @param usched its user scheduler
     * @param address stands for its address
     */
    public Proc(String name, Usched usched, long address) {
        this.name = name;
        this.usched = usched;
        this.nthreads = new Ident(address, name);
    }

    /** {@code p_stat}. */
    public enum Stat {
        /** SIDL: being made. */
        IDL,
        /** SACTIVE. */
        ACTIVE,
        /** SZOMB: its last LWP has left. */
        ZOMB
    }
}
