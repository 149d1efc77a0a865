package dev.swtch.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swtch.spi.SchedulerPlugin;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Compiles a stranger's policy and packs it into a jar: a plain queue with some members written anew. */
public final class PolicyJar {
    private static final String HEAD = """
        package stranger;

        import dev.swtch.machine.*;
        import dev.swtch.spi.*;
        import dev.swtch.spi.plugin.*;
        import dev.swtch.spi.simple.*;
        import dev.swtch.spi.thread.*;
        import java.util.*;

        """;

    private static final String PLAIN = """
        class Plain implements Policy, SchedulerPlugin {
            final ThreadQueue ready = new ThreadQueue();

            public int enqueue(Cpu cpu, SimpleThread thread, ReadyReason reason) {
                ready.addLast(cpu, thread);
                return ANY_CPU;
            }

            public SimpleThread pick(Cpu cpu) {
                return ready.takeFor(cpu);
            }

            public boolean preempts(SimpleThread enqueued, SimpleThread running) {
                return false;
            }

            public long sliceNs(SimpleThread thread) {
                return 1_000_000;
            }

            PluginDescriptor describe(List<Tunable> tunables) {
                return new PluginDescriptor("stranger", "A stranger's", "a test", PluginKind.REFERENCE, tunables,
                        EnumSet.noneOf(Capability.class), SimpleScheduler.MEANS);
            }

            public PluginDescriptor descriptor() {
                return describe(List.of());
            }

            public Scheduler create(SchedulerContext context) {
                return new SimpleScheduler(context, new Stranger());
            }
        }
        """;

    private PolicyJar() {}

    /** Makes {@code stranger.jar} in a folder, whose scheduler is called stranger and has these members of its own. */
    public static Path make(Path folder, String members) throws IOException {
        Path classes = Files.createTempDirectory(folder, "classes");
        Path source = classes.resolve("Stranger.java");
        Files.writeString(source, HEAD + "public final class Stranger extends Plain {\n" + members + "\n}\n\n" + PLAIN);
        String classPath = System.getProperty("java.class.path");
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-cp", classPath, "-d", classes.toString(), source.toString());
        assertThat(failed).isZero();
        Path jar = folder.resolve("stranger.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> files = Files.list(classes.resolve("stranger"))) {
            List<Path> compiled = files.sorted().toList();
            for (Path each : compiled) {
                out.putNextEntry(new JarEntry("stranger/" + each.getFileName()));
                out.write(Files.readAllBytes(each));
            }
            out.putNextEntry(new JarEntry("META-INF/services/" + SchedulerPlugin.class.getName()));
            out.write("stranger.Stranger".getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }
}
