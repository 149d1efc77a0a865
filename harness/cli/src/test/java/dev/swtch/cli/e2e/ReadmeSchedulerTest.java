package dev.swtch.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swtch.rules.SwtchRules;
import dev.swtch.spi.SchedulerPlugin;
import dev.swtch.testkit.SchedulerConformance;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README asks of everybody's scheduler holds for the one it shows. */
class ReadmeSchedulerTest extends SchedulerConformance {
    private static final Pattern JAVA =
            Pattern.compile("```java\n(package (\\w+);.*?class (\\w+) .*?)```", Pattern.DOTALL);

    @TempDir
    private static Path classes;

    private static URLClassLoader loader;
    private static Class<?> shown;

    @BeforeAll
    static void compile_what_it_shows() throws Exception {
        Matcher source = JAVA.matcher(Files.readString(Program.root().resolve("README.md")));
        assertThat(source.find()).isTrue();
        String name = source.group(2) + "." + source.group(3);
        Path file = Files.writeString(classes.resolve(source.group(3) + ".java"), source.group(1));
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-cp", System.getProperty("java.class.path"), "-d", classes + "", file + "");
        assertThat(failed).isZero();
        Path services = Files.createDirectories(classes.resolve("META-INF/services"));
        Files.writeString(services.resolve(SchedulerPlugin.class.getName()), name);
        loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, ReadmeSchedulerTest.class.getClassLoader());
        shown = loader.loadClass(name);
    }

    @AfterAll
    static void close() throws Exception {
        loader.close();
    }

    @Override
    protected SchedulerPlugin plugin() {
        try {
            return (SchedulerPlugin) shown.getConstructor().newInstance();
        } catch (ReflectiveOperationException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Test
    void keeps_to_its_layer() {
        SwtchRules.plugin(shown).check();
    }
}
