package dev.swtch.engine.exec;

import dev.swtch.machine.Arrival;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Kernel;
import dev.swtch.machine.Next;
import dev.swtch.machine.cost.Charge;
import dev.swtch.spi.BlockContract;
import dev.swtch.spi.PreemptContract;
import dev.swtch.spi.ScheduleContract;
import dev.swtch.spi.Scheduler;
import dev.swtch.spi.SwitchContract;
import dev.swtch.spi.ThrowContract;
import dev.swtch.spi.block.WaitChannel;
import dev.swtch.spi.thread.KThread;
import org.jspecify.annotations.Nullable;

/**
 * The scheduler's contracts as the executor calls them: each call is counted as a decision and pays the one price every
 * scheduler pays for being asked.
 */
public final class KernelCalls implements Kernel {
    private final SwitchContract switching;
    private final ThrowContract throwing;
    private final ScheduleContract scheduling;
    private final PreemptContract preemption;
    private final BlockContract blocking;
    private @Nullable KThread starter;
    private long decisions;

    /** Asks the given scheduler. */
    public KernelCalls(Scheduler scheduler) {
        switching = scheduler.switching();
        throwing = scheduler.throwing();
        scheduling = scheduler.scheduling();
        preemption = scheduler.preemption();
        blocking = scheduler.blocking();
    }

    /** Says which thread the first CPU runs first. */
    public void startWith(KThread thread) {
        starter = thread;
    }

    /** Calls of a contract so far. */
    public long decisions() {
        return decisions;
    }

    @Override
    public Next interrupt(Cpu cpu, int vector, Arrival arrival) {
        asked(cpu);
        return preemption.interrupt(cpu, vector, arrival);
    }

    @Override
    public Next start(Cpu cpu) {
        asked(cpu);
        return throwing.start(cpu, cpu.id() == 0 ? starter : null);
    }

    SwitchContract switching(Cpu cpu) {
        asked(cpu);
        return switching;
    }

    ThrowContract throwing(Cpu cpu) {
        asked(cpu);
        return throwing;
    }

    ScheduleContract scheduling(Cpu cpu) {
        asked(cpu);
        return scheduling;
    }

    PreemptContract preemption(Cpu cpu) {
        asked(cpu);
        return preemption;
    }

    BlockContract blocking(Cpu cpu) {
        asked(cpu);
        return blocking;
    }

    /** The current task waits on a channel until it is woken or its time is over. */
    Next awaitInTime(Cpu cpu, Task task, WaitChannel channel) {
        BlockContract asked = blocking(cpu);
        long leftNs =
                task.deadlineNs == BlockContract.FOREVER ? task.deadlineNs : Math.max(1, task.deadlineNs - cpu.now());
        return asked.await(cpu, channel, leftNs);
    }

    boolean retriesInUserMode() {
        return blocking.retriesInUserMode();
    }

    private void asked(Cpu cpu) {
        decisions++;
        cpu.charge(Charge.CONTRACT_CALL);
    }
}
