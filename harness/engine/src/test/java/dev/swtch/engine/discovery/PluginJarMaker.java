package dev.swtch.engine.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swtch.machine.Machine;
import dev.swtch.spi.SchedulerPlugin;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;

/** Compiles a plugin and packs it into a jar, as its author would. */
final class PluginJarMaker {
    private static final String SOURCE = """
        package %s;

        import dev.swtch.spi.*;
        import dev.swtch.spi.plugin.*;
        import java.util.*;

        public final class %s implements SchedulerPlugin {
            public PluginDescriptor descriptor() {
                return new PluginDescriptor(
                    "%s", "%s", "compiled by a test", PluginKind.KERNEL, List.of(), Set.of(), List.of());
            }

            public Scheduler create(SchedulerContext context) {
                throw new IllegalStateException("not made to run");
            }
        }
        """;

    private PluginJarMaker() {}

    /** Makes a jar with one plugin, declared in META-INF or not. */
    static Path make(Path jar, String className, String id, String title, boolean declared)
            throws IOException, URISyntaxException {
        int dot = className.lastIndexOf('.');
        String simple = className.substring(dot + 1);
        Path work = Files.createTempDirectory("plugin");
        Path source = work.resolve(simple + ".java");
        Files.writeString(source, String.format(Locale.ROOT, SOURCE, className.substring(0, dot), simple, id, title));
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-d", work.toString(), "-cp", classPath(), source.toString());
        assertThat(failed).isZero();
        String classFile = className.replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            out.putNextEntry(new JarEntry(classFile));
            out.write(Files.readAllBytes(work.resolve(classFile)));
            if (declared) {
                out.putNextEntry(new JarEntry("META-INF/services/" + SchedulerPlugin.class.getName()));
                out.write(className.getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    private static String classPath() throws URISyntaxException {
        return location(SchedulerPlugin.class) + File.pathSeparator + location(Machine.class);
    }

    private static Path location(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
