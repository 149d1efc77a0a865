package dev.swtch.engine.workload;

import java.util.List;

/**
 * Walks the steps of one thread once and finds unknown names, values out of range, locks that do not pair, and steps
 * that are not possible where they stand (user work under a kernel lock, sleeping in a critical section).
 */
final class StepChecker {
    private final SourceChecker source;
    private final Scope scope;
    private final ThreadKind thread;
    private final StepPosition at;
    private final MeetingChecker meetings;

    StepChecker(SourceChecker source, Scope scope, ThreadKind thread) {
        this.source = source;
        this.scope = scope;
        this.thread = thread;
        this.at = new StepPosition(source, scope, thread);
        this.meetings = new MeetingChecker(at);
    }

    void check() {
        checkAll(thread.body());
        for (String mutex : at.held) {
            source.error(thread.place(), at.who() + ": it ends with mutex \"" + mutex + "\" locked");
        }
    }

    private void checkAll(List<Step> steps) {
        for (int i = 0; i < steps.size(); i++) {
            at.enter(i);
            Place outer = at.place;
            Step step = steps.get(i);
            if (step instanceof Step.Placed placed) {
                at.place = placed.place();
                step = placed.step();
            }
            if (!(checkWork(step) || meetings.check(step) || checkOther(step))) {
                checkBlock(step);
            }
            at.place = outer;
            at.leave();
        }
    }

    private boolean checkWork(Step step) {
        if (step instanceof Step.Compute compute) {
            at.dist("the work", compute.work(), 0);
            if (thread.threadClass().isUser()) {
                at.userMode();
            }
        } else if (step instanceof Step.KernelWork work) {
            at.dist("the work", work.work(), 0);
        } else if (step instanceof Step.RunFor runtime) {
            at.dist("the time", runtime.elapsed(), 0);
            at.dist("the slice", runtime.slice(), 1);
            at.userMode();
        } else if (step instanceof Step.Sleep sleep) {
            at.dist("the sleep", sleep.span(), 0);
            at.mayBlock("sleep");
        } else if (step instanceof Step.Timer timer) {
            String name = timer.timer();
            if (name != null && !timer.perThread()) {
                at.known(scope.timers, name);
            }
            at.dist("the period", timer.period(), 0);
            at.mayBlock("wait for a timer");
        } else if (step instanceof Step.DeviceIo io) {
            at.known(scope.devices, io.device());
            at.dist("the service time", io.service(), 0);
            at.mayBlock("wait for a device");
        } else {
            return false;
        }
        return true;
    }

    private boolean checkOther(Step step) {
        if (step instanceof Step.Fork fork) {
            at.known(scope.kinds, fork.thread());
            at.dist("the number of threads", fork.count(), 0);
            source.forked(fork.thread());
            at.mayBlock("create threads");
        } else if (step instanceof Step.Join join) {
            join(join.thread());
        } else if (step instanceof Step.SetNice nice) {
            if (nice.nice() < -20 || nice.nice() > 20) {
                at.error("nice must be between -20 and 20, not " + nice.nice());
            }
        } else if (step instanceof Step.SetAffinity affinity) {
            affinity.cpus().forEach(number -> source.affinity(at.place, at.where(), number));
        } else if (step instanceof Step.SetClass set) {
            if (set.threadClass().isUser() != thread.threadClass().isUser()) {
                at.error("a thread cannot change between user classes and kernel classes");
            }
            source.threadClass(at.place, at.at(), set.threadClass());
            if (set.rank() < 0) {
                at.error("the realtime rank must not be negative, but is " + set.rank());
            }
        } else if (step instanceof Step.Bind bind) {
            at.cpu(bind.cpu());
            at.mayBlock("move");
        } else if (step instanceof Step.Ipi ipi) {
            at.dist("the work of the handler", ipi.handler(), 0);
            if (ipi.cpu() != Step.Ipi.ALL_BUT_SELF) {
                at.cpu(ipi.cpu());
            }
        } else if (step instanceof Step.Stop stop) {
            madeAtStart(stop.thread());
        } else if (step instanceof Step.Continue go) {
            madeAtStart(go.thread());
        } else if (step instanceof Step.Yield) {
            at.mayBlock("yield");
        } else if (step instanceof Step.Exit) {
            at.mayBlock("exit");
            if (at.serialized > 0) {
                at.error("a thread cannot exit here: it would take a lock with it");
            }
        } else {
            return step instanceof Step.Unbind || step instanceof Step.Begin || step instanceof Step.End;
        }
        return true;
    }

    private void madeAtStart(String name) {
        if (scope.pathsOf(name).isEmpty()) {
            if (scope.family(name).isEmpty()) {
                at.known(scope.paths, name);
            } else {
                at.error("thread \"" + name + "\" is made on demand: only one made at the start can be named here");
            }
        }
    }

    private void join(String name) {
        at.mayBlock("wait for threads");
        List<ThreadKind> family = scope.family(name);
        if (family.isEmpty()) {
            at.known(scope.kinds, name);
        } else if (family.contains(thread) && !thread.paths().isEmpty()) {
            at.error("a thread cannot wait for its own end");
        }
    }

    private void checkBlock(Step step) {
        if (step instanceof Step.Loop loop) {
            checkLoop(loop);
        } else if (step instanceof Step.LoopFor timed) {
            at.dist("the time of the loop", timed.elapsed(), 0);
            checkRounds(timed.body(), true, true);
        } else if (step instanceof Step.Choose choose) {
            checkBranches(choose.branches());
        } else if (step instanceof Step.LockWithin lock) {
            checkLockWithin(lock);
        } else if (step instanceof Step.PendWithin pend) {
            meetings.pend(pend.semaphore());
            meetings.timeout(pend.timeout());
            checkWays(List.of(pend.body(), pend.otherwise()), List.copyOf(at.held));
        } else if (step instanceof Step.Critical critical) {
            withoutSleep(critical.body());
        } else if (step instanceof Step.SpinLocked spin) {
            at.known(scope.spinLocks, spin.lock());
            withoutSleep(spin.body());
        } else if (step instanceof Step.KernelMutex mutex) {
            at.known(scope.kernelMutexes, mutex.mutex());
            at.mayBlock("lock a kernel mutex");
            withoutSleep(mutex.body());
        } else if (step instanceof Step.Serialized inside) {
            at.known(scope.serializers, inside.serializer());
            at.mayBlock("enter a serializer");
            at.serialized++;
            checkAll(inside.body());
            at.serialized--;
        }
    }

    private void withoutSleep(List<Step> body) {
        at.sleepless++;
        checkAll(body);
        at.sleepless--;
    }

    private void checkLoop(Step.Loop loop) {
        boolean forever = loop.count().equals(Step.Loop.FOREVER);
        if (!forever) {
            at.dist("the number of rounds", loop.count(), 0);
        }
        checkRounds(loop.body(), forever, !loop.count().equals(Dist.of(1)));
    }

    private void checkRounds(List<Step> body, boolean endless, boolean repeats) {
        if (endless && !TimeCheck.passesTime(body)) {
            at.error("an endless loop in which no time passes: add work, a sleep or a wait");
        }
        List<String> before = List.copyOf(at.held);
        checkAll(body);
        if (repeats && !at.held.equals(before)) {
            at.error("a round of the loop begins with " + MeetingChecker.locks(before) + " and ends with "
                    + MeetingChecker.locks(at.held));
        }
    }

    private void checkBranches(List<Step.Branch> branches) {
        if (branches.isEmpty()) {
            at.error("there is nothing to choose from");
            return;
        }
        checkWays(branches.stream().map(Step.Branch::body).toList(), List.copyOf(at.held));
        for (int i = 0; i < branches.size(); i++) {
            at.enter(i);
            if (branches.get(i).weight() < 1) {
                at.error("a weight must be at least 1, not " + branches.get(i).weight());
            }
            at.leave();
        }
    }

    /** Of several lists of steps one is taken: all begin alike, and must end alike. */
    private void checkWays(List<List<Step>> ways, List<String> before) {
        List<String> after = before;
        for (int i = 0; i < ways.size(); i++) {
            at.enter(i);
            at.hold(before);
            checkAll(ways.get(i));
            if (i == 0) {
                after = List.copyOf(at.held);
            } else if (!at.held.equals(after)) {
                at.error("the branch ends with " + MeetingChecker.locks(at.held) + ", the first with "
                        + MeetingChecker.locks(after));
            }
            at.leave();
        }
    }

    private void checkLockWithin(Step.LockWithin lock) {
        List<String> without = List.copyOf(at.held);
        meetings.lockWithin(lock);
        List<String> with = List.copyOf(at.held);
        at.enter(0);
        checkAll(lock.body());
        if (!at.held.equals(with)) {
            at.error("the steps with the lock begin with " + MeetingChecker.locks(with) + " and end with "
                    + MeetingChecker.locks(at.held));
        }
        at.leave();
        at.hold(without);
        checkWays(List.of(List.of(), lock.otherwise()), without);
    }
}
