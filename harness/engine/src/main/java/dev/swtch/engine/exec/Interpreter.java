package dev.swtch.engine.exec;

import dev.swtch.engine.workload.Op;
import dev.swtch.engine.workload.ThreadEntry;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Mode;
import dev.swtch.machine.Next;
import dev.swtch.machine.cost.Charge;
import dev.swtch.spi.BlockContract;
import dev.swtch.spi.SwitchReason;

/**
 * Runs the steps of a task, one after another, until one takes time or needs the kernel.
 *
 * <p>A step that does not trap is a pass of the loop in {@link #step}. One that may lose the CPU pushes where the task goes
 * on and ends in a call of a contract. A user thread that holds something of the kernel's (a critical section, a lock,
 * a binding) stays in the kernel until it has given it back; every other kernel step is a system call of its own.
 */
final class Interpreter {
    private final WorkloadMachine machine;
    private final KernelCalls kernel;
    private final Meter meter;
    private final Progress progress = new Progress();
    private final UserLocks locks;
    private final UserWaits user;
    private final KernelSteps inKernel;
    private final OwnChanges ownChanges;
    private final Joins joins;
    private final Sleeps sleeps;
    private final Forks forks;

    /** The task goes on with its next step. */
    final Frame<Task> step = new Frame<>("STEP", (cpu, task, a, b) -> step(cpu, task));

    Interpreter(WorkloadMachine machine, KernelCalls kernel, Meter meter) {
        this.machine = machine;
        this.kernel = kernel;
        this.meter = meter;
        this.locks = new UserLocks(machine, kernel, this);
        this.user = new UserWaits(machine, kernel, this, locks);
        this.inKernel = new KernelSteps(machine, kernel, this);
        this.ownChanges = new OwnChanges(machine, kernel, this);
        this.joins = new Joins(machine, kernel, this);
        this.sleeps = new Sleeps(machine, kernel, this);
        this.forks = new Forks(machine, kernel, this);
    }

    UserLocks locks() {
        return locks;
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
        progress.at(machine.machine().events());
        int[] code = task.code;
        for (; ; ) {
            if (progress.isLong()) {
                return park(cpu, task);
            }
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
                    long slice = Sleeps.runtimeSlice(cpu, task, pc);
                    if (slice > 0) {
                        cpu.push(step, task);
                        return cpu.work(task.inKernel ? Mode.KERNEL : Mode.USER, slice);
                    }
                }
                case Op.SPIN_UNTIL -> {
                    return user.spin(cpu, task, pc);
                }
                case Op.CHOOSE, Op.JUMP, Op.TIMED_BEGIN, Op.TIMED_END, Op.REJOIN ->
                    task.pc = Flow.next(cpu, task, op, pc);
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
                    if (!locks.tryLock(task, code[pc + 1])) {
                        return locks.contended(cpu, task, code[pc + 1]);
                    }
                }
                case Op.UNLOCK -> {
                    task.count(0);
                    task.pc = pc + 2;
                    if (locks.unlock(cpu, task, code[pc + 1])) {
                        return locks.wakeAfterUnlock(cpu, task, code[pc + 1]);
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

    private Next park(Cpu cpu, Task task) {
        if (progress.isEndless(cpu)) {
            machine.stalls().endless(task);
        }
        cpu.push(step, task);
        return cpu.park();
    }

    /** Steps that always need the kernel. */
    private Next trap(Cpu cpu, Task task, int op, int pc) {
        int[] code = task.code;
        switch (op) {
            case Op.SLEEP -> {
                long ns = task.value(code[pc + 1]);
                task.count(ns);
                task.pc = pc + 2;
                return sleeps.sleep(cpu, task, ns);
            }
            case Op.TIMER -> {
                return sleeps.timer(cpu, task, pc);
            }
            case Op.WAIT -> {
                task.count(0);
                task.pc = pc + 3;
                return user.await(cpu, task, code[pc + 1], code[pc + 2]);
            }
            case Op.LOCK_TIMED -> {
                setTimeout(cpu, task, code[pc + 2]);
                task.pc = pc + 4;
                return locks.lockTimed(cpu, task, code[pc + 1]);
            }
            case Op.WAIT_TIMED -> {
                setTimeout(cpu, task, code[pc + 3]);
                task.pc = pc + 4;
                return user.await(cpu, task, code[pc + 1], code[pc + 2]);
            }
            case Op.SEM_WAIT_TIMED -> {
                setTimeout(cpu, task, code[pc + 2]);
                task.pc = pc + 4;
                return user.semaphoreTimed(cpu, task, code[pc + 1]);
            }
            case Op.JOIN -> {
                task.count(0);
                task.pc = pc + 3;
                return joins.join(cpu, task, code[pc + 1], code[pc + 2]);
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
                return forks.fork(cpu, task, pc);
            }
            case Op.EXIT -> {
                task.count(0);
                enterKernel(cpu, task);
                return joins.exit(cpu, task);
            }
            case Op.SET_NICE, Op.SET_AFFINITY, Op.SET_CLASS, Op.CEILING_RAISE, Op.CEILING_DROP -> {
                task.count(code[pc + 1]);
                task.pc = pc + 1 + Op.operands(op);
                return ownChanges.step(cpu, task, op, pc);
            }
            default -> {
                return inKernel.step(cpu, task, op, pc);
            }
        }
    }

    private static void setTimeout(Cpu cpu, Task task, int operand) {
        long ns = task.value(operand);
        task.count(ns);
        task.deadlineNs = cpu.now() + ns;
    }

    /**
     * Goes on after a wait that may have had an end.
     *
     * @param has whether it got what it waited for
     */
    Next afterWait(Cpu cpu, Task task, boolean has) {
        if (task.deadlineNs != BlockContract.FOREVER) {
            task.deadlineNs = BlockContract.FOREVER;
            task.stopCounting();
            task.pc = has ? task.pc : task.code[task.pc - 1];
        }
        return step(cpu, task);
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
