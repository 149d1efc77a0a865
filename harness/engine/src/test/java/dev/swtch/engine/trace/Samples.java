package dev.swtch.engine.trace;

import dev.swtch.engine.dsl.NativeYaml;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Small traces: files that tell one schedule in every dialect, and single events. */
final class Samples {
    static final Path FILES = Path.of("src/test/resources/traces");

    /** The files that tell the one schedule. */
    static final List<String> DIALECTS = List.of(
            "kernel.txt",
            "kernel-tgid.txt",
            "trace-cmd.txt",
            "trace-cmd-raw.txt",
            "perf-script.txt",
            "systrace.html",
            "systrace-old.html");

    private Samples() {}

    static byte[] file(String name) {
        try {
            return Files.readAllBytes(FILES.resolve(name));
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    static TraceImport read(byte[] content, String... tasks) {
        return TraceFile.read("t.txt", new ByteArrayInputStream(content), List.of(tasks));
    }

    static TraceImport read(String content, String... tasks) {
        return read(content.getBytes(StandardCharsets.UTF_8), tasks);
    }

    /** The threads of the workload of a trace as the native language writes them. */
    static String threads(TraceImport trace) {
        String text = NativeYaml.write(trace.workload().source());
        return text.substring(text.indexOf("threads:\n") + "threads:\n".length());
    }

    /** A task as {@code name:tid}, with a name of its own for idle. */
    private record Task(String comm, String tid) {
        static Task of(String text) {
            int colon = text.lastIndexOf(':');
            return new Task(text.substring(0, colon), text.substring(colon + 1));
        }
    }

    static final String IDLE = "swapper:0";

    /** A line of ftrace on a CPU by the current task, some us after 5 s. */
    static String line(int us, int cpu, String current, String event) {
        Task task = Task.of(current);
        String fraction = Integer.toString(1_000_000 + us).substring(1);
        return task.comm + "-" + task.tid + " [00" + cpu + "] 5." + fraction + ": " + event + "\n";
    }

    static String change(int us, int cpu, String previous, String state, String next) {
        Task left = Task.of(previous);
        Task came = Task.of(next);
        return line(
                us,
                cpu,
                previous,
                "sched_switch: prev_comm=" + left.comm + " prev_pid=" + left.tid + " prev_prio=120 prev_state=" + state
                        + " ==> next_comm=" + came.comm + " next_pid=" + came.tid + " next_prio=120");
    }

    static String waking(int us, int cpu, String waker, String woken) {
        Task task = Task.of(woken);
        return line(
                us, cpu, waker, "sched_waking: comm=" + task.comm + " pid=" + task.tid + " prio=120 target_cpu=000");
    }

    static String born(int us, int cpu, String parent, String child) {
        return waking(us, cpu, parent, child).replace("sched_waking", "sched_wakeup_new");
    }
}
