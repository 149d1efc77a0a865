package dev.swtch.ule.kern;

/** Why and how a thread is switched out, and how one is added to a queue: sys/sys/proc.h, sys/sys/sched.h. */
final class SwitchFlags {
    static final int SWT_OWEPREEMPT = 1;
    static final int SWT_TURNSTILE = 2;
    static final int SWT_SLEEPQ = 3;
    static final int SWT_RELINQUISH = 4;
    static final int SWT_NEEDRESCHED = 5;
    static final int SWT_IDLE = 6;
    static final int SWT_IWAIT = 7;
    static final int SWT_SUSPEND = 8;
    static final int SWT_REMOTEPREEMPT = 9;
    static final int SWT_REMOTEWAKEIDLE = 10;
    static final int SWT_BIND = 11;
    static final int SWT_COUNT = 12;

    static final int SW_TYPE_MASK = 0xff;
    static final int SW_VOL = 0x100;
    static final int SW_INVOL = 0x200;
    static final int SW_PREEMPT = 0x400;

    static final int SRQ_BORING = 0;
    static final int SRQ_YIELDING = 1;
    static final int SRQ_OURSELF = 2;
    static final int SRQ_INTR = 4;
    static final int SRQ_PREEMPTED = 8;
    static final int SRQ_BORROWING = 0x10;
    static final int SRQ_HOLD = 0x20;
    static final int SRQ_HOLDTD = 0x40;

    private SwitchFlags() {}
}
