package dev.swtch.engine.rtapp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The scheduling parameters that one task or phase gives; null where it gives none.
 *
 * @param policy policy
 * @param priority nice value or realtime priority, whichever the policy in force takes
 * @param cpus CPUs it may use
 */
record Scheduling(
        @Nullable Policy policy,
        @Nullable Integer priority,
        @Nullable List<Integer> cpus) {
    /** The keys that tasks and phases share. */
    static final List<String> KEYS = List.of(
            "policy",
            "priority",
            "cpus",
            "dl-runtime",
            "dl-period",
            "dl-deadline",
            "util_min",
            "util_max",
            "nodes_membind",
            "taskgroup");

    private static final List<String> DEADLINE = List.of("dl-runtime", "dl-period", "dl-deadline");
    private static final List<String> WITHOUT_EFFECT = List.of("util_min", "util_max", "nodes_membind");

    /**
     * What a task or phase gives.
     *
     * @param before the policy in force if it gives none
     */
    static Scheduling read(Fields fields, Policy before, RtAppOptions options, Findings findings) {
        String name = fields.text("policy");
        Policy policy = name == null ? null : policy(name, "policy", fields, options, findings);
        warnOf(WITHOUT_EFFECT, fields, findings);
        if ((policy == null ? before : policy) != Policy.SCHED_DEADLINE) {
            warnOf(DEADLINE, fields, findings);
        }
        for (String key : WITHOUT_EFFECT) {
            checkType(key, fields);
        }
        return new Scheduling(policy, fields.whole("priority"), fields.wholes("cpus"));
    }

    private static void checkType(String key, Fields fields) {
        if (key.equals("nodes_membind")) {
            fields.wholes(key);
        } else {
            fields.whole(key);
        }
    }

    private static void warnOf(List<String> keys, Fields fields, Findings findings) {
        for (String key : keys) {
            if (fields.has(key)) {
                findings.warn(fields.placeOf(key), "\"" + key + "\" of " + fields.where() + " has no effect here");
            }
        }
    }

    static @Nullable Policy policy(String name, String key, Fields fields, RtAppOptions options, Findings findings) {
        Policy policy = Policy.named(name);
        if (policy == null) {
            findings.unknown(
                    fields.placeOf(key),
                    "\"" + name + "\" of " + fields.where() + " is not a scheduling policy",
                    name,
                    Policy.names());
        } else if (policy == Policy.SCHED_DEADLINE && !options.approximateDeadline()) {
            findings.error(
                    fields.placeOf(key),
                    "SCHED_DEADLINE of " + fields.where()
                            + " cannot be simulated: neither kernel has a deadline class; --approximate-deadline takes"
                            + " the realtime class instead");
        }
        return policy;
    }
}
