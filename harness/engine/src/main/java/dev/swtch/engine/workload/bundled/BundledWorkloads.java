package dev.swtch.engine.workload.bundled;

import dev.swtch.engine.dsl.NativeYaml;
import dev.swtch.engine.rtapp.RtApp;
import dev.swtch.engine.rtapp.RtAppOptions;
import dev.swtch.engine.workload.BadInputException;
import dev.swtch.engine.workload.Diagnostic;
import dev.swtch.engine.workload.Nearest;
import dev.swtch.engine.workload.Workload;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/** The workloads that come with the program, by name. */
public final class BundledWorkloads {
    /** Name of the workload that runs when the user names none. */
    public static final String DEFAULT = "mixed";

    private static final List<Entry> ENTRIES = List.of(
            new Entry(
                    new Bundled("mixed", "4 CPUs: hogs, interactive threads, ping-pong, a contended lock, a device"),
                    Samples::mixed),
            new Entry(new Bundled("ping-pong", "two threads pass a ball over semaphores"), Samples::pingPong),
            new Entry(
                    new Bundled(
                            "hog-interactive", "a hog beside a thread that works 1 ms and sleeps 20 ms, on one CPU"),
                    Samples::hogInteractive),
            new Entry(
                    new Bundled("audio", "an audio pipeline in rt-app's format: tick, out, track, decoder"),
                    () -> rtApp("audio.json")),
            new Entry(
                    new Bundled("device", "interrupts wake a thread that shares its CPU with a hog"), Samples::device),
            Entry.yaml("hackbench", "senders and receivers over bounded pipes: how long until all is through"),
            Entry.yaml("schbench", "a message thread wakes workers: from the wake to the work"),
            Entry.yaml("cyclictest", "realtime threads wake on a timer beside hogs: how late they come"),
            Entry.yaml("make-j", "compiler jobs of random length beside a typist: makespan and typing"),
            Entry.yaml("sysbench-hog", "many database threads and a batch job on one CPU: does it ever run?"),
            Entry.yaml("pipe", "two threads pass a byte to and fro over two pipes"),
            Entry.yaml("priority-inversion", "a low thread holds what a high one wants, medium ones fill the CPU"),
            Entry.yaml("interrupt-storm", "an interrupt line goes wild for half a second: what is left for work"),
            Entry.yaml("yield-storm", "threads that do nothing but yield beside one that computes"),
            Entry.yaml("lock-convoy", "many threads and one lock held briefly: switches per lock"),
            Entry.yaml("producer-consumer", "producers and consumers over a short queue: who waits for whom"),
            Entry.yaml("fork-bomb", "short-lived children by the thousand beside an interactive thread"),
            Entry.yaml("unpinned-spinners", "512 spinners on CPU 0, each let go at its first turn: how soon spread?"),
            Entry.yaml("web-server", "requests arrive whatever the server does: response times"),
            Entry.yaml("token-contention", "all CPUs want one serializer: how much of the time is waiting"),
            Entry.yaml("stop-storm", "a controller stops and continues workers a thousand times"),
            Entry.yaml("ap-bring-up", "eight hogs on one CPU while the others come up: how soon do those get work?"),
            Entry.yaml("numa-imbalance", "threads that spin at a barrier beside a few that only compute"),
            Entry.yaml("database", "sessions with row locks, a latch and a log that is written at each commit"),
            Entry.yaml("desktop", "typing and a window server beside a build, hogs and niced hogs"),
            Entry.yaml("sysbench-threads", "threads that yield while they hold one of eight locks"));

    private BundledWorkloads() {}

    /**
     * One of the workloads.
     *
     * @param name name
     * @param about what it does, one line
     */
    public record Bundled(String name, String about) {}

    /**
     * A workload with its source.
     *
     * @param file its native file among the resources, or empty if it is written in another way
     */
    private record Entry(Bundled bundled, String file, Supplier<Workload> workload) {
        Entry(Bundled bundled, Supplier<Workload> workload) {
            this(bundled, "", workload);
        }

        static Entry yaml(String name, String about) {
            String file = name + ".yaml";
            return new Entry(new Bundled(name, about), file, () -> NativeYaml.read(file, resource(file)));
        }
    }

    /** All of them; the default comes first. */
    public static List<Bundled> list() {
        return ENTRIES.stream().map(Entry::bundled).toList();
    }

    /** Whether there is one of that name. */
    public static boolean has(String name) {
        return ENTRIES.stream().anyMatch(entry -> entry.bundled().name().equals(name));
    }

    /**
     * Makes one.
     *
     * @throws BadInputException if there is none of that name; the message lists the names
     */
    public static Workload get(String name) {
        return entry(name).workload().get();
    }

    /**
     * One of them in the native language.
     *
     * @throws BadInputException if there is none of that name; the message lists the names
     */
    public static String text(String name) {
        Entry entry = entry(name);
        return entry.file().isEmpty()
                ? NativeYaml.write(entry.workload().get().source())
                : new String(resource(entry.file()), StandardCharsets.UTF_8);
    }

    private static Entry entry(String name) {
        for (Entry entry : ENTRIES) {
            if (entry.bundled().name().equals(name)) {
                return entry;
            }
        }
        List<String> names =
                ENTRIES.stream().map(entry -> entry.bundled().name()).toList();
        Diagnostic unknown = new Diagnostic(
                null,
                "there is no bundled workload of that name",
                "one of " + String.join(", ", names),
                "\"" + name + "\"",
                Nearest.of(name, names));
        throw new BadInputException(name, List.of(unknown));
    }

    private static Workload rtApp(String file) {
        return RtApp.read(file, resource(file), RtAppOptions.defaults()).workload();
    }

    private static byte[] resource(String file) {
        try (InputStream in = BundledWorkloads.class.getResourceAsStream("/workloads/" + file)) {
            if (in == null) {
                throw new IllegalStateException("the program is incomplete: /workloads/" + file + " is missing");
            }
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
