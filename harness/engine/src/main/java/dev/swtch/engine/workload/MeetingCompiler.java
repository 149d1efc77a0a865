package dev.swtch.engine.workload;

import dev.swtch.spi.thread.ThreadClass;
import java.util.List;
import java.util.function.Consumer;

/** Turns the steps at which threads meet in user mode into code. */
final class MeetingCompiler {
    private final WorkloadCompiler workload;
    private final Scope scope;
    private final CodeWriter code;
    private final Consumer<List<Step>> inside;

    /**
     * For one kind of thread.
     *
     * @param code takes the operations
     * @param inside compiles steps that stand inside others
     */
    MeetingCompiler(WorkloadCompiler workload, CodeWriter code, Consumer<List<Step>> inside) {
        this.workload = workload;
        this.scope = workload.scope();
        this.code = code;
        this.inside = inside;
    }

    /** Whether the step is one of these; it has been compiled then. */
    boolean compile(Step next) {
        if (next instanceof Step.Lock lock) {
            lock(lock.mutex());
        } else if (next instanceof Step.Unlock unlock) {
            unlock(unlock.mutex());
        } else if (next instanceof Step.LockWithin lock) {
            lockWithin(lock);
        } else if (next instanceof Step.Wait wait) {
            await(wait);
        } else if (next instanceof Step.Signal signal) {
            code.emit(Op.SIGNAL, scope.conditions.index(signal.condition()));
        } else if (next instanceof Step.Broadcast broadcast) {
            code.emit(Op.BROADCAST, scope.conditions.index(broadcast.condition()));
        } else if (next instanceof Step.Barrier barrier) {
            code.emit(Op.BARRIER, scope.barriers.index(barrier.barrier()));
        } else if (next instanceof Step.Post post) {
            code.emit(Op.SEM_POST, scope.semaphores.index(post.semaphore()));
        } else if (next instanceof Step.Pend pend) {
            code.emit(Op.SEM_WAIT, scope.semaphores.index(pend.semaphore()));
        } else if (next instanceof Step.PendWithin pend) {
            int late = timed(Op.SEM_WAIT_TIMED, scope.semaphores.index(pend.semaphore()), pend.timeout());
            inside.accept(pend.body());
            otherwise(late, pend.otherwise());
        } else if (next instanceof Step.SpinUntil spin) {
            spin(spin);
        } else if (next instanceof Step.Suspend suspend) {
            lock(suspend.name());
            int mutex = scope.mutexes.index(suspend.name());
            code.emit(Op.WAIT, scope.conditions.index(suspend.name()), mutex);
            unlock(suspend.name());
        } else if (next instanceof Step.Resume resume) {
            lock(resume.name());
            code.emit(Op.BROADCAST, scope.conditions.index(resume.name()));
            unlock(resume.name());
        } else {
            return false;
        }
        return true;
    }

    private void await(Step.Wait wait) {
        int condition = scope.conditions.index(wait.condition());
        int mutex = scope.mutexes.index(wait.mutex());
        Dist timeout = wait.timeout();
        if (timeout == null) {
            code.emit(Op.WAIT, condition, mutex);
        } else {
            code.emit(Op.WAIT_TIMED, condition, mutex, code.value(timeout));
        }
    }

    private void spin(Step.SpinUntil spin) {
        Names names = spin.target() == SpinTarget.BARRIER ? scope.barriers : scope.semaphores;
        int look = code.value(spin.look());
        code.emit(Op.SPIN_UNTIL, spin.target().ordinal(), names.index(spin.object()), look, code.register());
    }

    private ObjectTables.Mutex mutex(int index) {
        return workload.source().objects().mutexes().get(index);
    }

    private void lock(String name) {
        int index = scope.mutexes.index(name);
        prepare(mutex(index));
        code.emit(Op.LOCK, index);
    }

    private void prepare(ObjectTables.Mutex mutex) {
        switch (mutex.protocol()) {
            case INHERIT -> workload.needs.add(Need.USER_PI_MUTEX);
            case CEILING -> {
                workload.needClass(ThreadClass.REALTIME, mutex.ceiling());
                code.emit(Op.CEILING_RAISE, mutex.ceiling());
            }
            case NONE -> {}
        }
    }

    private void unlock(String name) {
        int index = scope.mutexes.index(name);
        code.emit(Op.UNLOCK, index);
        restore(mutex(index));
    }

    private void restore(ObjectTables.Mutex mutex) {
        if (mutex.protocol() == ObjectTables.Protocol.CEILING) {
            code.emit(Op.CEILING_DROP, mutex.ceiling());
        }
    }

    /** A ceiling holds from before the wait on, as without a timeout, until the mutex is unlocked or was not had. */
    private void lockWithin(Step.LockWithin lock) {
        int index = scope.mutexes.index(lock.mutex());
        ObjectTables.Mutex mutex = mutex(index);
        prepare(mutex);
        int late = timed(Op.LOCK_TIMED, index, lock.timeout());
        inside.accept(lock.body());
        unlock(lock.mutex());
        int end = jump();
        code.patch(late);
        restore(mutex);
        inside.accept(lock.otherwise());
        code.patch(end);
        code.emit(Op.REJOIN);
    }

    /** Where the operand stands that says where a thread goes on that waited too long. */
    private int timed(int op, int object, Dist timeout) {
        code.emit(op, object, code.value(timeout), 0);
        return code.here() - 1;
    }

    private int jump() {
        code.emit(Op.JUMP, 0);
        return code.here() - 1;
    }

    private void otherwise(int late, List<Step> steps) {
        if (steps.isEmpty()) {
            code.patch(late);
        } else {
            int end = jump();
            code.patch(late);
            inside.accept(steps);
            code.patch(end);
        }
        code.emit(Op.REJOIN);
    }
}
