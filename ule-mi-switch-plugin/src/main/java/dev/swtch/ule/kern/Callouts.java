package dev.swtch.ule.kern;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.cost.Charge;
import org.jspecify.annotations.Nullable;

/**
 * Timeouts of sleeps: one wheel of lists per CPU, whose timer interrupt runs what is due: sys/kern/kern_timeout.c.
 *
 * <p>Deviation: the wheel is smaller than the kernel's; since each scan tests the times themselves, that is not seen.
 */
final class Callouts {
    /** A bucket holds 2^24 units of 2^-32 s. */
    private static final int CC_HASH_SHIFT = 24;

    private static final int CALLWHEELSIZE = 8192;
    private static final long SBT_1S = 1L << 32;
    private static final long NEVER = Long.MAX_VALUE;

    private final UleKernel k;
    private final CalloutCpu[] ccs;

    /** What one CPU has: {@code struct callout_cpu}. */
    private static final class CalloutCpu {
        final Mtx lock;
        final @Nullable UleThread[] wheel = new UleThread[CALLWHEELSIZE];
        int pending;
        long lastscan;

        /** Latest and earliest time at which the next interrupt for callouts is wanted. */
        long firstevent = NEVER;

        long firsteventOpt = NEVER;

        CalloutCpu(int cpu) {
            lock = new Mtx("callout " + cpu);
        }
    }

    Callouts(UleKernel k) {
        this.k = k;
        ccs = new CalloutCpu[k.ncpus()];
        for (int i = 0; i < ccs.length; i++) {
            ccs[i] = new CalloutCpu(i);
        }
    }

    private static int bucket(long time) {
        return (int) (time >>> CC_HASH_SHIFT) & CALLWHEELSIZE - 1;
    }

    /** Latest time, in 2^-32 s, at which a CPU's next interrupt for callouts is due; {@code Long.MAX_VALUE} for none. */
    long firstevent(int cpu) {
        return ccs[cpu].firstevent;
    }

    /** Earliest time from which on another interrupt of the CPU runs callouts too. */
    long firsteventOpt(int cpu) {
        return ccs[cpu].firsteventOpt;
    }

    /** Arms a thread's callout on the CPU that executes: {@code callout_reset_sbt_on} with {@code C_DIRECT_EXEC}. */
    void calloutReset(Cpu cpu, UleThread td, long time, long precision) {
        CalloutCpu cc = ccs[cpu.id()];
        k.locks.mtxLockSpin(cpu, cc.lock);
        if (td.calloutCpu != ThreadFlags.NOCPU) {
            throw cpu.violation("callout-armed", td.name() + " arms its callout twice");
        }
        cpu.charge(Charge.QUEUE_OP);
        if (cc.pending++ == 0) {
            cc.lastscan = k.clocks.sbinuptime(cpu);
        }
        td.calloutCpu = cpu.id();
        td.calloutTime = Math.max(time, cc.lastscan);
        td.calloutPrecision = precision;
        int b = bucket(td.calloutTime);
        UleThread first = cc.wheel[b];
        td.calloutNext = first;
        td.calloutPrev = null;
        if (first != null) {
            first.calloutPrev = td;
        }
        cc.wheel[b] = td;
        cc.firsteventOpt = Math.min(cc.firsteventOpt, td.calloutTime);
        if (td.calloutTime + precision < cc.firstevent) {
            cc.firstevent = td.calloutTime + precision;
            k.clocks.cpuNewCallout(cpu);
        }
        k.locks.mtxUnlockSpinHeld(cpu, cc.lock);
    }

    /** Disarms a thread's callout, wherever it is armed: {@code callout_stop}. */
    void calloutStop(Cpu cpu, UleThread td) {
        if (td.calloutCpu == ThreadFlags.NOCPU) {
            return;
        }
        CalloutCpu cc = ccs[td.calloutCpu];
        k.locks.mtxLockSpin(cpu, cc.lock);
        unlink(cpu, cc, td);
        k.locks.mtxUnlockSpinHeld(cpu, cc.lock);
    }

    private static void unlink(Cpu cpu, CalloutCpu cc, UleThread td) {
        cpu.charge(Charge.QUEUE_OP);
        UleThread next = td.calloutNext;
        UleThread prev = td.calloutPrev;
        if (prev == null) {
            cc.wheel[bucket(td.calloutTime)] = next;
        } else {
            prev.calloutNext = next;
        }
        if (next != null) {
            next.calloutPrev = prev;
        }
        td.calloutNext = null;
        td.calloutPrev = null;
        td.calloutCpu = ThreadFlags.NOCPU;
        cc.pending--;
    }

    /** Runs one thread's callout, which is due: {@code softclock_call_cc}. */
    void softclockCall(Cpu cpu, UleThread td) {
        CalloutCpu cc = ccs[td.calloutCpu];
        k.locks.mtxLockSpin(cpu, cc.lock);
        unlink(cpu, cc, td);
        k.locks.mtxUnlockSpinHeld(cpu, cc.lock);
        cpu.charge(Charge.CALLOUT);
        k.probes.callout(td);
        k.sleepq.sleepqTimeout(cpu, td);
    }

    /**
     * Runs what is due on the CPU that executes, then finds out when the next interrupt is wanted: {@code
     * callout_process}, sys/kern/kern_timeout.c; in a timer interrupt.
     */
    void calloutProcess(Cpu cpu) {
        CalloutCpu cc = ccs[cpu.id()];
        long now = k.clocks.sbinuptime(cpu);
        if (cc.pending != 0) {
            runDue(cpu, cc, now);
        }
        cc.lastscan = now;
        findFirstevent(cc, now);
    }

    private void runDue(Cpu cpu, CalloutCpu cc, long now) {
        long firstb = cc.lastscan >>> CC_HASH_SHIFT;
        long nowb = Math.min(now >>> CC_HASH_SHIFT, firstb + CALLWHEELSIZE - 1);
        for (long b = firstb; b <= nowb; b++) {
            UleThread next;
            for (UleThread td = cc.wheel[(int) b & CALLWHEELSIZE - 1]; td != null; td = next) {
                next = td.calloutNext;
                if (td.calloutTime <= now) {
                    softclockCall(cpu, td);
                }
            }
        }
    }

    /** Callouts whose tolerances overlap share one interrupt; looks ahead for a second at most, as the kernel does. */
    private static void findFirstevent(CalloutCpu cc, long now) {
        if (cc.pending == 0) {
            cc.firstevent = NEVER;
            cc.firsteventOpt = NEVER;
            return;
        }
        long first = now + SBT_1S / 2;
        long last = now + SBT_1S;
        for (long b = now >>> CC_HASH_SHIFT; b <= last >>> CC_HASH_SHIFT; b++) {
            for (UleThread td = cc.wheel[(int) b & CALLWHEELSIZE - 1]; td != null; td = td.calloutNext) {
                first = Math.min(first, td.calloutTime);
                last = Math.min(last, td.calloutTime + td.calloutPrecision);
            }
        }
        cc.firsteventOpt = first;
        cc.firstevent = last;
    }
}
