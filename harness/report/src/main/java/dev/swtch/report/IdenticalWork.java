package dev.swtch.report;

import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.result.ThreadResult;
import dev.swtch.report.text.Fixed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks that every scheduler was given the same work: the steps a thread took under one scheduler are a prefix of
 * those under another, so equally many steps must have equal hashes.
 */
final class IdenticalWork {
    private final List<RunResult> runs;
    private int threads;
    private int compared;
    private long steps;

    private IdenticalWork(List<RunResult> runs) {
        this.runs = runs;
    }

    /** One line about the runs of one seed. */
    static String describe(List<RunResult> runs) {
        return "identical work: " + new IdenticalWork(runs).verdict();
    }

    private String verdict() {
        if (runs.size() < 2) {
            return "nothing to compare with";
        }
        Map<String, List<ThreadResult>> byPath = new LinkedHashMap<>();
        for (RunResult run : runs) {
            for (ThreadResult thread : run.threads()) {
                byPath.computeIfAbsent(thread.path(), path -> new ArrayList<>()).add(thread);
            }
        }
        for (List<ThreadResult> same : byPath.values()) {
            String different = compare(same);
            if (!different.isEmpty()) {
                return "NO, " + different;
            }
        }
        String size =
                (threads == 1 ? "1 thread, " : Fixed.whole(threads) + " threads, ") + Fixed.whole(steps) + " steps";
        if (compared == threads) {
            return "yes, " + size;
        }
        return compared == 0
                ? "not comparable, none of " + Fixed.whole(threads) + " threads got equally far under two schedulers"
                : "yes, " + size + "; compared "
                        + (compared == 1 ? "one thread" : Fixed.whole(compared) + " threads")
                        + " that got equally far under two schedulers";
    }

    /** Compares all pairs with equal numbers of steps; returns what differs, or nothing. */
    private String compare(List<ThreadResult> same) {
        threads++;
        boolean any = false;
        long most = 0;
        for (int i = 0; i < same.size(); i++) {
            ThreadResult one = same.get(i);
            most = Math.max(most, one.steps());
            for (int j = i + 1; j < same.size(); j++) {
                ThreadResult other = same.get(j);
                if (one.steps() == other.steps()) {
                    any = true;
                    if (one.stepHash() != other.stepHash()) {
                        return "thread " + one.path() + " took other steps under one scheduler than under another"
                                + " (within " + Fixed.whole(one.steps()) + " steps)";
                    }
                }
            }
        }
        steps += most;
        compared += any ? 1 : 0;
        return "";
    }
}
