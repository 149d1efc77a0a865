package dev.swtch.ule.kern;

/** States, inhibitors and flags of a thread: sys/sys/proc.h and sched_ule.c. */
final class ThreadFlags {
    static final int TDS_INACTIVE = 0;
    static final int TDS_INHIBITED = 1;
    static final int TDS_CAN_RUN = 2;
    static final int TDS_RUNQ = 3;
    static final int TDS_RUNNING = 4;

    static final int TDI_SUSPENDED = 0x01;
    static final int TDI_SLEEPING = 0x02;
    static final int TDI_LOCK = 0x08;
    static final int TDI_IWAIT = 0x10;

    static final int TDF_BORROWING = 0x1;
    static final int TDF_INMEM = 0x4;
    static final int TDF_SINTR = 0x8;
    static final int TDF_TIMEOUT = 0x10;
    static final int TDF_IDLETD = 0x20;
    static final int TDF_CANSWAP = 0x40;
    static final int TDF_NOLOAD = 0x40000;
    static final int TDF_NEEDSIGCHK = 0x00020000;
    static final int TDF_PICKCPU = 0x01000000;
    static final int TDF_SLICEEND = 0x04000000;

    static final int TDA_SCHED = 1 << 7;
    static final int TDA_SIG = 1 << 14;
    static final int TDA_SUSPEND = 1 << 16;

    static final int TSF_BOUND = 1;
    static final int TSF_XFERABLE = 2;

    /** Value of {@code td_oncpu} off any CPU. */
    static final int NOCPU = -1;

    private ThreadFlags() {}
}
