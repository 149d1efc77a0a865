package dev.swtch.engine.exec;

import dev.swtch.engine.workload.MissPolicy;
import dev.swtch.engine.workload.Op;
import dev.swtch.engine.workload.ThreadEntry;
import dev.swtch.engine.workload.TimerRule;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Mode;
import dev.swtch.machine.Next;
import dev.swtch.machine.cost.Charge;
import dev.swtch.spi.SwitchReason;
import dev.swtch.spi.thread.ThreadClass;

/**
 * Runs the steps of a task, one after another, until one takes time or needs the kernel.
 *
 * <p>A step that does not trap is a pass of the loop in {@link #step}. One that may lose the CPU pushes where the task goes
 * on and ends in a call of a contract. A user thread that holds something of the kernel's (a critical section, a lock,
 * a binding) stays in the kernel until it has given it back; every other kernel step is a system call of its own.
 */
final class Interpreter {
    private static final MissPolicy[] POLICIES = MissPolicy.values();
    private static final ThreadClass[] CLASSES = ThreadClass.values();

    private final WorkloadMachine machine;
    private final KernelCalls kernel;
    private final Meter meter;
    private final UserWaits user;
    private final KernelSteps inKernel;

    /** The task goes on with its next step. */
    final Frame<Task> step = new Frame<>("STEP", (cpu, task, a, b) -> step(cpu, task));

    private final Frame<Task> forkMore =
            new Frame<>("FORK_MORE", (cpu, task, made, wanted) -> fork(cpu, task, made, wanted));

    Interpreter(WorkloadMachine machine, KernelCalls kernel, Meter meter) {
        this.machine = machine;
        this.kernel = kernel;
        this.meter = meter;
        this.user = new UserWaits(machine, kernel, this);
        this.inKernel = new KernelSteps(machine, kernel, this);
    }

    UserWaits user() {
        return user;
    }

    /** The task's first instruction. */
    Next begin(Cpu cpu, Task task) {
        ThreadEntry entry = task.entry;
        long base = entry.timerBaseNs();
        task.inKernel = !entry.threadClass().isUser();
        task.kernelDepth = task.inKernel ? 1 : 0;
        task.timerBaseNs = base == ThreadEntry.OWN_START ? cpu.now() : base;
        return step(cpu, task);
    }

    /** Executes steps of the current task until one takes time or needs the kernel. */
    Next step(Cpu cpu, Task task) {
        task.waitsFor = null;
        if (task.inKernel && task.kernelDepth == 0) {
            return leaveKernel(cpu, task);
        }
        meter.ownWork(cpu, task);
        int[] code = task.code;
        for (; ; ) {
            int pc = task.pc;
            int op = code[pc];
            switch (op) {
                case Op.COMPUTE -> {
                    long ns = task.value(code[pc + 1]);
                    task.count(ns);
                    task.pc = pc + 2;
                    if (ns > 0) {
                        cpu.push(step, task);
                        return cpu.work(task.inKernel ? Mode.KERNEL : Mode.USER, ns);
                    }
                }
                case Op.RUNTIME -> {
                    long slice = runtimeSlice(cpu, task, pc);
                    if (slice > 0) {
                        cpu.push(step, task);
                        return cpu.work(task.inKernel ? Mode.KERNEL : Mode.USER, slice);
                    }
                }
                case Op.LOOP_BEGIN -> {
                    long count = task.value(code[pc + 2]);
                    task.registers[code[pc + 1]] = count;
                    task.pc = count == 0 ? code[pc + 3] : pc + 4;
                }
                case Op.LOOP_END -> {
                    long left = task.registers[code[pc + 1]];
                    if (left > 0) {
                        task.registers[code[pc + 1]] = --left;
                    }
                    task.pc = left == 0 ? pc + 3 : code[pc + 2];
                }
                case Op.BEGIN -> {
                    machine.labels().begin(task, code[pc + 1], code[pc + 2], cpu.now());
                    task.pc = pc + 3;
                }
                case Op.END -> {
                    machine.labels().end(task, code[pc + 1], code[pc + 2], cpu.now());
                    task.pc = pc + 3;
                }
                case Op.LOCK -> {
                    task.count(0);
                    task.pc = pc + 2;
                    if (!user.tryLock(task, code[pc + 1])) {
                        return user.lockContended(cpu, task, code[pc + 1]);
                    }
                }
                case Op.UNLOCK -> {
                    task.count(0);
                    task.pc = pc + 2;
                    if (user.unlock(cpu, task, code[pc + 1])) {
                        return user.wakeAfterUnlock(cpu, task, code[pc + 1]);
                    }
                }
                case Op.SEM_WAIT -> {
                    task.count(0);
                    task.pc = pc + 2;
                    if (!user.trySemaphore(code[pc + 1])) {
                        return user.semaphoreEmpty(cpu, task, code[pc + 1]);
                    }
                }
                case Op.SEM_POST -> {
                    task.count(0);
                    task.pc = pc + 2;
                    if (user.post(code[pc + 1])) {
                        return user.wakeAfterPost(cpu, task, code[pc + 1]);
                    }
                }
                case Op.SIGNAL, Op.BROADCAST -> {
                    task.count(0);
                    task.pc = pc + 2;
                    int woken = user.grant(code[pc + 1], op == Op.SIGNAL ? 1 : Integer.MAX_VALUE);
                    if (woken > 0) {
                        return user.wakeAfterSignal(cpu, task, code[pc + 1], woken);
                    }
                }
                default -> {
                    return trap(cpu, task, op, pc);
                }
            }
        }
    }

    /** Steps that always need the kernel. */
    private Next trap(Cpu cpu, Task task, int op, int pc) {
        int[] code = task.code;
        switch (op) {
            case Op.SLEEP -> {
                long ns = task.value(code[pc + 1]);
                task.count(ns);
                task.pc = pc + 2;
                return sleep(cpu, task, ns);
            }
            case Op.TIMER -> {
                return timer(cpu, task, pc);
            }
            case Op.WAIT -> {
                task.count(0);
                task.pc = pc + 3;
                return user.await(cpu, task, code[pc + 1], code[pc + 2]);
            }
            case Op.BARRIER -> {
                task.count(0);
                task.pc = pc + 2;
                return user.barrier(cpu, task, code[pc + 1]);
            }
            case Op.YIELD -> {
                task.count(0);
                task.pc = pc + 1;
                enterKernel(cpu, task);
                task.yielding = true;
                cpu.push(step, task);
                return kernel.switching(cpu).switchOut(cpu, SwitchReason.YIELD);
            }
            case Op.FORK -> {
                long wanted = task.value(code[pc + 2]);
                task.count(wanted);
                enterKernel(cpu, task);
                return fork(cpu, task, 0, wanted);
            }
            case Op.EXIT -> {
                task.count(0);
                enterKernel(cpu, task);
                machine.exited(cpu, task);
                return kernel.throwing(cpu).exit(cpu);
            }
            case Op.SET_NICE -> {
                task.count(code[pc + 1]);
                task.pc = pc + 2;
                enterKernel(cpu, task);
                cpu.push(step, task);
                return kernel.scheduling(cpu).setNice(cpu, task.thread(), code[pc + 1]);
            }
            case Op.SET_AFFINITY -> {
                task.count(code[pc + 1]);
                task.pc = pc + 2;
                enterKernel(cpu, task);
                cpu.push(step, task);
                return kernel.scheduling(cpu).setAffinity(cpu, task.thread(), machine.affinity(code[pc + 1]));
            }
            case Op.SET_CLASS -> {
                task.count(code[pc + 1]);
                task.pc = pc + 3;
                enterKernel(cpu, task);
                cpu.push(step, task);
                ThreadClass wanted = CLASSES[code[pc + 1]];
                return kernel.scheduling(cpu).setClass(cpu, task.thread(), wanted, machine.rank(wanted, code[pc + 2]));
            }
            default -> {
                return inKernel.step(cpu, task, op, pc);
            }
        }
    }

    private long runtimeSlice(Cpu cpu, Task task, int pc) {
        int register = task.code[pc + 3];
        if (task.registers[register] == 0) {
            long ns = task.value(task.code[pc + 1]);
            task.count(ns);
            task.registers[register] = cpu.now() + ns;
        }
        if (cpu.now() >= task.registers[register]) {
            task.registers[register] = 0;
            task.pc = pc + 4;
            return 0;
        }
        return Math.max(1, task.value(task.code[pc + 2]));
    }

    private Next timer(Cpu cpu, Task task, int pc) {
        int[] code = task.code;
        long period = task.value(code[pc + 3]);
        MissPolicy policy = POLICIES[code[pc + 4]];
        task.count(period);
        task.pc = pc + 5;
        long[] states = code[pc + 1] >= 0 ? machine.timers() : task.registers;
        int at = code[pc + 1] >= 0 ? code[pc + 1] : code[pc + 2];
        long next = TimerRule.next(states[at], task.timerBaseNs, period, policy, cpu.now());
        if (next > cpu.now()) {
            states[at] = TimerRule.slept(next);
            return sleep(cpu, task, next - cpu.now());
        }
        states[at] = TimerRule.missed(next, policy, cpu.now());
        return step(cpu, task);
    }

    private Next sleep(Cpu cpu, Task task, long ns) {
        long untilNs = cpu.now() + ns;
        enterKernel(cpu, task);
        cpu.push(step, task);
        return kernel.blocking(cpu).sleep(cpu, Math.max(0, untilNs - cpu.now()));
    }

    private Next fork(Cpu cpu, Task task, int made, long wanted) {
        int[] code = task.code;
        int pc = task.pc;
        int register = code[pc + 3];
        int limit = code[pc + 4];
        if (made >= wanted || limit > 0 && task.registers[register] >= limit || !machine.mayFork()) {
            task.pc = pc + 5;
            return step(cpu, task);
        }
        Task child = machine.fork(cpu, task, code[pc + 1], task.registers[register]++);
        cpu.push(forkMore, task, made + 1, wanted);
        return kernel.scheduling(cpu).release(cpu, child.thread());
    }

    // ---- the border between user and kernel mode ----------------------------------------------------------------

    /** A system call, unless the task is in the kernel already. */
    void enterKernel(Cpu cpu, Task task) {
        if (!task.inKernel) {
            task.inKernel = true;
            cpu.charge(Charge.TRAP_ENTER);
            kernel.preemption(cpu).enteredKernel(cpu);
        }
    }

    private Next leaveKernel(Cpu cpu, Task task) {
        task.inKernel = false;
        cpu.push(step, task);
        cpu.charge(Charge.TRAP_RETURN);
        return kernel.preemption(cpu).returnToUser(cpu);
    }

    /** As {@link #step}, for a woken thread that looks again in user mode or in the kernel, as its kernel does. */
    Next again(Cpu cpu, Task task) {
        if (kernel.retriesInUserMode() && task.inKernel && task.kernelDepth == 0) {
            task.inKernel = false;
            cpu.charge(Charge.TRAP_RETURN);
            return kernel.preemption(cpu).returnToUser(cpu);
        }
        return Next.RETURN;
    }
}
