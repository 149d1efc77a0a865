package dev.swtch.ule.kern;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;
import org.jspecify.annotations.Nullable;

/** Sleeping and waking by channel: sys/kern/kern_synch.c. */
final class KernSynch {
    /** Argument of {@link #sleep}: signals end the sleep. */
    static final int PCATCH = 0x100;

    /** Argument of {@link #sleep}: the interlock is not taken again. */
    static final int PDROP = 0x200;

    private static final int PRIMASK = 0xff;

    /** Channels of {@code pause} are this and the CPU's number: {@code pause_wchan}. */
    static final long PAUSE_WCHAN = 65_536;

    /** One hz tick in units of 2^-32 s: {@code tick_sbt}. */
    static final long TICK_SBT = (1L << 32) / SchedTunables.HZ;

    private final UleKernel k;
    private final Frame<SleepMtx> SLEEP_RELOCK = new Frame<>("SLEEP_RELOCK", this::sleepRelock);
    private final Frame<Object> SLEEP_RELOCKED = new Frame<>("SLEEP_RELOCKED", this::sleepRelocked);
    private final Frame<Object> SLEEP_UNTIMED = new Frame<>("SLEEP_UNTIMED", this::sleepUntimed);

    KernSynch(UleKernel k) {
        this.k = k;
    }

    /**
     * The running thread sleeps on a channel: {@code _sleep}, sys/kern/kern_synch.c.
     *
     * @param lock released while it sleeps; null for none
     * @param priority a priority with {@code PCATCH} and {@code PDROP}
     * @param sbt time after which the sleep ends, in 2^-32 s; 0 for none
     * @param pr by how much it may end later
     */
    Next sleep(Cpu cpu, long ident, @Nullable SleepMtx lock, int priority, String wmesg, long sbt, long pr) {
        return sleep(cpu, ident, lock, priority, wmesg, sbt, pr, false);
    }

    /** The same until an instant: {@code _sleep} with {@code C_ABSOLUTE}. */
    Next sleepUntil(Cpu cpu, long ident, int priority, String wmesg, long uptime, long pr) {
        return sleep(cpu, ident, null, priority, wmesg, uptime, pr, true);
    }

    private Next sleep(
            Cpu cpu,
            long ident,
            @Nullable SleepMtx lock,
            int priority,
            String wmesg,
            long sbt,
            long pr,
            boolean absolute) {
        boolean isCatch = (priority & PCATCH) != 0;
        int flags = ident >= PAUSE_WCHAN && ident < PAUSE_WCHAN + k.ncpus() ? Sleepq.SLEEPQ_PAUSE : Sleepq.SLEEPQ_SLEEP;
        if (isCatch) {
            flags |= Sleepq.SLEEPQ_INTERRUPTIBLE;
        }
        k.sleepq.sleepqLock(cpu, ident);
        if (lock != null) {
            k.mutex.mtxUnlockHeld(cpu, lock);
        }
        k.sleepq.sleepqAdd(cpu, ident, lock, wmesg, flags, 0);
        if (sbt != 0) {
            sleepqSetTimeoutSbt(cpu, absolute ? sbt : k.clocks.sbinuptime(cpu) + sbt, pr);
        }
        if (lock != null && (priority & PDROP) == 0) {
            cpu.push(SLEEP_RELOCK, lock);
        }
        return wait(cpu, ident, priority & PRIMASK, isCatch, sbt != 0);
    }

    /** The wait that fits; its result is in the thread's {@code retval}. */
    Next wait(Cpu cpu, long ident, int pri, boolean isCatch, boolean timed) {
        if (timed && isCatch) {
            return k.sleepqWait.sleepqTimedwaitSig(cpu, ident, pri);
        }
        if (timed) {
            return k.sleepqWait.sleepqTimedwait(cpu, ident, pri);
        }
        if (isCatch) {
            return k.sleepqWait.sleepqWaitSig(cpu, ident, pri);
        }
        cpu.push(SLEEP_UNTIMED);
        return k.sleepqWait.sleepqWait(cpu, ident, pri);
    }

    private Next sleepUntimed(Cpu cpu, Object ref, int a, long b) {
        Pcpu.curthread(cpu).retval = 0;
        return Next.RETURN;
    }

    private Next sleepRelock(Cpu cpu, SleepMtx lock, int a, long b) {
        cpu.push(SLEEP_RELOCKED, Pcpu.curthread(cpu).retval, 0);
        return k.mutex.mtxLock(cpu, lock);
    }

    private Next sleepRelocked(Cpu cpu, Object ref, int rval, long b) {
        Pcpu.curthread(cpu).retval = rval;
        return Next.RETURN;
    }

    /** Bounds the sleep of the thread that just joined a queue by an instant: {@code sleepq_set_timeout_sbt}. */
    void sleepqSetTimeoutSbt(Cpu cpu, long uptime, long pr) {
        UleThread td = Pcpu.curthread(cpu);
        td.sleeptimo = uptime;
        k.callouts.calloutReset(cpu, td, td.sleeptimo, pr);
    }

    /** Sleeps for a time on a channel nobody wakes: {@code pause_sbt}, sys/kern/kern_synch.c. */
    Next pause(Cpu cpu, String wmesg, long sbt, long pr, int flags) {
        return sleep(cpu, PAUSE_WCHAN + cpu.id(), null, flags & PCATCH, wmesg, sbt == 0 ? TICK_SBT : sbt, pr);
    }

    /** Wakes all: {@code wakeup}, sys/kern/kern_synch.c. */
    Next wakeup(Cpu cpu, long ident) {
        k.sleepq.sleepqLock(cpu, ident);
        k.sleepq.sleepqBroadcast(cpu, ident, Sleepq.SLEEPQ_SLEEP, 0, 0);
        return k.sleepq.sleepqRelease(cpu, ident);
    }

    /** Wakes the best: {@code wakeup_one}, sys/kern/kern_synch.c. */
    Next wakeupOne(Cpu cpu, long ident) {
        k.sleepq.sleepqLock(cpu, ident);
        k.sleepq.sleepqSignal(cpu, ident, Sleepq.SLEEPQ_SLEEP, 0, 0);
        return k.sleepq.sleepqRelease(cpu, ident);
    }

    /** Wakes the one that is cheapest to wake: {@code wakeup_any}, sys/kern/kern_synch.c. */
    Next wakeupAny(Cpu cpu, long ident) {
        k.sleepq.sleepqLock(cpu, ident);
        k.sleepq.sleepqSignal(cpu, ident, Sleepq.SLEEPQ_SLEEP | Sleepq.SLEEPQ_UNFAIR, 0, 0);
        return k.sleepq.sleepqRelease(cpu, ident);
    }
}
