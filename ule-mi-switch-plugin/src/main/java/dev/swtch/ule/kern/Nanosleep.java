package dev.swtch.ule.kern;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Next;

/** {@code nanosleep}: sys/kern/kern_time.c. */
final class Nanosleep {
    /** Channel {@code nanowait[cpu]}; nobody ever wakes it. */
    private static final long NANOWAIT = 1L << 24;

    private static final int SIZE = 4;

    /** From this length on the cheap, cached uptime is good enough: {@code sbt_tickthreshold}. */
    private static final long TICK_THRESHOLD = KernSynch.TICK_SBT << Sbt.TC_PRECEXP;

    private final UleKernel k;

    Nanosleep(UleKernel k) {
        this.k = k;
    }

    /** {@code kern_clock_nanosleep}, sys/kern/kern_time.c, for a relative time. */
    Next kernNanosleep(Cpu cpu, long ns) {
        if (ns <= 0) {
            return Next.RETURN;
        }
        long tmp = Sbt.ofNs(ns);
        long base = tmp >= TICK_THRESHOLD ? k.clocks.lastTickSbt(cpu) + KernSynch.TICK_SBT : k.clocks.sbinuptime(cpu);
        long ident = NANOWAIT + (long) cpu.id() * SIZE;
        int pri = Pri.PWAIT | KernSynch.PCATCH;
        return k.synch.sleepUntil(cpu, ident, pri, "nanslp", base + tmp, tmp >> Sbt.TC_PRECEXP);
    }
}
