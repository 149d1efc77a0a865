package dev.swtch.engine.rtapp;

import dev.swtch.engine.workload.Workload;
import java.util.List;

/** Reads what concerns the whole workload. */
final class GlobalReader {
    private static final List<String> KEYS = List.of(
            "duration",
            "calibration",
            "default_policy",
            "pi_enabled",
            "lock_pages",
            "logdir",
            "log_basename",
            "log_size",
            "ftrace",
            "gnuplot",
            "io_device",
            "mem_buffer_size",
            "cumulative_slack");

    /** Simulated time ends a little later. */
    private static final int LONGEST_SECONDS = 4_398;

    private static final List<String> RESOURCE_TYPES =
            List.of("mutex", "wait", "signal", "broadcast", "sync", "sleep", "run", "timer");

    private static final List<String> LOG_SIZES = List.of("file", "disable", "auto");

    private final Findings findings;
    private final RtAppOptions options;

    GlobalReader(Findings findings, RtAppOptions options) {
        this.findings = findings;
        this.options = options;
    }

    /**
     * The settings that matter to a simulation.
     *
     * @param durationNs length of the run in ns, or {@link Workload#UNTIL_ALL_EXIT}
     * @param defaultPolicy policy of tasks that give none
     * @param inherit whether mutexes inherit priorities
     */
    record Global(long durationNs, Policy defaultPolicy, boolean inherit) {
        static final Global DEFAULTS = new Global(Workload.UNTIL_ALL_EXIT, Policy.SCHED_OTHER, false);
    }

    Global read(Fields top) {
        Json value = top.get("global");
        if (value == null || value instanceof Json.Null) {
            return Global.DEFAULTS;
        }
        if (!(value instanceof Json.Obj object)) {
            findings.expected(value.place(), "\"global\"", "an object", value.kind());
            return Global.DEFAULTS;
        }
        Fields fields = new Fields(object, "\"global\"", findings);
        fields.rejectUnknown(KEYS);
        int seconds = fields.whole("duration", -1);
        if (seconds == 0 || seconds > LONGEST_SECONDS) {
            findings.expected(
                    fields.placeOf("duration"),
                    "\"duration\" of \"global\"",
                    "1 to " + LONGEST_SECONDS + " seconds, or -1",
                    Integer.toString(seconds));
        }
        checkWithoutEffect(fields);
        String device = fields.text("io_device");
        if (device != null && !device.equals("/dev/null")) {
            findings.warn(fields.placeOf("io_device"), "\"io_device\" " + device + " is simulated as /dev/null");
        }
        return new Global(
                seconds < 0 ? Workload.UNTIL_ALL_EXIT : seconds * 1_000_000_000L,
                defaultPolicy(fields),
                fields.bool("pi_enabled", false));
    }

    /** These say how rt-app measures and writes, which a simulation need not; rt-app refuses a wrong type. */
    private void checkWithoutEffect(Fields fields) {
        List.of("lock_pages", "gnuplot", "cumulative_slack").forEach(key -> fields.bool(key, false));
        List.of("logdir", "log_basename").forEach(fields::text);
        fields.whole("mem_buffer_size");
        if (fields.get("calibration") instanceof Json.Text cpu && !cpu.value().matches("CPU[0-9]+")) {
            findings.expected(cpu.place(), "\"calibration\" of \"global\"", "a number or \"CPU0\"", cpu.kind());
        } else if (!(fields.get("calibration") instanceof Json.Text)) {
            fields.whole("calibration");
        }
        if (!(fields.get("log_size") instanceof Json.Text size)) {
            fields.whole("log_size");
        } else if (!LOG_SIZES.contains(size.value())) {
            findings.unknown(size.place(), size.kind() + " is not a \"log_size\"", size.value(), LOG_SIZES);
        }
        if (!(fields.get("ftrace") instanceof Json.Bool)) {
            fields.text("ftrace");
        }
    }

    private Policy defaultPolicy(Fields fields) {
        String name = fields.text("default_policy");
        Policy policy = name == null ? null : Scheduling.policy(name, "default_policy", fields, options, findings);
        return policy == null ? Policy.SCHED_OTHER : policy;
    }

    /** Checks the obsolete list of resources; all of them are made when an event mentions them anyway. */
    void checkResources(Fields top) {
        Json value = top.get("resources");
        if (value == null || value instanceof Json.Null) {
            return;
        }
        if (!(value instanceof Json.Obj object)) {
            findings.expected(value.place(), "\"resources\"", "an object", value.kind());
            return;
        }
        for (Json.Member member : object.members()) {
            String where = "resource \"" + member.key() + "\"";
            if (member.value() instanceof Json.Obj resource) {
                checkResource(new Fields(resource, where, findings));
            } else {
                findings.expected(
                        member.value().place(),
                        where,
                        "an object",
                        member.value().kind());
            }
        }
    }

    private void checkResource(Fields fields) {
        fields.rejectUnknown(List.of("type"));
        String type = fields.text("type");
        if (type != null && !RESOURCE_TYPES.contains(type)) {
            findings.unknown(
                    fields.placeOf("type"), "\"" + type + "\" is not a type of resource", type, RESOURCE_TYPES);
        }
    }
}
