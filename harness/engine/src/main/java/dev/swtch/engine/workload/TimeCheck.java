package dev.swtch.engine.workload;

import java.util.List;

/** Tells whether a round of steps can take any time or wait for anything; if not, an endless loop of them hangs. */
final class TimeCheck {
    private TimeCheck() {}

    static boolean passesTime(List<Step> steps) {
        return steps.stream().anyMatch(TimeCheck::passesTime);
    }

    private static boolean passesTime(Step written) {
        Step step = Step.Placed.bare(written);
        if (step instanceof Step.Compute compute) {
            return positive(compute.work());
        } else if (step instanceof Step.KernelWork work) {
            return positive(work.work());
        } else if (step instanceof Step.RunFor runtime) {
            return positive(runtime.elapsed());
        } else if (step instanceof Step.Sleep sleep) {
            return positive(sleep.span());
        } else if (step instanceof Step.Timer timer) {
            return positive(timer.period());
        } else if (step instanceof Step.DeviceIo io) {
            return positive(io.service());
        } else if (step instanceof Step.Loop loop) {
            return (positive(loop.count()) || loop.count().equals(Step.Loop.FOREVER)) && passesTime(loop.body());
        } else if (step instanceof Step.LoopFor timed) {
            return positive(timed.elapsed());
        } else if (step instanceof Step.Choose choose) {
            return choose.branches().stream().anyMatch(branch -> passesTime(branch.body()));
        } else if (step instanceof Step.LockWithin lock) {
            return positive(lock.timeout()) || passesTime(lock.body());
        } else if (step instanceof Step.PendWithin pend) {
            return positive(pend.timeout()) || passesTime(pend.otherwise());
        } else if (step instanceof Step.Critical critical) {
            return passesTime(critical.body());
        } else if (step instanceof Step.SpinLocked spin) {
            return passesTime(spin.body());
        } else if (step instanceof Step.KernelMutex mutex) {
            return passesTime(mutex.body());
        } else if (step instanceof Step.Serialized serialized) {
            return passesTime(serialized.body());
        }
        return step instanceof Step.Wait
                || step instanceof Step.Suspend
                || step instanceof Step.Pend
                || step instanceof Step.Barrier
                || step instanceof Step.SpinUntil
                || step instanceof Step.Join
                || step instanceof Step.Yield
                || step instanceof Step.Exit;
    }

    private static boolean positive(Dist dist) {
        if (dist instanceof Dist.Sequence sequence) {
            return sequence.values().stream().anyMatch(value -> value > 0);
        }
        return !(dist instanceof Dist.Constant constant) || constant.value() > 0;
    }
}
