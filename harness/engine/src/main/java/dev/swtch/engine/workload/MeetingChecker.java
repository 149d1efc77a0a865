package dev.swtch.engine.workload;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks the steps at which threads meet in user mode, and that their locks pair. */
final class MeetingChecker {
    private final StepPosition at;
    private final Scope scope;

    MeetingChecker(StepPosition at) {
        this.at = at;
        this.scope = at.scope;
    }

    /** Whether the step is one of these; it has been checked then. */
    boolean check(Step step) {
        if (step instanceof Step.Lock lock) {
            at.userOnly();
            lock(lock.mutex());
        } else if (step instanceof Step.Unlock unlock) {
            at.userOnly();
            at.known(scope.mutexes, unlock.mutex());
            if (!at.held.remove(unlock.mutex())) {
                at.error("mutex \"" + unlock.mutex() + "\" is not locked here");
            }
        } else if (step instanceof Step.Wait wait) {
            await(wait);
        } else if (step instanceof Step.Signal signal) {
            at.userOnly();
            at.known(scope.conditions, signal.condition());
        } else if (step instanceof Step.Broadcast broadcast) {
            at.userOnly();
            at.known(scope.conditions, broadcast.condition());
        } else if (step instanceof Step.Barrier barrier) {
            at.userOnly();
            at.known(scope.barriers, barrier.barrier());
        } else if (step instanceof Step.Suspend suspend) {
            paired(suspend.name());
        } else if (step instanceof Step.Resume resume) {
            paired(resume.name());
        } else if (step instanceof Step.Post post) {
            at.known(scope.semaphores, post.semaphore());
            at.userModeOfUser();
        } else if (step instanceof Step.Pend pend) {
            pend(pend.semaphore());
        } else if (step instanceof Step.SpinUntil spin) {
            at.known(spin.target() == SpinTarget.BARRIER ? scope.barriers : scope.semaphores, spin.object());
            at.dist("the time between looks", spin.look(), 1);
            at.userMode();
        } else {
            return false;
        }
        return true;
    }

    private void await(Step.Wait wait) {
        at.userOnly();
        at.known(scope.conditions, wait.condition());
        at.known(scope.mutexes, wait.mutex());
        if (!at.held.contains(wait.mutex())) {
            at.error("waiting for \"" + wait.condition() + "\" needs mutex \"" + wait.mutex() + "\" locked");
        }
        timeout(wait.timeout());
    }

    /** What can be said of a wait for a semaphore before its branches. */
    void pend(String semaphore) {
        at.known(scope.semaphores, semaphore);
        at.userModeOfUser();
        at.mayBlock("wait for a semaphore");
    }

    /** As {@link #lock}, for a mutex for which a thread waits only so long. */
    void lockWithin(Step.LockWithin lock) {
        at.userOnly();
        timeout(lock.timeout());
        if (at.source.isInheriting(lock.mutex())) {
            at.error("a mutex with inheritance is waited for as long as it takes: it has no timeout");
        }
        lock(lock.mutex());
    }

    void timeout(@Nullable Dist timeout) {
        if (timeout != null) {
            at.dist("the timeout", timeout, 0);
        }
    }

    private void paired(String name) {
        at.userOnly();
        at.known(scope.conditions, name);
        lock(name);
        at.held.remove(name);
    }

    private void lock(String mutex) {
        at.known(scope.mutexes, mutex);
        if (at.held.contains(mutex)) {
            at.error("mutex \"" + mutex + "\" is locked already, and is not recursive");
        } else {
            at.held.add(mutex);
        }
    }

    static String locks(List<String> held) {
        return held.isEmpty() ? "no mutex locked" : "mutex " + String.join(", ", held) + " locked";
    }
}
