package dev.swtch.engine.rtapp;

import dev.swtch.engine.workload.Dist;
import dev.swtch.engine.workload.MissPolicy;
import dev.swtch.engine.workload.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns one event of a task into steps. */
final class EventReader {
    /** rt-app's own limit for each fork event. */
    private static final int MOST_FORKS = 1_024;

    private static final long SLICE_NS = 32_000;
    private static final String UNKNOWN = "unknown";

    private final MeetingPoints points;
    private final Findings findings;
    private final RtAppOptions options;
    private final List<String> tasks;
    private final AccessReader accesses;

    EventReader(MeetingPoints points, Findings findings, RtAppOptions options, List<String> tasks) {
        this.points = points;
        this.findings = findings;
        this.options = options;
        this.tasks = tasks;
        this.accesses = new AccessReader(findings, options.costs());
    }

    /**
     * The steps of an event; empty if it was complained about.
     *
     * @param word the event word that the key begins with
     * @param task name of the task
     * @param instances how many threads of the task are made at the start
     */
    List<Step> read(Json.Member event, String word, String task, int instances) {
        return switch (word) {
            case "run", "runtime", "sleep" -> timed(event, word);
            case "timer" -> timer(event);
            case "wait", "sync" -> waiting(event, word);
            case "mem", "iorun", "memrun" -> accesses.read(event, word);
            case "yield" -> text(event, word, "a string") == null ? List.of() : List.of(new Step.Yield());
            case "suspend" -> suspend(event, task);
            case "fork" -> fork(event);
            default -> named(event, word, instances);
        };
    }

    private List<Step> timed(Json.Member event, String word) {
        Integer us = Values.count(event.value(), what(event, word) + ": time in us", findings);
        if (us == null) {
            return List.of();
        }
        Dist span = Dist.of(us * 1_000L);
        return List.of(
                switch (word) {
                    case "run" -> new Step.Compute(span);
                    case "runtime" -> new Step.RunFor(span, Dist.of(SLICE_NS));
                    default -> new Step.Sleep(span);
                });
    }

    private List<Step> timer(Json.Member event) {
        Fields fields = object(event, "timer", "an object with \"ref\" and \"period\"");
        if (fields == null) {
            return List.of();
        }
        fields.rejectUnknown(List.of("ref", "period", "mode"));
        String ref = orUnknown(fields, "ref");
        Json period = fields.get("period");
        Integer us = period == null ? Integer.valueOf(0) : Values.count(period, "\"period\" of the timer", findings);
        MissPolicy policy = policy(fields);
        if (us == null || policy == null) {
            return List.of();
        }
        boolean own = ref.startsWith("unique");
        return List.of(new Step.Timer(own ? ref : points.timer(ref), own, Dist.of(us * 1_000L), policy));
    }

    private @Nullable MissPolicy policy(Fields fields) {
        String mode = fields.text("mode");
        if (mode == null || mode.equals("relative")) {
            return MissPolicy.RELATIVE;
        }
        if (mode.equals("absolute")) {
            return MissPolicy.CATCH_UP;
        }
        List<String> known = List.of("relative", "absolute");
        findings.unknown(fields.placeOf("mode"), "\"" + mode + "\" is not a mode of a timer", mode, known);
        return null;
    }

    private List<Step> waiting(Json.Member event, String word) {
        Fields fields = object(event, word, "an object with \"ref\" and \"mutex\"");
        if (fields == null) {
            return List.of();
        }
        fields.rejectUnknown(List.of("ref", "mutex"));
        String condition = points.condition(orUnknown(fields, "ref"));
        String mutex = points.mutex(orUnknown(fields, "mutex"));
        Step wait = new Step.Wait(condition, mutex);
        return word.equals("wait") ? List.of(wait) : List.of(new Step.Signal(condition), wait);
    }

    private String orUnknown(Fields fields, String key) {
        String value = fields.text(key);
        if (value == null) {
            findings.warn(fields.place(), fields.where() + " has no \"" + key + "\": \"" + UNKNOWN + "\" is used");
        }
        return value == null ? UNKNOWN : value;
    }

    private List<Step> suspend(Json.Member event, String task) {
        if (event.value() instanceof Json.Missing) {
            findings.warnOnce(
                    event.place(),
                    "a \"suspend\" without a value means the task's own name; current rt-app refuses it");
            return suspended(task);
        }
        String value = text(event, "suspend", "a string");
        if (value == null) {
            return List.of();
        }
        if (value.equals(task)) {
            return suspended(task);
        }
        String rule = options.suspendSelf()
                ? "the name is ignored, as current rt-app does"
                : "the name is honoured," + " as rt-app 1.0 did; current rt-app ignores it";
        findings.warnOnce(event.value().place(), "task \"" + task + "\" suspends on \"" + value + "\": " + rule);
        return suspended(options.suspendSelf() ? task : value);
    }

    private List<Step> suspended(String name) {
        points.mutex(name);
        points.condition(name);
        return List.of(new Step.Suspend(name));
    }

    private List<Step> fork(Json.Member event) {
        String name = text(event, "fork", "the name of a task");
        if (name == null) {
            return List.of();
        }
        if (!tasks.contains(name)) {
            findings.unknown(event.value().place(), "there is no task \"" + name + "\" to fork", name, tasks);
            return List.of();
        }
        return List.of(new Step.Fork(name, Dist.of(1), MOST_FORKS));
    }

    private List<Step> named(Json.Member event, String word, int instances) {
        String name = text(event, word, "a name in quotes");
        if (name == null) {
            return List.of();
        }
        return List.of(
                switch (word) {
                    case "lock" -> new Step.Lock(points.mutex(name));
                    case "unlock" -> new Step.Unlock(points.mutex(name));
                    case "signal" -> new Step.Signal(points.condition(name));
                    case "broad" -> new Step.Broadcast(points.condition(name));
                    case "barrier" -> new Step.Barrier(points.barrier(name, instances));
                    case "sem_post" -> new Step.Post(points.semaphore(name));
                    case "sem_wait" -> new Step.Pend(points.semaphore(name));
                    default -> new Step.Resume(points.mutex(points.condition(name)));
                });
    }

    private @Nullable String text(Json.Member event, String word, String expected) {
        if (event.value() instanceof Json.Text text) {
            return text.value();
        }
        findings.expected(
                event.value().place(),
                what(event, word),
                expected,
                event.value().kind());
        return null;
    }

    private @Nullable Fields object(Json.Member event, String word, String expected) {
        if (event.value() instanceof Json.Obj object) {
            return new Fields(object, what(event, word), findings);
        }
        findings.expected(
                event.value().place(),
                what(event, word),
                expected,
                event.value().kind());
        return null;
    }

    /** Names an event; keys such as "lock_order" are events to the surprise of many, so the message says why. */
    static String what(Json.Member event, String word) {
        return event.key().equals(word)
                ? "event \"" + word + "\""
                : "\"" + event.key() + "\", an event because it begins with \"" + word + "\"";
    }
}
