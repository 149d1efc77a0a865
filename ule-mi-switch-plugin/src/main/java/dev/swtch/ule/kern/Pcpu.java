package dev.swtch.ule.kern;

import dev.swtch.machine.Cpu;
import org.jspecify.annotations.Nullable;

/** A CPU's private data: {@code struct pcpu}, and ULE's queue of that CPU. It is the machine's per-CPU area. */
final class Pcpu {
    final Cpu cpu;
    final Tdq tdq;

    private @Nullable UleThread curthread;
    private @Nullable UleThread idlethread;

    @Nullable
    UleThread deadthread;

    long switchtime;
    int switchticks;

    /** Bits of {@code IPI_*} that were sent and not taken. */
    int ipiBitmap;

    /** State of {@code sched_random}. */
    int randomval;

    /** Number of {@code mi_switch} calls on this CPU by type. */
    final long[] schedSwitchStats = new long[SwitchFlags.SWT_COUNT];

    /** Those of them that were voluntary, by type. */
    final long[] volSwitches = new long[SwitchFlags.SWT_COUNT];

    /** Those of them that were preemptions. */
    long preemptSwitches;

    /** Number of IPIs this CPU was sent, by bit; an IPI that was pending already counts again. */
    final long[] ipiCounts = new long[Ipi.IPI_HARDCLOCK + 1];

    /** Number of all context switches of this CPU, thread exits included. */
    long vSwtch;

    Pcpu(Cpu cpu, Tdq tdq) {
        this.cpu = cpu;
        this.tdq = tdq;
        randomval = cpu.id() * 69069 + 5;
    }

    /** The data of a CPU. */
    static Pcpu of(Cpu cpu) {
        Object area = cpu.area();
        if (area == null) {
            throw cpu.violation("no-pcpu", "a CPU was used before the kernel was set up");
        }
        return (Pcpu) area;
    }

    /** The thread a CPU runs: {@code curthread}. */
    static UleThread curthread(Cpu cpu) {
        UleThread td = of(cpu).curthread;
        if (td == null) {
            throw cpu.violation("no-curthread", "a CPU without a thread was asked for it");
        }
        return td;
    }

    /** The queue of a CPU: {@code TDQ_SELF}. */
    static Tdq tdqSelf(Cpu cpu) {
        return of(cpu).tdq;
    }

    @Nullable
    UleThread curthreadOrNull() {
        return curthread;
    }

    void setCurthread(UleThread td) {
        curthread = td;
    }

    UleThread idlethread() {
        UleThread td = idlethread;
        if (td == null) {
            throw cpu.violation("no-idlethread", "a CPU has no idle thread yet");
        }
        return td;
    }

    void setIdlethread(UleThread td) {
        idlethread = td;
    }

    /** The next number of the CPU's own generator, 16 bits: {@code sched_random}, sys/kern/sched_ule.c. */
    int schedRandom() {
        randomval = randomval * 69069 + 5;
        return randomval >>> 16;
    }
}
