package dev.swtch.lwkt.kern;

import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.Ident;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.machine.Next;

/** Sleeping and waking, as the rest of the kernel uses it. */
public interface Synch {
    /** {@code tsleep}: sleeps until woken or for a number of ticks. */
    Next tsleep(Globaldata gd, Ident ident, int flags, String wmesg, int timo);

    /** {@code wakeup}: wakes all that sleep on something. */
    Next wakeup(Globaldata gd, Ident ident);

    /** {@code wakeup_mycpu}: wakes all that sleep on something on this CPU. */
    Next wakeupMycpu(Globaldata gd, Ident ident);

    /** {@code tsleep_interlock} in a critical section: queues the current thread, which runs on. */
    void tsleepInterlockInCrit(Globaldata gd, Ident ident, int flags);

    /** {@code tsleep_remove}: takes a thread off its sleep queue. */
    void tsleepRemove(Globaldata gd, LwktThread td);
}
