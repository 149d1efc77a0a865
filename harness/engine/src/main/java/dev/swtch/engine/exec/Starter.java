package dev.swtch.engine.exec;

import dev.swtch.engine.workload.ThreadEntry;
import dev.swtch.engine.workload.Workload;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Machine;
import dev.swtch.machine.Mode;
import dev.swtch.machine.Next;
import dev.swtch.spi.ScheduleContract;
import dev.swtch.spi.thread.ThreadClass;
import dev.swtch.spi.thread.ThreadSpec;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Makes the threads of the workload that are there from the start.
 *
 * <p>The starter is a thread of the kernel on the first CPU. It makes them one after another in the workload's order and
 * releases each at once, so that no two start at one instant unless creating them is free. Threads that start later are
 * made there too, but released from outside: a device interrupts the first CPU at that time and its interrupt thread
 * releases them. So the instant depends on no priority and on nothing that runs.
 */
final class Starter {
    private static final int HOME = 0;

    private final WorkloadMachine owner;
    private final Workload workload;
    private final Machine machine;
    private final KernelCalls kernel;
    private final int slot;
    private final int line;
    private final PriorityQueue<Task> late =
            new PriorityQueue<>(Comparator.comparingLong((Task task) -> task.entry.startNs())
                    .thenComparingInt(task -> task.thread().number()));

    private final Frame<Object> startMore = new Frame<>("START_MORE", (cpu, ref, index, b) -> start(cpu, index));
    private final Frame<Object> releaseMore = new Frame<>("RELEASE_MORE", (cpu, ref, a, b) -> releaseLate(cpu));

    /**
     * Prepares a start.
     *
     * @param owner whose threads are made
     * @param kernel who makes them
     * @param slot event source for late starts
     */
    Starter(WorkloadMachine owner, KernelCalls kernel, int slot) {
        this.owner = owner;
        this.workload = owner.workload();
        this.machine = owner.machine();
        this.kernel = kernel;
        this.slot = slot;
        this.line = workload.devices().size();
    }

    /** Says who serves late starts, if there are any; before the first CPU starts. */
    void attach(ScheduleContract scheduling) {
        if (workload.threads().stream().anyMatch(entry -> entry.startNs() > 0)) {
            machine.setDevice(slot, now -> machine.raiseLine(line, HOME, now));
            scheduling.attachDevice(line, HOME, true, (cpu, raised) -> releaseLate(cpu));
        }
    }

    /** Makes the starter, before the first CPU starts. */
    void boot() {
        ThreadSpec spec = ThreadSpec.kernel(ThreadSpec.FIRST_PLUGIN_NUMBER - 1, "starter", ThreadClass.KERNEL);
        Cpu first = machine.cpu(HOME);
        kernel.startWith(kernel.scheduling(first).create(first, spec, this::startAfterOthers));
    }

    /** Lets every CPU that starts at the same instant come up before the first thread is made. */
    private Next startAfterOthers(Cpu cpu) {
        cpu.push(startMore, 0, 0);
        return cpu.work(Mode.KERNEL, 1);
    }

    private Next start(Cpu cpu, int index) {
        if (index == workload.initialThreads()) {
            return kernel.throwing(cpu).exit(cpu);
        }
        if (index > 0 && cpu.pathIsLong()) {
            cpu.push(startMore, index, 0);
            return cpu.park();
        }
        Task task = owner.make(cpu, index);
        cpu.push(startMore, index + 1, 0);
        ThreadEntry entry = task.entry;
        if (entry.startNs() <= cpu.now()) {
            return kernel.scheduling(cpu).release(cpu, task.thread());
        }
        late.add(task);
        armNext();
        return Next.RETURN;
    }

    private void armNext() {
        Task next = late.peek();
        if (next != null && next.entry.startNs() < owner.endNs()) {
            machine.armDevice(slot, Math.max(machine.now(), next.entry.startNs()));
        }
    }

    private Next releaseLate(Cpu cpu) {
        Task next = late.peek();
        if (next == null || next.entry.startNs() > cpu.now()) {
            armNext();
            return Next.RETURN;
        }
        late.remove();
        cpu.push(releaseMore);
        return kernel.scheduling(cpu).release(cpu, next.thread());
    }
}
