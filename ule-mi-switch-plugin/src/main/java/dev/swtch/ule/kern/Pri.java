package dev.swtch.ule.kern;

/** Priorities and their classes; smaller is more important: sys/sys/priority.h. */
final class Pri {
    static final int PRI_ITHD = 1;
    static final int PRI_REALTIME = 2;
    static final int PRI_TIMESHARE = 3;
    static final int PRI_IDLE = 4;
    static final int PRI_FIFO_BIT = 8;

    static final int PRI_INTR = 4;
    static final int PRI_MAX_ITHD = 15;
    static final int PRI_MIN_REALTIME = 16;
    static final int PRI_MIN_KERN = 48;
    static final int PVM = 52;
    static final int PSOCK = 72;
    static final int PWAIT = 76;
    static final int PUSER = 88;
    static final int PRI_MIN_TIMESHARE = 88;
    static final int PRI_MIN_INTERACT = 88;
    static final int PRI_MAX_INTERACT = 135;
    static final int PRI_MIN_BATCH = 136;
    static final int PRI_MAX_BATCH = 223;
    static final int PRI_BATCH_RANGE = PRI_MAX_BATCH - PRI_MIN_BATCH + 1;
    static final int PRI_MAX_TIMESHARE = 223;
    static final int PRI_MIN_IDLE = 224;
    static final int PRI_MAX_IDLE = 255;
    static final int PRI_MAX = 255;

    /** Argument of {@code kern_yield}: the thread's user priority. */
    static final int PRI_USER = -2;

    /** Largest nice value either way. */
    static final int PRIO_MAX = 20;

    private Pri() {}

    /** The class without the FIFO bit: {@code PRI_BASE}. */
    static int priBase(int priClass) {
        return priClass & ~PRI_FIFO_BIT;
    }
}
