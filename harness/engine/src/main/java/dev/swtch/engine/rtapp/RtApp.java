package dev.swtch.engine.rtapp;

import dev.swtch.engine.workload.BadInputException;
import dev.swtch.engine.workload.Diagnostic;
import dev.swtch.engine.workload.ForkPaths;
import dev.swtch.engine.workload.Goals;
import dev.swtch.engine.workload.Place;
import dev.swtch.engine.workload.ThreadKind;
import dev.swtch.engine.workload.Workload;
import dev.swtch.engine.workload.WorkloadBuilder;
import dev.swtch.engine.workload.WorkloadException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads rt-app workloads. */
public final class RtApp {
    private static final String PROCESS = "rt-app";
    private static final List<String> TOP_KEYS = List.of("global", "resources", "tasks");

    private final String file;
    private final RtAppOptions options;
    private final Findings findings;
    private final MeetingPoints points = new MeetingPoints();

    private RtApp(String file, RtAppOptions options) {
        this.file = file;
        this.options = options;
        this.findings = new Findings(options.strict());
    }

    /**
     * Reads and compiles a file.
     *
     * @param file name of the file, for messages; without its directory and ending it names the workload
     * @param content the bytes of the file
     * @param options how to read it
     * @throws BadInputException if the file cannot be used, with every error found
     */
    public static RtAppResult read(String file, byte[] content, RtAppOptions options) {
        return new RtApp(file, options).read(content);
    }

    private RtAppResult read(byte[] content) {
        Workload workload;
        try {
            WorkloadBuilder builder = workload(parse(content));
            refuseIfWrong();
            findings.warnings().forEach(builder::note);
            workload = builder.build();
        } catch (SyntaxError syntax) {
            throw new BadInputException(file, List.of(syntax.diagnostic()));
        } catch (WorkloadException meaning) {
            throw new BadInputException(file, meaning.errors());
        }
        return new RtAppResult(workload, findings.warnings());
    }

    private void refuseIfWrong() {
        List<Diagnostic> errors = findings.errors();
        if (!errors.isEmpty()) {
            throw new BadInputException(file, errors);
        }
    }

    private Json parse(byte[] content) {
        JsonReader reader = new JsonReader(file, Bytes.decode(file, content), options.strict());
        Json value = reader.read();
        Place trailing = trailing(reader);
        if (trailing != null) {
            findings.warn(trailing, "everything from here on is ignored: the workload has ended");
        }
        return new Dialect(options.strict(), findings).resolve(value);
    }

    /** What follows the workload is not read, so nothing in it can be an error. */
    private static @Nullable Place trailing(JsonReader reader) {
        try {
            return reader.trailing();
        } catch (SyntaxError openComment) {
            return openComment.diagnostic().place();
        }
    }

    private WorkloadBuilder workload(Json value) {
        WorkloadBuilder builder = Workload.builder(workloadName()).seed(options.seed());
        if (!(value instanceof Json.Obj object)) {
            findings.expected(value.place(), "a workload", "an object with \"tasks\"", value.kind());
            return builder;
        }
        Fields top = new Fields(object, "the workload", findings);
        Json tasks = top.get("tasks");
        if (tasks == null) {
            findings.error(value.place(), "the workload has no \"tasks\", so there is nothing to run" + misspelt(top));
            return builder;
        }
        top.rejectUnknown(TOP_KEYS);
        GlobalReader globalReader = new GlobalReader(findings, options);
        GlobalReader.Global global = globalReader.read(top);
        globalReader.checkResources(top);
        builder.forkPaths(ForkPaths.RTAPP).durationNs(global.durationNs());
        if (!(tasks instanceof Json.Obj list) || list.members().isEmpty()) {
            String found = tasks instanceof Json.Obj ? "none" : tasks.kind();
            findings.expected(tasks.place(), "\"tasks\"", "an object with at least one task", found);
            return builder;
        }
        addThreads(builder, readTasks(list, global.defaultPolicy()));
        points.declare(builder, global.inherit());
        return builder;
    }

    private static String misspelt(Fields top) {
        for (Json.Member member : top.members()) {
            if (!TOP_KEYS.contains(member.key()) && member.value() instanceof Json.Obj) {
                return "; is \"" + member.key() + "\" in line " + member.place().line() + " meant?";
            }
        }
        return "";
    }

    private List<Task> readTasks(Json.Obj list, Policy defaultPolicy) {
        List<String> names = list.members().stream().map(Json.Member::key).toList();
        EventReader events = new EventReader(points, findings, options, names);
        List<Task> tasks = new ArrayList<>();
        for (Json.Member member : list.members()) {
            Task task = new TaskReader(events, findings, defaultPolicy, options).read(member);
            if (task != null) {
                tasks.add(task);
            }
        }
        return tasks;
    }

    private static void addThreads(WorkloadBuilder builder, List<Task> tasks) {
        int index = 0;
        List<Goals.FairGroup> groups = new ArrayList<>();
        for (Task task : tasks) {
            int first = index;
            index += task.instances();
            List<String> paths = IntStream.range(first, index)
                    .mapToObj(thread -> task.name() + "-" + thread)
                    .toList();
            boolean realtime = task.policy().isRealtime();
            builder.add(new ThreadKind(
                    task.name(),
                    paths,
                    PROCESS,
                    task.policy().threadClass,
                    realtime ? task.priority() : 0,
                    realtime ? 0 : task.priority(),
                    task.cpus(),
                    false,
                    task.delayNs(),
                    task.delayNs(),
                    task.body(),
                    task.place()));
            if (!task.group().isEmpty() && !paths.isEmpty()) {
                groups.add(new Goals.FairGroup(task.group(), paths, task.place()));
            }
        }
        builder.goals(Goals.NONE.withGroups(groups));
    }

    private String workloadName() {
        String name = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
