package dev.swtch.lwkt.sys;

/** Priorities of threads, {@code td_pri}: larger is better. */
public final class Tdpri {
    /** Meant for idle threads, which in the seed keep {@link #TDPRI_KERN_DAEMON}. */
    public static final int TDPRI_IDLE_THREAD = 0;

    /** Helper threads of the user scheduler. */
    public static final int TDPRI_USER_SCHEDULER = 2;

    /** Every LWP in user mode or on its way back there. */
    public static final int TDPRI_USER_NORM = 6;

    /** A search past contended threads stops below. */
    public static final int TDPRI_KERN_LPSCHED = 9;

    /** An LWP in the kernel after its passive release; a new LWP. */
    public static final int TDPRI_KERN_USER = 10;

    /** Every thread at first. */
    public static final int TDPRI_KERN_DAEMON = 12;

    /** Software interrupt threads. */
    public static final int TDPRI_SOFT_NORM = 14;

    /** Helpers of interrupt threads. */
    public static final int TDPRI_INT_SUPPORT = 20;

    /** Hardware interrupt threads. */
    public static final int TDPRI_INT_MED = 28;

    /** The highest there is. */
    public static final int TDPRI_MAX = 31;

    private Tdpri() {}
}
