package dev.swtch.engine.exec;

import dev.swtch.machine.Context;
import dev.swtch.machine.Cpu;
import dev.swtch.spi.thread.KThread;
import dev.swtch.spi.thread.RunState;
import org.jspecify.annotations.Nullable;

/** Measures what is compared between schedulers, from the machine's switches and the tasks' first work. */
public final class Meter {
    private final WaitLog wakeToRun = WaitLog.fine();
    private final WaitLog wakeToCpu = WaitLog.fine();
    private final WaitLog cpuToWork = WaitLog.fine();
    private final WaitLog readyWait = WaitLog.fine();
    private long switches;
    private long voluntary;
    private long wakeups;

    private final WorkConservation conservation;

    /** A meter that has seen nothing. */
    Meter(WorkConservation conservation) {
        this.conservation = conservation;
    }

    /** Forgets everything. */
    void reset() {
        wakeToRun.reset();
        wakeToCpu.reset();
        cpuToWork.reset();
        readyWait.reset();
        switches = 0;
        voluntary = 0;
        wakeups = 0;
    }

    /** A context was loaded in place of another. */
    public void switched(Cpu cpu, @Nullable Context from, Context to) {
        long now = cpu.now();
        if (from instanceof KThread leaving) {
            leave(leaving, now);
        }
        if (to instanceof KThread entering) {
            enter(entering, now);
            conservation.loaded(cpu, entering);
        }
    }

    /** A path of a CPU is over. */
    public void pathEnded(Cpu cpu) {
        conservation.pathEnded(cpu);
    }

    /** Who waited while CPUs idled. */
    WorkConservation conservation() {
        return conservation;
    }

    private void leave(KThread thread, long now) {
        if (!thread.isIdleThread()) {
            switches++;
            boolean asked = thread.body() instanceof Task task && task.yielding;
            if (asked || thread.runState() != RunState.RUNNABLE) {
                voluntary++;
            }
        }
        if (thread.body() instanceof Task task) {
            task.left();
        }
        thread.noteLeft(now);
        if (thread.body() instanceof Task task) {
            conservation.changed(task, now);
        }
    }

    private void enter(KThread thread, long now) {
        if (thread.body() instanceof Task task) {
            if (thread.runState() == RunState.RUNNABLE) {
                readyWait.record(now - thread.readySince());
            }
            if (task.loaded(now)) {
                wakeups++;
            }
        }
        thread.noteLoaded(now);
        if (thread.body() instanceof Task task) {
            conservation.changed(task, now);
        }
    }

    /** A task comes to its own steps: the end of its last wait, if any, is measured. */
    void ownWork(Cpu cpu, Task task) {
        if (task.takeWake()) {
            long woken = task.thread().wokenAt();
            long latency = cpu.now() - woken;
            wakeToRun.record(latency);
            wakeToCpu.record(task.firstLoadNs() - woken);
            cpuToWork.record(cpu.now() - task.firstLoadNs());
            WaitLog own = task.waitLog();
            if (own != null) {
                own.record(latency);
            }
        }
    }

    /** From the end of a wait to the task's own work. */
    public WaitLog wakeToRun() {
        return wakeToRun;
    }

    /** From the end of a wait to the first load. */
    public WaitLog wakeToCpu() {
        return wakeToCpu;
    }

    /** From the first load to the task's own work. */
    public WaitLog cpuToWork() {
        return cpuToWork;
    }

    /** Stretches runnable and not executing. */
    public WaitLog readyWait() {
        return readyWait;
    }

    /** Times a CPU left a context that was not its idle thread. */
    public long switches() {
        return switches;
    }

    /** Those in which the leaving thread could not run or had asked to yield. */
    public long voluntary() {
        return voluntary;
    }

    /** Waits that ended and were followed by a load. */
    public long wakeups() {
        return wakeups;
    }
}
