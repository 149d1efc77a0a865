package dev.swtch.engine.workload;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks the steps of one thread once and finds unknown names, values out of range, locks that do not pair, and steps
 * that are not possible where they stand (user work under a kernel lock, sleeping in a critical section).
 */
final class StepChecker {
    private static final String USER_IN_KERNEL = "user mode is out of reach while a kernel lock is held";

    private final SourceChecker source;
    private final Scope scope;
    private final ThreadKind thread;
    private final List<String> held = new ArrayList<>();
    private final List<Integer> path = new ArrayList<>();

    /** Number of enclosing critical sections, spin locks and kernel mutexes: in them a thread must not sleep. */
    private int sleepless;

    /** Number of enclosing serializers. */
    private int serialized;

    /** Where the step that is looked at was written, or else the thread. */
    private @Nullable Place place;

    StepChecker(SourceChecker source, Scope scope, ThreadKind thread) {
        this.source = source;
        this.scope = scope;
        this.thread = thread;
        this.place = thread.place();
    }

    void check() {
        checkAll(thread.body());
        for (String mutex : held) {
            source.error(thread.place(), who() + ": it ends with mutex \"" + mutex + "\" locked");
        }
    }

    private void checkAll(List<Step> steps) {
        for (int i = 0; i < steps.size(); i++) {
            path.add(i + 1);
            Place outer = place;
            Step step = steps.get(i);
            if (step instanceof Step.Placed placed) {
                place = placed.place();
                step = placed.step();
            }
            if (!(checkWork(step) || checkMeeting(step) || checkOther(step))) {
                checkBlock(step);
            }
            place = outer;
            path.remove(path.size() - 1);
        }
    }

    private boolean checkWork(Step step) {
        if (step instanceof Step.Compute compute) {
            dist("the work", compute.work(), 0);
            if (thread.threadClass().isUser()) {
                userMode();
            }
        } else if (step instanceof Step.KernelWork work) {
            dist("the work", work.work(), 0);
        } else if (step instanceof Step.RunFor runtime) {
            dist("the time", runtime.elapsed(), 0);
            dist("the slice", runtime.slice(), 1);
            userMode();
        } else if (step instanceof Step.Sleep sleep) {
            dist("the sleep", sleep.span(), 0);
            mayBlock("sleep");
        } else if (step instanceof Step.Timer timer) {
            String name = timer.timer();
            if (name != null && !timer.perThread()) {
                known(scope.timers, name);
            }
            dist("the period", timer.period(), 0);
            mayBlock("wait for a timer");
        } else if (step instanceof Step.DeviceIo io) {
            known(scope.devices, io.device());
            dist("the service time", io.service(), 0);
            mayBlock("wait for a device");
        } else {
            return false;
        }
        return true;
    }

    private boolean checkMeeting(Step step) {
        if (step instanceof Step.Lock lock) {
            userOnly();
            lock(lock.mutex());
        } else if (step instanceof Step.Unlock unlock) {
            userOnly();
            known(scope.mutexes, unlock.mutex());
            if (!held.remove(unlock.mutex())) {
                error("mutex \"" + unlock.mutex() + "\" is not locked here");
            }
        } else if (step instanceof Step.Wait wait) {
            userOnly();
            known(scope.conditions, wait.condition());
            known(scope.mutexes, wait.mutex());
            if (!held.contains(wait.mutex())) {
                error("waiting for \"" + wait.condition() + "\" needs mutex \"" + wait.mutex() + "\" locked");
            }
            timeout(wait.timeout());
        } else if (step instanceof Step.Signal signal) {
            userOnly();
            known(scope.conditions, signal.condition());
        } else if (step instanceof Step.Broadcast broadcast) {
            userOnly();
            known(scope.conditions, broadcast.condition());
        } else if (step instanceof Step.Barrier barrier) {
            userOnly();
            known(scope.barriers, barrier.barrier());
        } else if (step instanceof Step.Suspend suspend) {
            paired(suspend.name());
        } else if (step instanceof Step.Resume resume) {
            paired(resume.name());
        } else if (step instanceof Step.Post post) {
            known(scope.semaphores, post.semaphore());
            if (thread.threadClass().isUser()) {
                userMode();
            }
        } else if (step instanceof Step.Pend pend) {
            known(scope.semaphores, pend.semaphore());
            if (thread.threadClass().isUser()) {
                userMode();
            }
            mayBlock("wait for a semaphore");
            timeout(pend.timeout());
        } else if (step instanceof Step.SpinUntil spin) {
            known(spin.target() == SpinTarget.BARRIER ? scope.barriers : scope.semaphores, spin.object());
            dist("the time between looks", spin.look(), 1);
            userMode();
        } else {
            return false;
        }
        return true;
    }

    private void timeout(@Nullable Dist timeout) {
        if (timeout != null) {
            dist("the timeout", timeout, 0);
        }
    }

    private void paired(String name) {
        userOnly();
        known(scope.conditions, name);
        lock(name);
        held.remove(name);
    }

    private void lock(String mutex) {
        known(scope.mutexes, mutex);
        if (held.contains(mutex)) {
            error("mutex \"" + mutex + "\" is locked already, and is not recursive");
        } else {
            held.add(mutex);
        }
    }

    private boolean checkOther(Step step) {
        if (step instanceof Step.Fork fork) {
            known(scope.kinds, fork.thread());
            dist("the number of threads", fork.count(), 0);
            source.forked(fork.thread());
            mayBlock("create threads");
        } else if (step instanceof Step.Join join) {
            join(join.thread());
        } else if (step instanceof Step.SetNice nice) {
            if (nice.nice() < -20 || nice.nice() > 20) {
                error("nice must be between -20 and 20, not " + nice.nice());
            }
        } else if (step instanceof Step.SetAffinity affinity) {
            affinity.cpus().forEach(number -> source.affinity(place, where(), number));
        } else if (step instanceof Step.SetClass set) {
            if (set.threadClass().isUser() != thread.threadClass().isUser()) {
                error("a thread cannot change between user classes and kernel classes");
            }
            source.threadClass(place, at(), set.threadClass());
            if (set.rank() < 0) {
                error("the realtime rank must not be negative, but is " + set.rank());
            }
        } else if (step instanceof Step.Bind bind) {
            cpu(bind.cpu());
            mayBlock("move");
        } else if (step instanceof Step.Ipi ipi) {
            dist("the work of the handler", ipi.handler(), 0);
            if (ipi.cpu() != Step.Ipi.ALL_BUT_SELF) {
                cpu(ipi.cpu());
            }
        } else if (step instanceof Step.Stop stop) {
            madeAtStart(stop.thread());
        } else if (step instanceof Step.Continue go) {
            madeAtStart(go.thread());
        } else if (step instanceof Step.Yield) {
            mayBlock("yield");
        } else if (step instanceof Step.Exit) {
            mayBlock("exit");
            if (serialized > 0) {
                error("a thread cannot exit here: it would take a lock with it");
            }
        } else {
            return step instanceof Step.Unbind || step instanceof Step.Begin || step instanceof Step.End;
        }
        return true;
    }

    private void madeAtStart(String name) {
        if (scope.pathsOf(name).isEmpty()) {
            if (scope.family(name).isEmpty()) {
                known(scope.paths, name);
            } else {
                error("thread \"" + name + "\" is made on demand: only one made at the start can be named here");
            }
        }
    }

    private void join(String name) {
        mayBlock("wait for threads");
        List<ThreadKind> family = scope.family(name);
        if (family.isEmpty()) {
            known(scope.kinds, name);
        } else if (family.contains(thread) && !thread.paths().isEmpty()) {
            error("a thread cannot wait for its own end");
        }
    }

    private void checkBlock(Step step) {
        if (step instanceof Step.Loop loop) {
            checkLoop(loop);
        } else if (step instanceof Step.LoopFor timed) {
            dist("the time of the loop", timed.elapsed(), 0);
            checkRounds(timed.body(), true, true);
        } else if (step instanceof Step.Choose choose) {
            checkBranches(choose.branches());
        } else if (step instanceof Step.Critical critical) {
            withoutSleep(critical.body());
        } else if (step instanceof Step.SpinLocked spin) {
            known(scope.spinLocks, spin.lock());
            withoutSleep(spin.body());
        } else if (step instanceof Step.KernelMutex mutex) {
            known(scope.kernelMutexes, mutex.mutex());
            mayBlock("lock a kernel mutex");
            withoutSleep(mutex.body());
        } else if (step instanceof Step.Serialized inside) {
            known(scope.serializers, inside.serializer());
            mayBlock("enter a serializer");
            serialized++;
            checkAll(inside.body());
            serialized--;
        }
    }

    private void withoutSleep(List<Step> body) {
        sleepless++;
        checkAll(body);
        sleepless--;
    }

    private void checkLoop(Step.Loop loop) {
        boolean forever = loop.count().equals(Step.Loop.FOREVER);
        if (!forever) {
            dist("the number of rounds", loop.count(), 0);
        }
        checkRounds(loop.body(), forever, !loop.count().equals(Dist.of(1)));
    }

    private void checkRounds(List<Step> body, boolean endless, boolean repeats) {
        if (endless && !TimeCheck.passesTime(body)) {
            error("an endless loop in which no time passes: add work, a sleep or a wait");
        }
        List<String> before = List.copyOf(held);
        checkAll(body);
        if (repeats && !held.equals(before)) {
            error("a round of the loop begins with " + locks(before) + " and ends with " + locks(held));
        }
    }

    private void checkBranches(List<Step.Branch> branches) {
        if (branches.isEmpty()) {
            error("there is nothing to choose from");
            return;
        }
        List<String> before = List.copyOf(held);
        List<String> after = before;
        for (int i = 0; i < branches.size(); i++) {
            path.add(i + 1);
            held.clear();
            held.addAll(before);
            checkAll(branches.get(i).body());
            if (branches.get(i).weight() < 1) {
                error("a weight must be at least 1, not " + branches.get(i).weight());
            }
            if (i == 0) {
                after = List.copyOf(held);
            } else if (!held.equals(after)) {
                error("the branch ends with " + locks(held) + ", the first with " + locks(after));
            }
            path.remove(path.size() - 1);
        }
    }

    private static String locks(List<String> held) {
        return held.isEmpty() ? "no mutex locked" : "mutex " + String.join(", ", held) + " locked";
    }

    /** For steps that take place in user mode or begin with a system call. */
    private void userMode() {
        if (sleepless + serialized > 0) {
            error(USER_IN_KERNEL);
        }
    }

    private void userOnly() {
        if (thread.threadClass().isUser()) {
            userMode();
        } else {
            error("a kernel thread has no user mutexes, conditions and barriers: use the kernel's means");
        }
    }

    private void mayBlock(String what) {
        if (sleepless > 0) {
            error("a thread must not " + what + " in a critical section or under a spin lock or kernel mutex");
        }
    }

    private void known(Names names, String name) {
        String complaint = names.complaint(name);
        if (complaint != null) {
            error(complaint);
        }
    }

    private void dist(String what, Dist dist, long least) {
        source.dist(place, at() + what, dist, least);
    }

    private void cpu(int cpu) {
        source.cpu(place, where(), cpu);
    }

    private void error(String message) {
        source.error(place, at() + message);
    }

    private String who() {
        return "thread \"" + thread.name() + "\"";
    }

    private String at() {
        return where() + ": ";
    }

    private String where() {
        StringBuilder text = new StringBuilder(who()).append(", step ");
        for (int i = 0; i < path.size(); i++) {
            text.append(i == 0 ? "" : ".").append(path.get(i));
        }
        return text.toString();
    }
}
