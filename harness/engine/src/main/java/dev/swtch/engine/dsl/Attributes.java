package dev.swtch.engine.dsl;

import dev.swtch.engine.workload.Step;
import dev.swtch.spi.thread.ThreadClass;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Class, priority, nice value and affinity of threads. */
final class Attributes {
    /** What "set" changes. */
    static final List<String> KEYS = List.of("class", "priority", "nice", "affinity");

    /** The classes of threads. */
    static final List<String> CLASSES = List.of("timeshare", "realtime", "idle", "kernel", "interrupt");

    /** Idle priorities are those of the kernels, 32 levels, and not mapped by their order. */
    private static final int HIGHEST_IDLE = 31;

    private Attributes() {}

    static ThreadClass threadClass(Yaml value, Values values) {
        String word = values.oneOf(value, "a class of threads", CLASSES);
        if (word == null) {
            return ThreadClass.TIMESHARE;
        }
        return switch (word) {
            case "realtime" -> ThreadClass.REALTIME;
            case "idle" -> ThreadClass.IDLE;
            case "kernel" -> ThreadClass.KERNEL;
            case "interrupt" -> ThreadClass.INTERRUPT;
            default -> ThreadClass.TIMESHARE;
        };
    }

    static int nice(@Nullable Yaml value, Values values) {
        return value == null ? 0 : (int) values.count(value, "the nice value", -20, 20);
    }

    /** The rank in the realtime or idle class; in the other classes there is none. */
    static int rank(Fields fields, ThreadClass threadClass, Values values) {
        Yaml value = fields.get("priority");
        if (value == null) {
            return 0;
        }
        if (threadClass != ThreadClass.REALTIME && threadClass != ThreadClass.IDLE) {
            values.findings()
                    .error(
                            value.place(),
                            "a priority has a meaning in the realtime and idle classes only; use \"nice\"");
            return 0;
        }
        return (int) values.count(value, "the priority", 0, threadClass == ThreadClass.IDLE ? HIGHEST_IDLE : 1_000_000);
    }

    /** The steps that a "set" stands for. */
    static List<Step> changes(Yaml value, Values values) {
        Fields fields = Fields.of(value, "step \"set\"", KEYS, values.findings());
        List<Step> steps = new ArrayList<>();
        Yaml affinity = fields.get("affinity");
        if (affinity != null) {
            steps.add(new Step.SetAffinity(values.cpus(affinity, "the affinity")));
        }
        Yaml named = fields.get("class");
        if (named != null || fields.has("priority")) {
            ThreadClass threadClass = named == null ? ThreadClass.REALTIME : threadClass(named, values);
            steps.add(new Step.SetClass(threadClass, rank(fields, threadClass, values)));
        }
        Yaml nice = fields.get("nice");
        if (nice != null) {
            steps.add(new Step.SetNice(nice(nice, values)));
        }
        if (fields.isEmpty()) {
            values.findings().expected(value.place(), "step \"set\"", "one of " + String.join(", ", KEYS), "none");
        }
        return steps;
    }
}
