package dev.swtch.engine.workload.bundled;

import dev.swtch.engine.rtapp.RtApp;
import dev.swtch.engine.rtapp.RtAppOptions;
import dev.swtch.engine.workload.BadInputException;
import dev.swtch.engine.workload.Diagnostic;
import dev.swtch.engine.workload.Nearest;
import dev.swtch.engine.workload.Workload;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Supplier;

/** The workloads that come with the program, by name. */
public final class BundledWorkloads {
    /** Name of the workload that runs when the user names none. */
    public static final String DEFAULT = "mixed";

    private static final List<Entry> ENTRIES = List.of(
            new Entry(
                    new Bundled(
                            "mixed", "4 CPUs: hogs, interactive threads, a ping-pong pair, a contended lock, a device"),
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
                    new Bundled("device", "interrupts wake a thread that shares its CPU with a hog"), Samples::device));

    private BundledWorkloads() {}

    /**
     * One of the workloads.
     *
     * @param name name
     * @param about what it does, one line
     */
    public record Bundled(String name, String about) {}

    private record Entry(Bundled bundled, Supplier<Workload> workload) {}

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
        for (Entry entry : ENTRIES) {
            if (entry.bundled().name().equals(name)) {
                return entry.workload().get();
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
        try (InputStream in = BundledWorkloads.class.getResourceAsStream("/workloads/" + file)) {
            if (in == null) {
                throw new IllegalStateException("the program is incomplete: /workloads/" + file + " is missing");
            }
            return RtApp.read(file, in.readAllBytes(), RtAppOptions.defaults()).workload();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
