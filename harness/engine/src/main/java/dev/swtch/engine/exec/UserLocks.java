package dev.swtch.engine.exec;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Mode;
import dev.swtch.machine.Next;
import org.jspecify.annotations.Nullable;

/**
 * User mutexes: words in user memory, with the kernel asked only to wait and to wake. Uncontended use is free of traps.
 * A woken thread looks again, unless the mutex is one that is handed over; then each waiter sleeps on a channel of its
 * own, as in a lock with a queue, so that the order is the mutex's on every scheduler.
 */
final class UserLocks {
    /** Time between two looks of a thread that spins for a mutex. */
    private static final long LOOK_NS = 1_000;

    private final WorkloadMachine machine;
    private final KernelCalls kernel;
    private final Interpreter interpreter;
    private final UserMutex[] mutexes;

    private final Frame<Task> again = new Frame<>("LOCK_AGAIN", (cpu, task, m, b) -> again(cpu, task, m));
    private final Frame<Task> look = new Frame<>("LOCK_LOOK", (cpu, task, m, b) -> look(cpu, task, m));
    private final Frame<Task> spinLook = new Frame<>("LOCK_SPIN", (cpu, task, m, until) -> spin(cpu, task, m, until));

    UserLocks(WorkloadMachine machine, KernelCalls kernel, Interpreter interpreter) {
        this.machine = machine;
        this.kernel = kernel;
        this.interpreter = interpreter;
        mutexes = machine.workload().objects().mutexes().stream()
                .map(mutex -> new UserMutex(machine.channel("mutex " + mutex.name()), mutex))
                .toArray(UserMutex[]::new);
    }

    /** Who holds what a task waits for, if that is a mutex; for reports. */
    @Nullable
    Task holderOf(String waitsFor) {
        for (UserMutex mutex : mutexes) {
            if (mutex.channel.name().equals(waitsFor)) {
                return mutex.owner;
            }
        }
        return null;
    }

    boolean tryLock(Task task, int m) {
        UserMutex mutex = mutexes[m];
        if (mutex.owner != null) {
            return false;
        }
        mutex.owner = task;
        return true;
    }

    /** The mutex is taken: the thread spins as long as the mutex allows, then sleeps. */
    Next contended(Cpu cpu, Task task, int m) {
        return spin(cpu, task, m, cpu.now() + mutexes[m].spinNs);
    }

    /** Locks a mutex within the time that was set, or not at all. */
    Next lockTimed(Cpu cpu, Task task, int m) {
        return tryLock(task, m) ? interpreter.afterWait(cpu, task, true) : contended(cpu, task, m);
    }

    private Next spin(Cpu cpu, Task task, int m, long untilNs) {
        if (tryLock(task, m)) {
            return interpreter.afterWait(cpu, task, true);
        }
        if (cpu.now() >= untilNs || task.isTooLate(cpu)) {
            return block(cpu, task, m);
        }
        cpu.push(spinLook, task, m, untilNs);
        return cpu.work(task.inKernel ? Mode.KERNEL : Mode.USER, Math.min(LOOK_NS, untilNs - cpu.now()));
    }

    private Next block(Cpu cpu, Task task, int m) {
        HandOver queue = mutexes[m].queue;
        if (queue != null) {
            queue.add(task);
        }
        mutexes[m].waiters++;
        interpreter.enterKernel(cpu, task);
        return await(cpu, task, m);
    }

    private Next await(Cpu cpu, Task task, int m) {
        UserMutex mutex = mutexes[m];
        Task owner = mutex.owner;
        machine.stalls().waits(task, mutex.channel);
        cpu.push(again, task, m, 0);
        if (mutex.inherits && owner != null) {
            return kernel.blocking(cpu).awaitLending(cpu, mutex.channel, owner.thread());
        }
        return kernel.awaitInTime(cpu, task, mutex.queue == null ? mutex.channel : task.ownChannel());
    }

    private Next again(Cpu cpu, Task task, int m) {
        cpu.push(look, task, m, 0);
        return interpreter.again(cpu, task);
    }

    private Next look(Cpu cpu, Task task, int m) {
        UserMutex mutex = mutexes[m];
        boolean has = mutex.queue == null ? tryLock(task, m) : mutex.owner == task;
        if (!has && !task.isTooLate(cpu)) {
            interpreter.enterKernel(cpu, task);
            return await(cpu, task, m);
        }
        mutex.waiters--;
        if (mutex.queue != null && !has) {
            mutex.queue.remove(task);
        }
        return interpreter.afterWait(cpu, task, has);
    }

    /** Frees the mutex or hands it over; whether somebody has to be woken. */
    boolean unlock(Cpu cpu, Task task, int m) {
        UserMutex mutex = mutexes[m];
        if (mutex.owner != task) {
            throw cpu.violation(
                    "workload-mutex-owner",
                    task.path() + " unlocks " + mutex.channel.name() + ", which it does not own");
        }
        mutex.owner = mutex.queue == null ? null : mutex.queue.next();
        return mutex.queue == null ? mutex.waiters > 0 : mutex.owner != null;
    }

    Next wakeAfterUnlock(Cpu cpu, Task task, int m) {
        interpreter.enterKernel(cpu, task);
        cpu.push(interpreter.step, task);
        return wake(cpu, m);
    }

    /** Wakes who is to look at a mutex that was just unlocked. */
    Next wake(Cpu cpu, int m) {
        UserMutex mutex = mutexes[m];
        Task next = mutex.owner;
        if (mutex.queue != null && next != null) {
            return kernel.blocking(cpu).wake(cpu, next.ownChannel(), 1);
        }
        return mutex.inherits
                ? kernel.blocking(cpu).wakeLent(cpu, mutex.channel)
                : kernel.blocking(cpu).wake(cpu, mutex.channel, 1);
    }
}
