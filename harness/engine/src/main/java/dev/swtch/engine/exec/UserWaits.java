package dev.swtch.engine.exec;

import dev.swtch.engine.workload.ObjectTables;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;
import dev.swtch.spi.BlockContract;
import dev.swtch.spi.block.WaitChannel;
import org.jspecify.annotations.Nullable;

/**
 * User mutexes, conditions, semaphores and barriers: words in user memory, with the kernel asked only to wait and to
 * wake. Uncontended use is free of traps. A woken thread looks again; nothing is handed over.
 */
final class UserWaits {
    private static final String MUTEX = "mutex ";

    private final KernelCalls kernel;
    private final Interpreter interpreter;
    private final WorkloadMachine machine;
    private final UserMutex[] mutexes;
    private final Condition[] conditions;
    private final Semaphore[] semaphores;
    private final Barrier[] barriers;

    private final Frame<Task> lockAgain = new Frame<>("LOCK_AGAIN", (cpu, task, m, b) -> lockAgain(cpu, task, m));
    private final Frame<Task> lockLook = new Frame<>("LOCK_LOOK", (cpu, task, m, b) -> lockLook(cpu, task, m));
    private final Frame<Task> waitBegin = new Frame<>("WAIT_BEGIN", this::waitBegin);
    private final Frame<Task> waitAgain = new Frame<>("WAIT_AGAIN", this::waitAgain);
    private final Frame<Task> waitLook = new Frame<>("WAIT_LOOK", this::waitBegin);
    private final Frame<Task> semAgain = new Frame<>("SEM_AGAIN", (cpu, task, s, b) -> semaphoreAgain(cpu, task, s));
    private final Frame<Task> semLook = new Frame<>("SEM_LOOK", (cpu, task, s, b) -> semaphoreLook(cpu, task, s));
    private final Frame<Task> barrierAgain =
            new Frame<>("BARRIER_AGAIN", (cpu, task, n, b) -> barrierWait(cpu, task, n));

    UserWaits(WorkloadMachine machine, KernelCalls kernel, Interpreter interpreter) {
        this.machine = machine;
        this.kernel = kernel;
        this.interpreter = interpreter;
        ObjectTables objects = machine.workload().objects();
        mutexes = objects.mutexes().stream()
                .map(mutex -> new UserMutex(machine.channel(mutex.name()), mutex.inherits()))
                .toArray(UserMutex[]::new);
        conditions = objects.conditions().stream()
                .map(name -> new Condition(machine.channel(name)))
                .toArray(Condition[]::new);
        semaphores = objects.semaphores().stream()
                .map(semaphore -> new Semaphore(machine.channel(semaphore.name()), semaphore.initial()))
                .toArray(Semaphore[]::new);
        barriers = objects.barriers().stream()
                .map(barrier -> new Barrier(machine.channel(barrier.name()), barrier.parties()))
                .toArray(Barrier[]::new);
    }

    // ---- mutex --------------------------------------------------------------------------------------------------

    boolean tryLock(Task task, int m) {
        UserMutex mutex = mutexes[m];
        if (mutex.owner != null) {
            return false;
        }
        mutex.owner = task;
        return true;
    }

    Next lockContended(Cpu cpu, Task task, int m) {
        mutexes[m].waiters++;
        interpreter.enterKernel(cpu, task);
        return lockAwait(cpu, task, m);
    }

    private Next lockAwait(Cpu cpu, Task task, int m) {
        UserMutex mutex = mutexes[m];
        Task owner = mutex.owner;
        waiting(task, MUTEX + mutex.channel.name());
        cpu.push(lockAgain, task, m, 0);
        if (mutex.inherits && owner != null) {
            return kernel.blocking(cpu).awaitLending(cpu, mutex.channel, owner.thread());
        }
        return kernel.blocking(cpu).await(cpu, mutex.channel, BlockContract.FOREVER);
    }

    private Next lockAgain(Cpu cpu, Task task, int m) {
        cpu.push(lockLook, task, m, 0);
        return interpreter.again(cpu, task);
    }

    private Next lockLook(Cpu cpu, Task task, int m) {
        if (!tryLock(task, m)) {
            interpreter.enterKernel(cpu, task);
            return lockAwait(cpu, task, m);
        }
        mutexes[m].waiters--;
        return interpreter.step(cpu, task);
    }

    /** Frees the mutex; whether somebody has to be woken. */
    boolean unlock(Cpu cpu, Task task, int m) {
        UserMutex mutex = mutexes[m];
        if (mutex.owner != task) {
            throw cpu.violation(
                    "workload-mutex-owner",
                    task.path() + " unlocks " + mutex.channel.name() + ", which it does not own");
        }
        mutex.owner = null;
        return mutex.waiters > 0;
    }

    Next wakeAfterUnlock(Cpu cpu, Task task, int m) {
        interpreter.enterKernel(cpu, task);
        cpu.push(interpreter.step, task);
        return wakeOne(cpu, mutexes[m]);
    }

    private Next wakeOne(Cpu cpu, UserMutex mutex) {
        return mutex.inherits
                ? kernel.blocking(cpu).wakeLent(cpu, mutex.channel)
                : kernel.blocking(cpu).wake(cpu, mutex.channel, 1);
    }

    /** Who holds what a task waits for, if that is a mutex; for reports. */
    @Nullable
    Task holderOf(String waitsFor) {
        if (waitsFor.startsWith(MUTEX)) {
            for (UserMutex mutex : mutexes) {
                if (waitsFor.substring(MUTEX.length()).equals(mutex.channel.name())) {
                    return mutex.owner;
                }
            }
        }
        return null;
    }

    // ---- condition ----------------------------------------------------------------------------------------------

    /** Registers, gives up the mutex, then waits. */
    Next await(Cpu cpu, Task task, int c, int m) {
        conditions[c].register(task);
        interpreter.enterKernel(cpu, task);
        if (unlock(cpu, task, m)) {
            cpu.push(waitBegin, task, c, m);
            return wakeOne(cpu, mutexes[m]);
        }
        return waitBegin(cpu, task, c, m);
    }

    private Next waitBegin(Cpu cpu, Task task, int c, long m) {
        Condition condition = conditions[c];
        if (condition.take(task)) {
            task.waitsFor = null;
            if (tryLock(task, (int) m)) {
                return interpreter.step(cpu, task);
            }
            return lockContended(cpu, task, (int) m);
        }
        interpreter.enterKernel(cpu, task);
        waiting(task, "condition " + condition.channel.name());
        cpu.push(waitAgain, task, c, m);
        return kernel.blocking(cpu).await(cpu, condition.channel, BlockContract.FOREVER);
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

    boolean trySemaphore(int s) {
        return semaphores[s].tryTake();
    }

    Next semaphoreEmpty(Cpu cpu, Task task, int s) {
        semaphores[s].waiters++;
        interpreter.enterKernel(cpu, task);
        return semaphoreAwait(cpu, task, s);
    }

    private Next semaphoreAwait(Cpu cpu, Task task, int s) {
        WaitChannel channel = semaphores[s].channel;
        waiting(task, "semaphore " + channel.name());
        cpu.push(semAgain, task, s, 0);
        return kernel.blocking(cpu).await(cpu, channel, BlockContract.FOREVER);
    }

    private Next semaphoreAgain(Cpu cpu, Task task, int s) {
        cpu.push(semLook, task, s, 0);
        return interpreter.again(cpu, task);
    }

    private Next semaphoreLook(Cpu cpu, Task task, int s) {
        if (!trySemaphore(s)) {
            interpreter.enterKernel(cpu, task);
            return semaphoreAwait(cpu, task, s);
        }
        semaphores[s].waiters--;
        return interpreter.step(cpu, task);
    }

    /** Adds one; whether somebody has to be woken. */
    boolean post(int s) {
        Semaphore semaphore = semaphores[s];
        semaphore.count++;
        return semaphore.waiters > 0;
    }

    Next wakeAfterPost(Cpu cpu, Task task, int s) {
        interpreter.enterKernel(cpu, task);
        cpu.push(interpreter.step, task);
        return kernel.blocking(cpu).wake(cpu, semaphores[s].channel, 1);
    }

    /** A device posts: as a thread does, but from a handler, which goes on in what was pushed. */
    Next wakePosted(Cpu cpu, int s) {
        return kernel.blocking(cpu).wake(cpu, semaphores[s].channel, 1);
    }

    // ---- barrier ------------------------------------------------------------------------------------------------

    Next barrier(Cpu cpu, Task task, int n) {
        interpreter.enterKernel(cpu, task);
        if (barriers[n].arrive(task)) {
            cpu.push(interpreter.step, task);
            return kernel.blocking(cpu).wake(cpu, barriers[n].channel, Integer.MAX_VALUE);
        }
        return barrierWait(cpu, task, n);
    }

    private Next barrierWait(Cpu cpu, Task task, int n) {
        Barrier barrier = barriers[n];
        if (task.seen != barrier.opened) {
            return interpreter.step(cpu, task);
        }
        waiting(task, "barrier " + barrier.channel.name());
        cpu.push(barrierAgain, task, n, 0);
        return kernel.blocking(cpu).await(cpu, barrier.channel, BlockContract.FOREVER);
    }

    private void waiting(Task task, String what) {
        task.waitsFor = what;
        machine.mayStall();
    }
}
