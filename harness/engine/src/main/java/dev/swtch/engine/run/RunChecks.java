package dev.swtch.engine.run;

import dev.swtch.engine.exec.Task;
import dev.swtch.engine.exec.WorkloadMachine;
import dev.swtch.machine.Context;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Observer;
import dev.swtch.spi.Scheduler;
import dev.swtch.spi.thread.KThread;
import dev.swtch.spi.thread.RunState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sees every switch and the end of every path: feeds the meter and, while checks are on, asserts what holds for every
 * scheduler and lets the scheduler check its own rules.
 */
final class RunChecks implements Observer {
    /** Paths between two looks at all threads, a power of two: looking costs time that grows with their number. */
    private static final int LEAST_PATHS_BETWEEN_CENSUS = 4_096;

    private final Scheduler scheduler;
    private final WorkloadMachine work;
    private final boolean on;
    private long untilCensus = LEAST_PATHS_BETWEEN_CENSUS;

    RunChecks(Scheduler scheduler, WorkloadMachine work, boolean on) {
        this.scheduler = scheduler;
        this.work = work;
        this.on = on;
    }

    @Override
    public void switched(Cpu cpu, @Nullable Context from, Context to) {
        work.meter().switched(cpu, from, to);
        if (on && to instanceof KThread thread && !thread.isIdleThread() && thread.runState() != RunState.RUNNABLE) {
            if (thread.body() != null) {
                throw cpu.violation("blocked-thread-ran", thread.name() + " was loaded while " + thread.runState());
            }
        }
    }

    @Override
    public void pathEnded(Cpu cpu) {
        work.meter().pathEnded(cpu);
        if (!on) {
            return;
        }
        if (cpu.hasContext() && cpu.current().onCpu() != cpu.id()) {
            throw cpu.violation("current-context", cpu.current().name() + " is current but not loaded here");
        }
        if (cpu.ledger().accountedTo() != cpu.now()) {
            throw cpu.violation(
                    "time-accounted", "accounted " + cpu.ledger().accountedTo() + " ns of " + cpu.now() + " ns passed");
        }
        scheduler.check(cpu);
        if (--untilCensus == 0) {
            census(cpu);
        }
    }

    /** Every runnable thread is loaded or where its scheduler would find it. */
    void census(Cpu cpu) {
        untilCensus = Math.max(LEAST_PATHS_BETWEEN_CENSUS, 16L * work.tasks().size());
        List<Task> tasks = work.tasks();
        for (int i = 0; i < tasks.size(); i++) {
            Task task = tasks.get(i);
            KThread thread = task.thread();
            if (thread.runState() == RunState.RUNNABLE && !thread.isExecuting() && !scheduler.holds(thread)) {
                throw cpu.violation(
                        "lost-thread",
                        thread.name() + " could run since " + thread.readySince()
                                + " ns, but runs nowhere and the scheduler does not hold it");
            }
        }
    }
}
