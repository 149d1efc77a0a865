package dev.swtch.engine.trace;

import dev.swtch.engine.discovery.BadChoiceException;
import dev.swtch.engine.trace.replay.Recorder;
import dev.swtch.engine.trace.replay.Replay;
import dev.swtch.engine.trace.replay.Selection;
import dev.swtch.engine.trace.stat.TaskStatistics;
import dev.swtch.engine.trace.stat.TraceStatistics;
import dev.swtch.engine.trace.text.PassedOver;
import dev.swtch.engine.trace.text.TraceFormat;
import dev.swtch.engine.trace.text.TraceReader;
import dev.swtch.engine.workload.BadInputException;
import dev.swtch.engine.workload.Diagnostic;
import dev.swtch.engine.workload.Place;
import dev.swtch.engine.workload.Times;
import dev.swtch.engine.workload.Workload;
import dev.swtch.engine.workload.WorkloadBuilder;
import dev.swtch.machine.topology.Topology;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads recorded traces: ftrace text, {@code perf script} text, systrace pages. */
public final class TraceFile {
    /** How many bytes of a file tell whether it is a trace. */
    public static final int SNIFF = TraceFormat.SNIFF;

    /** Longest run that can be simulated, ns. */
    private static final long LONGEST_NS = 1L << 42;

    private TraceFile() {}

    /**
     * Whether a file is a trace, or was meant to be one.
     *
     * @param begin its first bytes, {@link #SNIFF} if it has so many
     */
    public static boolean isTrace(byte[] begin) {
        return TraceFormat.isTrace(begin);
    }

    /**
     * Reads a trace and makes a workload of it.
     *
     * @param file name of the file, for messages; without its directory and endings it names the workload
     * @param in the bytes of the file, which may be packed; read to the end, in one pass
     * @param tasks names or ids of the tasks that become threads, {@code *} standing for any text; empty for all
     * @throws BadInputException if the file cannot be used
     * @throws BadChoiceException if no task is called as one of {@code tasks}
     */
    public static TraceImport read(String file, InputStream in, List<String> tasks) {
        TraceStatistics statistics = new TraceStatistics();
        Recorder recorder = new Recorder(file);
        TraceReader reader = TraceReader.read(file, in, event -> {
            statistics.accept(event);
            recorder.accept(event);
        });
        recorder.finish();
        refuseUnusable(file, statistics, recorder, reader);
        tasks.forEach(pattern -> refuseUnmatched(pattern, statistics.tasks()));
        Selection selection = new Selection(tasks);
        int cpus = cpus(recorder, reader);
        List<Diagnostic> warnings = warnings(file, recorder, reader.passedOver());
        WorkloadBuilder builder = Replay.workload(nameOf(file), recorder, selection)
                .about("replay of a recorded trace")
                .cpus(cpus);
        warnings.forEach(builder::note);
        Workload workload = builder.build();
        return new TraceImport(
                workload,
                reader.ofPerf() ? "perf script" : "ftrace",
                cpus,
                recorder.taskCount(),
                workload.threads().size(),
                statistics.switches(),
                statistics.wakes(),
                statistics.spanNs(),
                statistics.tasks().stream()
                        .filter(task -> selection.has(task.comm(), task.tid()))
                        .toList(),
                reader.passedOver(),
                warnings);
    }

    private static List<Diagnostic> warnings(String file, Recorder recorder, PassedOver other) {
        List<Diagnostic> warnings = new ArrayList<>();
        if (other.losses() > 0) {
            String message = "the recorder lost events, here or before; it says so " + other.losses() + " times";
            warnings.add(Diagnostic.at(new Place(file, other.firstLoss(), 1), message));
        }
        if (recorder.gaps() > 0) {
            String message = recorder.gaps() + " switches do not follow from the one before on their CPU: events are"
                    + " missing, and who ran meanwhile is credited from the last switch or wake-up on";
            warnings.add(Diagnostic.at(null, message));
        }
        if (other.late() > 0) {
            String message = other.late() + " events stand after later ones, by up to " + Times.format(other.latestNs())
                    + ", and count as if they had happened together with these";
            warnings.add(Diagnostic.at(null, message));
        }
        return warnings;
    }

    private static void refuseUnusable(String file, TraceStatistics statistics, Recorder recorder, TraceReader reader) {
        if (statistics.switches() == 0 && reader.firstUnreadSwitch() > 0) {
            Place line = new Place(file, reader.firstUnreadSwitch(), 1);
            String found = "a switch without one of these";
            String expected = "COMM-PID or COMM PID, [CPU] and TIME: before it (perf script -F"
                    + " comm,pid,tid,cpu,time,event,trace)";
            throw new BadInputException(
                    file, List.of(new Diagnostic(line, "nothing to replay", expected, found, null)));
        }
        if (statistics.switches() == 0) {
            String found = reader.passedOver().lines() + " lines with "
                    + (statistics.wakes() > 0 ? "wake-ups but no switch" : "no scheduler event");
            throw refuse(file, "nothing to replay", "sched_switch events", found);
        }
        if (statistics.tasks().isEmpty()) {
            throw refuse(file, "nothing to replay", "tasks", "idle CPUs");
        }
        if (recorder.spanNs() >= LONGEST_NS) {
            String most = "at most " + LONGEST_NS / 1_000_000_000L + " s";
            throw refuse(
                    file, "the trace is longer than can be simulated", most, recorder.spanNs() / 1_000_000_000L + " s");
        }
        if (cpus(recorder, reader) > Topology.MAX_CPUS) {
            String most = "at most " + Topology.MAX_CPUS;
            throw refuse(file, "more CPUs than can be simulated", most, Integer.toString(cpus(recorder, reader)));
        }
    }

    private static int cpus(Recorder recorder, TraceReader reader) {
        return Math.max(recorder.cpus(), reader.cpusSaid());
    }

    private static BadInputException refuse(String file, String message, String expected, String found) {
        Place begin = new Place(file, 1, 1);
        return new BadInputException(file, List.of(new Diagnostic(begin, message, expected, found, null)));
    }

    private static void refuseUnmatched(String pattern, List<TaskStatistics> tasks) {
        Selection selection = new Selection(List.of(pattern));
        if (tasks.stream().noneMatch(task -> selection.has(task.comm(), task.tid()))) {
            List<String> names = tasks.stream()
                    .map(TaskStatistics::comm)
                    .distinct()
                    .limit(20)
                    .toList();
            throw BadChoiceException.unknown("task", pattern, names);
        }
    }

    private static String nameOf(String file) {
        String name = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
        int dot = name.indexOf('.', 1);
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
