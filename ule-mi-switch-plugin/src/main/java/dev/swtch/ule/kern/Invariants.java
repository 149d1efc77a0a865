package dev.swtch.ule.kern;

import dev.swtch.machine.Cpu;

/** Assertions about one CPU that hold whenever no path runs on it. */
final class Invariants {
    private Invariants() {}

    /** Checks the CPU's queue and current thread. */
    static void check(Cpu cpu) {
        Pcpu pc = Pcpu.of(cpu);
        UleThread td = pc.curthreadOrNull();
        if (td == null) {
            return;
        }
        Tdq tdq = pc.tdq;
        if (tdq.curthread() != td || cpu.current() != td) {
            throw cpu.violation("curthread", "the queue, the CPU and its private data name different threads");
        }
        if (!td.isRunning()) {
            throw cpu.violation("curthread-running", td.name() + " is current in state " + td.state);
        }
        if (td.critnest < 0 || td.pinned < 0) {
            throw cpu.violation("nesting", td.name() + " has critnest " + td.critnest + ", pinned " + td.pinned);
        }
        if (tdq.load < (td.isIdletd() ? 0 : 1)) {
            throw cpu.violation("tdq-load", "load " + tdq.load + " while " + td.name() + " runs");
        }
        if (tdq.transferable < 0 || tdq.transferable > tdq.load) {
            throw cpu.violation("tdq-transferable", tdq.transferable + " of " + tdq.load + " transferable");
        }
    }
}
