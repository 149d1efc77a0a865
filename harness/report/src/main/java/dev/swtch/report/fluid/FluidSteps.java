package dev.swtch.report.fluid;

import dev.swtch.engine.workload.MissPolicy;
import dev.swtch.engine.workload.Op;
import dev.swtch.engine.workload.Streams;
import dev.swtch.engine.workload.ThreadEntry;
import dev.swtch.engine.workload.TimerRule;
import dev.swtch.engine.workload.Workload;
import dev.swtch.report.fluid.FluidResult.LabelMean;
import java.util.ArrayList;
import java.util.List;

/** The steps of threads that share CPUs as a fluid, as far as they can be followed there. */
final class FluidSteps {
    private static final MissPolicy[] POLICIES = MissPolicy.values();

    /** A thread that takes more steps in no time does nothing else any more. */
    private static final int MOST_STEPS_AT_ONCE = 1_000_000;

    private final Workload workload;
    private final List<FluidThread> threads;
    private final double[] labelNs;
    private final long[] labelCount;

    FluidSteps(Workload workload, List<FluidThread> threads) {
        this.workload = workload;
        this.threads = threads;
        labelNs = new double[workload.probes().size()];
        labelCount = new long[labelNs.length];
    }

    /** Whether an operation can be followed, by its first operand; timers that threads share cannot. */
    static boolean knows(int op, int operand) {
        return switch (op) {
            case Op.COMPUTE, Op.KERNEL_WORK, Op.SLEEP, Op.FORK, Op.EXIT, Op.YIELD, Op.BEGIN, Op.END -> true;
            case Op.LOOP_BEGIN, Op.LOOP_END, Op.CHOOSE, Op.JUMP, Op.CRIT_ENTER, Op.CRIT_EXIT -> true;
            case Op.TIMER -> operand < 0;
            default -> false;
        };
    }

    /** A thread goes on to its next burst, sleep or end. */
    void goOn(FluidThread thread, double nowNs) {
        if (thread.timerBaseNs < 0) {
            boolean own = thread.entry.timerBaseNs() == ThreadEntry.OWN_START;
            thread.timerBaseNs = own ? nowNs : thread.entry.timerBaseNs();
        }
        thread.leftNs = -1;
        thread.wakesAtNs = Double.POSITIVE_INFINITY;
        for (int steps = 0; steps < MOST_STEPS_AT_ONCE; steps++) {
            if (!step(thread, thread.walker.next(), nowNs)) {
                return;
            }
        }
    }

    private boolean step(FluidThread thread, int op, double nowNs) {
        switch (op) {
            case Op.COMPUTE, Op.KERNEL_WORK -> {
                thread.leftNs = thread.walker.value(0);
                return thread.leftNs == 0;
            }
            case Op.SLEEP -> {
                thread.wakesAtNs = nowNs + thread.walker.value(0);
                return false;
            }
            case Op.TIMER -> {
                return timer(thread, nowNs);
            }
            case Op.BEGIN -> thread.began[thread.walker.operand(1)] = nowNs;
            case Op.END -> {
                int label = thread.walker.operand(0);
                labelNs[label] += nowNs - thread.began[thread.walker.operand(1)];
                labelCount[label]++;
            }
            case Op.FORK -> fork(thread, nowNs);
            case Op.EXIT -> {
                thread.endNs = nowNs;
                return false;
            }
            default -> {}
        }
        return true;
    }

    /** True if the timer's instant is over. */
    private static boolean timer(FluidThread thread, double nowNs) {
        int register = thread.walker.operand(1);
        long period = thread.walker.value(2);
        MissPolicy policy = POLICIES[thread.walker.operand(3)];
        long now = Math.round(nowNs);
        long state = thread.walker.register(register);
        long next = TimerRule.next(state, Math.round(thread.timerBaseNs), period, policy, now);
        if (next > now) {
            thread.walker.setRegister(register, TimerRule.slept(next));
            thread.wakesAtNs = next;
            return false;
        }
        thread.walker.setRegister(register, TimerRule.missed(next, policy, now));
        return true;
    }

    private void fork(FluidThread parent, double nowNs) {
        int index = parent.walker.operand(0);
        long wanted = parent.walker.value(1);
        int register = parent.walker.operand(2);
        int limit = parent.walker.operand(3);
        ThreadEntry entry = workload.threads().get(index);
        long made = parent.walker.register(register);
        for (long i = 0; i < wanted && (limit == 0 || made < limit); i++, made++) {
            String path = workload.forkedPath(parent.path, parent.forked, entry, made);
            long key = Streams.childKey(parent.key, index, made);
            threads.add(new FluidThread(workload, entry, path, key, parent, nowNs));
        }
        parent.walker.setRegister(register, made);
    }

    List<LabelMean> labels() {
        List<LabelMean> means = new ArrayList<>();
        for (int label = 0; label < labelNs.length; label++) {
            long count = labelCount[label];
            long mean = count == 0 ? 0 : Math.round(labelNs[label] / count);
            means.add(new LabelMean(workload.probes().get(label), count, mean));
        }
        return means;
    }
}
