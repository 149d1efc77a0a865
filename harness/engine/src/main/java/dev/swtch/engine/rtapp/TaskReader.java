package dev.swtch.engine.rtapp;

import dev.swtch.engine.workload.Dist;
import dev.swtch.engine.workload.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one task: its properties, and its events or phases. */
final class TaskReader {
    private static final int MOST_INSTANCES = 1_000_000;

    /** Keys that old files give to tasks; they set deadline parameters and mean nothing here. */
    private static final List<String> LEGACY = List.of("period", "deadline");

    private static final List<String> TASK_KEYS = List.of("instance", "delay", "loop", "phases");
    private static final List<String> PHASE_KEYS = List.of("loop");

    private final EventReader events;
    private final Findings findings;
    private final Policy defaultPolicy;
    private final RtAppOptions options;

    /** The policy in force at the point that was read last; a phase that gives only a priority keeps it. */
    private Policy policy;

    private @Nullable List<Integer> taskCpus;

    TaskReader(EventReader events, Findings findings, Policy defaultPolicy, RtAppOptions options) {
        this.events = events;
        this.findings = findings;
        this.defaultPolicy = defaultPolicy;
        this.policy = defaultPolicy;
        this.options = options;
    }

    /** The task, or null if it is none. */
    @Nullable
    Task read(Json.Member member) {
        String name = member.key();
        if (!(member.value() instanceof Json.Obj object)) {
            findings.expected(
                    member.value().place(),
                    "task \"" + name + "\"",
                    "an object",
                    member.value().kind());
            return null;
        }
        Fields fields = new Fields(object, "task \"" + name + "\"", findings);
        int instances = instances(fields);
        Scheduling scheduling = Scheduling.read(fields, defaultPolicy, options, findings);
        policy = scheduling.policy() == null ? defaultPolicy : scheduling.policy();
        taskCpus = scheduling.cpus();
        Policy startPolicy = policy;
        int priority = priority(scheduling, policy, fields);
        long delayNs = delayNs(fields);
        List<Step> body = body(fields, name, instances);
        List<Integer> cpus = taskCpus == null ? List.of() : taskCpus;
        return new Task(
                name,
                member.place(),
                instances,
                delayNs,
                startPolicy,
                priority,
                cpus,
                group(fields, startPolicy),
                body);
    }

    /** The group of threads that are measured together; empty for none. */
    private String group(Fields fields, Policy startPolicy) {
        String group = fields.text("taskgroup");
        if (group == null || group.isEmpty() || group.equals("/")) {
            return "";
        }
        if (!group.startsWith("/")) {
            findings.expected(
                    fields.placeOf("taskgroup"),
                    "\"taskgroup\" of " + fields.where(),
                    "an absolute path such as \"/a/b\"",
                    "\"" + group + "\"");
        } else if (startPolicy.isRealtime()) {
            findings.warn(
                    fields.placeOf("taskgroup"),
                    "\"taskgroup\" of " + fields.where() + ": rt-app refuses it with " + startPolicy);
        }
        findings.warnOnce(
                fields.placeOf("taskgroup"),
                "no scheduler here divides CPUs between groups: a \"taskgroup\" says only what is measured together");
        return group;
    }

    private int instances(Fields fields) {
        int instances = fields.whole("instance", 1);
        if (instances < 0 || instances > MOST_INSTANCES) {
            findings.expected(
                    fields.placeOf("instance"),
                    "\"instance\" of " + fields.where(),
                    "0 to " + MOST_INSTANCES,
                    Integer.toString(instances));
            return 0;
        }
        return instances;
    }

    private long delayNs(Fields fields) {
        Json delay = fields.get("delay");
        Integer us = delay == null ? null : Values.count(delay, "\"delay\" of " + fields.where(), findings);
        return us == null ? 0 : us * 1_000L;
    }

    private int priority(Scheduling scheduling, Policy inForce, Fields fields) {
        if (inForce == Policy.SCHED_DEADLINE) {
            return options.approximateDeadline() ? DeadlinePolicy.rank(fields, findings) : 0;
        }
        Integer priority = scheduling.priority();
        if (priority == null) {
            return inForce.defaultPriority;
        }
        if (priority < inForce.lowest || priority > inForce.highest) {
            findings.expected(
                    fields.placeOf("priority"),
                    "\"priority\" of " + fields.where() + " with " + inForce,
                    inForce.lowest + " to " + inForce.highest,
                    Integer.toString(priority));
        }
        return priority;
    }

    private List<Step> body(Fields fields, String task, int instances) {
        Json phases = fields.get("phases");
        if (phases == null) {
            List<Step> steps = eventsOf(fields, task, instances, TASK_KEYS, fields.where());
            return repeated(fields, -1, steps);
        }
        warnAboutEventsBesidePhases(fields);
        List<Step> steps = new ArrayList<>();
        if (phases instanceof Json.Obj list && !list.members().isEmpty()) {
            boolean pinned = list.members().stream().anyMatch(TaskReader::hasCpus);
            Policy before = policy;
            for (Json.Member phase : list.members()) {
                steps.addAll(phase(phase, task, instances, pinned));
            }
            warnAboutChangingPolicy(fields, list, before);
        } else {
            findings.expected(
                    phases.place(),
                    "\"phases\" of " + fields.where(),
                    "an object with at least one phase",
                    phases instanceof Json.Obj ? "none" : phases.kind());
        }
        return repeated(fields, -1, steps);
    }

    private static boolean hasCpus(Json.Member phase) {
        return phase.value() instanceof Json.Obj object
                && object.members().stream().anyMatch(member -> member.key().equals("cpus"));
    }

    private void warnAboutEventsBesidePhases(Fields fields) {
        for (Json.Member member : fields.members()) {
            String word = EventWords.of(member.key());
            if (word != null) {
                findings.warn(
                        member.place(),
                        EventReader.what(member, word) + " of " + fields.where() + " is ignored: the task has phases");
            } else {
                checkKey(member, fields.where(), TASK_KEYS);
            }
        }
    }

    /** Only the first round can differ, and only if a phase relies on a policy that a later phase changes. */
    private void warnAboutChangingPolicy(Fields fields, Json.Obj phases, Policy before) {
        if (policy == before || !(phases.members().get(0).value() instanceof Json.Obj first)) {
            return;
        }
        Fields phase = new Fields(first, "the first phase", findings);
        if (phase.has("priority") && !phase.has("policy")) {
            findings.warn(
                    phase.placeOf("priority"),
                    "the first phase of " + fields.where() + " gives a priority without a policy; " + before
                            + " is taken in every round, though a later phase changes it to " + policy);
        }
    }

    private List<Step> phase(Json.Member member, String task, int instances, boolean pinned) {
        String where = "phase \"" + member.key() + "\" of task \"" + task + "\"";
        if (!(member.value() instanceof Json.Obj object)) {
            findings.expected(
                    member.value().place(), where, "an object", member.value().kind());
            return List.of();
        }
        Fields fields = new Fields(object, where, findings);
        List<Step> steps = new ArrayList<>(changes(fields, pinned));
        List<Step> body = eventsOf(fields, task, instances, PHASE_KEYS, where);
        steps.addAll(repeated(fields, 1, body));
        return steps;
    }

    /** What happens to the thread at the beginning of a phase. */
    private List<Step> changes(Fields fields, boolean pinned) {
        Scheduling scheduling = Scheduling.read(fields, policy, options, findings);
        if (fields.has("taskgroup")) {
            findings.warn(fields.placeOf("taskgroup"), "\"taskgroup\" of " + fields.where() + " has no effect here");
        }
        List<Step> steps = new ArrayList<>();
        if (pinned) {
            List<Integer> cpus = scheduling.cpus() == null ? taskCpus : scheduling.cpus();
            steps.add(new Step.SetAffinity(cpus == null ? List.of() : cpus));
        }
        if (scheduling.policy() != null) {
            policy = scheduling.policy();
        }
        if (scheduling.policy() != null || scheduling.priority() != null) {
            int priority = priority(scheduling, policy, fields);
            steps.add(new Step.SetClass(policy.threadClass, policy.isRealtime() ? priority : 0));
            if (!policy.isRealtime()) {
                steps.add(new Step.SetNice(priority));
            }
        }
        return steps;
    }

    private List<Step> eventsOf(Fields fields, String task, int instances, List<String> keys, String where) {
        List<Step> steps = new ArrayList<>();
        int count = 0;
        for (Json.Member member : fields.members()) {
            String word = EventWords.of(member.key());
            if (word != null) {
                count++;
                steps.addAll(events.read(member, word, task, instances));
            } else {
                checkKey(member, where, keys);
            }
        }
        if (count == 0) {
            findings.error(fields.place(), where + " has no event, so it would do nothing");
        }
        return steps;
    }

    private void checkKey(Json.Member member, String where, List<String> keys) {
        String key = member.key();
        if (LEGACY.contains(key) && policy == Policy.SCHED_DEADLINE) {
            return;
        }
        if (LEGACY.contains(key)) {
            findings.warn(member.place(), "\"" + key + "\" of " + where + " has no effect without SCHED_DEADLINE");
        } else if (!keys.contains(key) && !Scheduling.KEYS.contains(key)) {
            List<String> known = new ArrayList<>(keys);
            known.addAll(Scheduling.KEYS);
            known.addAll(EventWords.ALL);
            findings.unknownKey(member.place(), where, key, known);
        }
    }

    private List<Step> repeated(Fields fields, int ifAbsent, List<Step> steps) {
        int loop = fields.whole("loop", ifAbsent);
        return List.of(new Step.Loop(loop > 0 ? Dist.of(loop) : Step.Loop.FOREVER, steps));
    }
}
