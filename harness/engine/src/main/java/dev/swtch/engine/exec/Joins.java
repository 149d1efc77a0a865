package dev.swtch.engine.exec;

import dev.swtch.engine.workload.ThreadEntry;
import dev.swtch.engine.workload.Workload;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;
import dev.swtch.spi.BlockContract;
import dev.swtch.spi.block.WaitChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Threads that wait for others to leave. Who leaves lowers the counts it is part of and wakes those who wait for one
 * that came to 0, before it is gone, as exiting threads of both kernels do ({@code exit1}, {@code lwp_exit}).
 */
final class Joins {
    private final WorkloadMachine machine;
    private final KernelCalls kernel;
    private final Interpreter interpreter;
    private final List<Group> groups = new ArrayList<>();

    /** For each program, the groups whose threads run it. */
    private final List<List<Group>> groupsOf = new ArrayList<>();

    private final Frame<Task> look = new Frame<>("JOIN_LOOK", (cpu, task, group, reg) -> look(cpu, task, group, reg));
    private final Frame<Task> leaveMore = new Frame<>("LEAVE_MORE", (cpu, task, next, b) -> leave(cpu, task, next));

    Joins(WorkloadMachine machine, KernelCalls kernel, Interpreter interpreter) {
        this.machine = machine;
        this.kernel = kernel;
        this.interpreter = interpreter;
        Workload workload = machine.workload();
        workload.programs().forEach(program -> groupsOf.add(new ArrayList<>()));
        for (List<Integer> programs : workload.joinGroups()) {
            Group group = new Group(machine.channel("join"));
            groups.add(group);
            programs.forEach(program -> groupsOf.get(program).add(group));
        }
        if (!groups.isEmpty()) {
            for (ThreadEntry entry : workload.threads().subList(0, workload.initialThreads())) {
                groupsOf.get(entry.program()).forEach(group -> group.left++);
            }
        }
    }

    Next join(Cpu cpu, Task task, int group, int children) {
        return look(cpu, task, group, children);
    }

    private Next look(Cpu cpu, Task task, int index, long children) {
        Group group = groups.get(index);
        WaitChannel channel = group.channel;
        if (group.left == 0) {
            if (task.registers[(int) children] == 0) {
                task.waitsForChildren = -1;
                return interpreter.step(cpu, task);
            }
            channel = task.ownChannel();
            task.waitsForChildren = (int) children;
        } else {
            group.waiting = true;
        }
        interpreter.enterKernel(cpu, task);
        task.waitsFor = "the end of threads";
        machine.stalls().begin();
        cpu.push(look, task, index, children);
        return kernel.blocking(cpu).await(cpu, channel, BlockContract.FOREVER);
    }

    /** The task, in the kernel, leaves for good. */
    Next exit(Cpu cpu, Task task) {
        return leave(cpu, task, 0);
    }

    /** Leaves its parent's count first, then one group after another. */
    private Next leave(Cpu cpu, Task task, int next) {
        List<Group> its = task.forked ? List.of() : groupsOf.get(task.entry.program());
        for (int i = next; i <= its.size(); i++) {
            WaitChannel woken = i == 0 ? leaveParent(task) : its.get(i - 1).leave();
            if (woken != null) {
                cpu.push(leaveMore, task, i + 1, 0);
                return kernel.blocking(cpu).wake(cpu, woken, Integer.MAX_VALUE);
            }
        }
        machine.exited(cpu, task);
        return kernel.throwing(cpu).exit(cpu);
    }

    private static @Nullable WaitChannel leaveParent(Task task) {
        Task parent = task.parent;
        if (parent == null || --parent.registers[task.countedIn] > 0) {
            return null;
        }
        return parent.waitsForChildren == task.countedIn ? parent.ownChannel() : null;
    }

    /** Threads made at the start that some thread waits for. */
    private static final class Group {
        final WaitChannel channel;
        int left;
        boolean waiting;

        Group(WaitChannel channel) {
            this.channel = channel;
        }

        @Nullable
        WaitChannel leave() {
            return --left == 0 && waiting ? channel : null;
        }
    }
}
