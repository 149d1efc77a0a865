package dev.swtch.engine.exec;

import dev.swtch.machine.Machine;
import dev.swtch.spi.BlockContract;
import dev.swtch.spi.block.WaitChannel;
import dev.swtch.spi.thread.RunState;
import org.jspecify.annotations.Nullable;

/** Notices that nothing can happen any more: every task waits without an end, or one takes steps without time for ever. */
final class StallWatch {
    /** A wait may end by a message on its way; after so long without any runnable thread none is. */
    private static final long AFTER_NS = 20_000_000;

    private final WorkloadMachine work;
    private final Machine machine;
    private final int slot;
    private boolean watching;
    private boolean stalled;
    private @Nullable Task endless;

    /** Watches with an event source of the machine. */
    StallWatch(WorkloadMachine work, int slot) {
        this.work = work;
        this.machine = work.machine();
        this.slot = slot;
        machine.setDevice(slot, this::watch);
    }

    /** A task begins to wait; without a timeout it is from now on worth watching whether all do. */
    void waits(Task task, WaitChannel channel) {
        if (task.deadlineNs == BlockContract.FOREVER) {
            task.waitsFor = channel.name();
            begin();
        }
    }

    /** Some task waits without timeout. */
    void begin() {
        if (!watching) {
            watching = true;
            machine.armDevice(slot, Math.min(machine.now() + AFTER_NS, work.endNs()));
        }
    }

    private void watch(long nowNs) {
        watching = false;
        if (nowNs >= work.endNs() || work.maySpeak()) {
            return;
        }
        long latest = 0;
        boolean mayGiveUp = false;
        for (Task task : work.tasks()) {
            RunState state = task.thread().runState();
            if (state == RunState.BLOCKED && task.deadlineNs != BlockContract.FOREVER) {
                mayGiveUp = true;
            } else if (state != RunState.EXITED && (state != RunState.BLOCKED || task.waitsFor == null)) {
                return;
            }
            latest = Math.max(latest, task.thread().savedAt());
        }
        if (mayGiveUp || nowNs - latest < AFTER_NS) {
            begin();
            return;
        }
        stalled = true;
        work.end(latest);
    }

    /** A task takes steps for ever in which no time passes: nothing can happen after this instant. */
    void endless(Task task) {
        endless = task;
        stalled = true;
        work.end(machine.now());
    }

    /** The task whose steps take no time and never end; null if there is none. */
    @Nullable
    Task endlessTask() {
        return endless;
    }

    boolean isStalled() {
        return stalled;
    }
}
