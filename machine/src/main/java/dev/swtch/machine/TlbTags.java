package dev.swtch.machine;

/** The few address spaces whose tagged translations a CPU still holds, least recently used replaced first. */
final class TlbTags {
    private static final int TAGS = 6;

    private final int[] ids = new int[TAGS];
    private int used;

    /** Uses an address space; false if its translations were not held. */
    boolean use(int id) {
        int at = 0;
        while (at < used && ids[at] != id) {
            at++;
        }
        boolean held = at < used;
        if (!held) {
            used = Math.min(used + 1, TAGS);
            at = used - 1;
        }
        System.arraycopy(ids, 0, ids, 1, at);
        ids[0] = id;
        return held;
    }

    /** Drops an address space's translations. */
    void forget(int id) {
        for (int i = 0; i < used; i++) {
            if (ids[i] == id) {
                System.arraycopy(ids, i + 1, ids, i, used - i - 1);
                used--;
                return;
            }
        }
    }
}
