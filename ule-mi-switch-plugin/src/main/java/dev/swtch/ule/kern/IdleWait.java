package dev.swtch.ule.kern;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Next;

/** The machine-dependent end of the idle loop: sys/x86/x86/cpu_machdep.c; recorded scripts have one of their own. */
public interface IdleWait {
    /**
     * Waits until an interrupt, or perhaps until a store to the CPU's monitored line: {@code cpu_idle}.
     *
     * @param cpu the CPU, whose idle loop has pushed where it goes on
     * @param busy whether the CPU has switched much lately, so that the wait is expected to be short
     * @return how the path ended
     */
    Next cpuIdle(Cpu cpu, boolean busy);

    /**
     * Ends a wait by a store: {@code cpu_idle_wakeup}.
     *
     * @param cpu the CPU that executes
     * @param target the CPU that waits
     * @return false if only an interrupt ends it
     */
    boolean cpuIdleWakeup(Cpu cpu, int target);

    /** Load was added to a CPU whose idle loop is not waiting but may be polling; by default nothing is to be done. */
    default void loadSeen(Cpu cpu, int target) {}

    /**
     * Polls for load before waiting: the loop around {@code cpu_spinwait} in {@code sched_idletd}.
     *
     * @param cpu the CPU, whose idle loop has pushed where it goes on
     * @param spins number of looks
     * @return how the path ended
     */
    default Next spin(Cpu cpu, int spins) {
        return Next.RETURN;
    }

    /** The idle loop begins, or a switch of its own returned to it; by default it goes on at once. */
    default Next resumed(Cpu cpu) {
        return Next.RETURN;
    }
}
