package dev.swtch.engine.exec;

import dev.swtch.engine.workload.ObjectTables;
import dev.swtch.engine.workload.Op;
import dev.swtch.engine.workload.SpinTarget;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Mode;
import dev.swtch.machine.Next;
import dev.swtch.spi.BlockContract;

/**
 * Conditions, semaphores and barriers: words in user memory, with the kernel asked only to wait and to wake. Uncontended
 * use is free of traps. A woken thread looks again, unless the semaphore is one that is handed over.
 */
final class UserWaits {
    private final KernelCalls kernel;
    private final Interpreter interpreter;
    private final WorkloadMachine machine;
    private final UserLocks locks;
    private final Condition[] conditions;
    private final Semaphore[] semaphores;
    private final Barrier[] barriers;

    private final Frame<Task> waitBegin = new Frame<>("WAIT_BEGIN", this::waitBegin);
    private final Frame<Task> waitAgain = new Frame<>("WAIT_AGAIN", this::waitAgain);
    private final Frame<Task> waitLook = new Frame<>("WAIT_LOOK", this::waitBegin);
    private final Frame<Task> semAgain = new Frame<>("SEM_AGAIN", (cpu, task, s, b) -> semaphoreAgain(cpu, task, s));
    private final Frame<Task> semLook = new Frame<>("SEM_LOOK", (cpu, task, s, b) -> semaphoreLook(cpu, task, s));
    private final Frame<Task> barrierAgain =
            new Frame<>("BARRIER_AGAIN", (cpu, task, n, b) -> barrierWait(cpu, task, n));

    UserWaits(WorkloadMachine machine, KernelCalls kernel, Interpreter interpreter, UserLocks locks) {
        this.machine = machine;
        this.kernel = kernel;
        this.interpreter = interpreter;
        this.locks = locks;
        ObjectTables objects = machine.workload().objects();
        conditions = objects.conditions().stream()
                .map(name -> new Condition(machine.channel("condition " + name)))
                .toArray(Condition[]::new);
        semaphores = objects.semaphores().stream()
                .map(semaphore -> new Semaphore(machine.channel("semaphore " + semaphore.name()), semaphore))
                .toArray(Semaphore[]::new);
        barriers = objects.barriers().stream()
                .map(barrier -> new Barrier(machine.channel("barrier " + barrier.name()), barrier.parties()))
                .toArray(Barrier[]::new);
    }

    // ---- condition ----------------------------------------------------------------------------------------------

    /** Registers, gives up the mutex, then waits. */
    Next await(Cpu cpu, Task task, int c, int m) {
        conditions[c].register(task);
        interpreter.enterKernel(cpu, task);
        if (locks.unlock(cpu, task, m)) {
            cpu.push(waitBegin, task, c, m);
            return locks.wake(cpu, m);
        }
        return waitBegin(cpu, task, c, m);
    }

    private Next waitBegin(Cpu cpu, Task task, int c, long m) {
        Condition condition = conditions[c];
        if (condition.take(task) || task.isTooLate(cpu) && condition.giveUp()) {
            task.waitsFor = null;
            task.deadlineNs = BlockContract.FOREVER;
            if (locks.tryLock(task, (int) m)) {
                return interpreter.step(cpu, task);
            }
            return locks.contended(cpu, task, (int) m);
        }
        interpreter.enterKernel(cpu, task);
        machine.stalls().waits(task, condition.channel);
        cpu.push(waitAgain, task, c, m);
        return kernel.awaitInTime(cpu, task, condition.channel);
    }

    private Next waitAgain(Cpu cpu, Task task, int c, long m) {
        cpu.push(waitLook, task, c, m);
        return interpreter.again(cpu, task);
    }

    /** Grants waiters of a condition to go on; how many to wake. */
    int grant(int c, int count) {
        return conditions[c].grant(count);
    }

    Next wakeAfterSignal(Cpu cpu, Task task, int c, int count) {
        interpreter.enterKernel(cpu, task);
        cpu.push(interpreter.step, task);
        return kernel.blocking(cpu).wake(cpu, conditions[c].channel, count == 1 ? 1 : Integer.MAX_VALUE);
    }

    /** Wakes whom something from outside granted to go on; the caller goes on in what was pushed. */
    Next wakeSignalled(Cpu cpu, int c, int count) {
        return kernel.blocking(cpu).wake(cpu, conditions[c].channel, count);
    }

    // ---- semaphore ----------------------------------------------------------------------------------------------

    /** Takes one within the time that was set, or none. */
    Next semaphoreTimed(Cpu cpu, Task task, int s) {
        return trySemaphore(s) ? interpreter.afterWait(cpu, task, true) : semaphoreEmpty(cpu, task, s);
    }

    boolean trySemaphore(int s) {
        return semaphores[s].tryTake();
    }

    Next semaphoreEmpty(Cpu cpu, Task task, int s) {
        semaphores[s].enqueue(task);
        interpreter.enterKernel(cpu, task);
        return semaphoreAwait(cpu, task, s);
    }

    private Next semaphoreAwait(Cpu cpu, Task task, int s) {
        Semaphore semaphore = semaphores[s];
        machine.stalls().waits(task, semaphore.channel);
        cpu.push(semAgain, task, s, 0);
        return kernel.awaitInTime(cpu, task, semaphore.queue == null ? semaphore.channel : task.ownChannel());
    }

    private Next semaphoreAgain(Cpu cpu, Task task, int s) {
        cpu.push(semLook, task, s, 0);
        return interpreter.again(cpu, task);
    }

    private Next semaphoreLook(Cpu cpu, Task task, int s) {
        Semaphore semaphore = semaphores[s];
        boolean has = semaphore.has(task);
        if (!has && !task.isTooLate(cpu)) {
            interpreter.enterKernel(cpu, task);
            return semaphoreAwait(cpu, task, s);
        }
        semaphore.leave(task, has);
        return interpreter.afterWait(cpu, task, has);
    }

    /** Adds one; whether somebody has to be woken. */
    boolean post(int s) {
        return semaphores[s].post();
    }

    Next wakeAfterPost(Cpu cpu, Task task, int s) {
        interpreter.enterKernel(cpu, task);
        cpu.push(interpreter.step, task);
        return wakePosted(cpu, s);
    }

    /** A device posts: as a thread does, but from a handler, which goes on in what was pushed. */
    Next wakePosted(Cpu cpu, int s) {
        Semaphore semaphore = semaphores[s];
        Task served = semaphore.served;
        return kernel.blocking(cpu).wake(cpu, served == null ? semaphore.channel : served.ownChannel(), 1);
    }

    // ---- barrier ------------------------------------------------------------------------------------------------

    Next barrier(Cpu cpu, Task task, int n) {
        interpreter.enterKernel(cpu, task);
        return barriers[n].arrive(task) ? openBarrier(cpu, task, n) : barrierWait(cpu, task, n);
    }

    /** The last comer wakes those who sleep; spinning ones see it themselves. */
    private Next openBarrier(Cpu cpu, Task task, int n) {
        Barrier barrier = barriers[n];
        if (barrier.sleepers == 0) {
            return interpreter.step(cpu, task);
        }
        barrier.sleepers = 0;
        interpreter.enterKernel(cpu, task);
        cpu.push(interpreter.step, task);
        return kernel.blocking(cpu).wake(cpu, barrier.channel, Integer.MAX_VALUE);
    }

    private Next barrierWait(Cpu cpu, Task task, int n) {
        Barrier barrier = barriers[n];
        if (task.seen != barrier.opened) {
            return interpreter.step(cpu, task);
        }
        barrier.sleepers++;
        machine.stalls().waits(task, barrier.channel);
        cpu.push(barrierAgain, task, n, 0);
        return kernel.blocking(cpu).await(cpu, barrier.channel, BlockContract.FOREVER);
    }

    // ---- waiting without leaving the CPU ------------------------------------------------------------------------

    /** One look of a task that works while it waits; it goes on once it need not wait any more. */
    Next spin(Cpu cpu, Task task, int pc) {
        int[] code = task.code;
        int object = code[pc + 2];
        int register = code[pc + 4];
        boolean begins = task.registers[register] == 0;
        if (begins) {
            task.count(0);
            task.registers[register] = 1;
        }
        boolean barrier = code[pc + 1] == SpinTarget.BARRIER.ordinal();
        if (!(barrier ? hasOpened(task, object, begins) : trySemaphore(object))) {
            cpu.push(interpreter.step, task);
            return cpu.work(task.inKernel ? Mode.KERNEL : Mode.USER, Math.max(1, task.value(code[pc + 3])));
        }
        task.registers[register] = 0;
        task.pc = pc + 1 + Op.operands(Op.SPIN_UNTIL);
        return barrier && begins ? openBarrier(cpu, task, object) : interpreter.step(cpu, task);
    }

    private boolean hasOpened(Task task, int n, boolean arrives) {
        return arrives ? barriers[n].arrive(task) : task.seen != barriers[n].opened;
    }
}
