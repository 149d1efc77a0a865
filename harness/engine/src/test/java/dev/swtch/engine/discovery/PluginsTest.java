package dev.swtch.engine.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginsTest {
    @TempDir
    private Path folder;

    @TempDir
    private Path jars;

    private ClassPath classPath(Class<?>... plugins) throws IOException {
        return new ClassPath(folder, plugins);
    }

    @Test
    void finds_the_class_path_sorted_by_id() throws IOException {
        Plugins plugins = Plugins.find(classPath(BetaPlugin.class, AlphaPlugin.class), null, false);
        assertThat(plugins.ids()).containsExactly("alpha", "beta");
        assertThat(plugins.get("alpha").origin()).contains("test-classes").doesNotStartWith("file:");
    }

    @Test
    void an_unknown_id_is_told_with_the_nearest_first() throws IOException {
        Plugins plugins = Plugins.find(classPath(BetaPlugin.class, AlphaPlugin.class), null, false);
        assertThatThrownBy(() -> plugins.get("betta"))
                .isInstanceOf(BadChoiceException.class)
                .hasMessage("unknown scheduler 'betta': expected one of beta, alpha (did you mean \"beta\"?)");
    }

    @Test
    void no_plugin_at_all_is_an_error() throws IOException {
        ClassPath empty = classPath();
        assertThatThrownBy(() -> Plugins.find(empty, null, false))
                .isInstanceOf(BadChoiceException.class)
                .hasMessageStartingWith("no scheduler found");
    }

    @Test
    void finds_a_jar_of_a_folder_and_loads_it_apart() throws IOException, URISyntaxException {
        PluginJarMaker.make(jars.resolve("gamma.jar"), "other.Gamma", "gamma", "Gamma", true);
        Plugins plugins = Plugins.find(classPath(AlphaPlugin.class), jars, false);
        assertThat(plugins.ids()).containsExactly("alpha", "gamma");
        assertThat(plugins.get("gamma").origin()).endsWith("gamma.jar");
        assertThat(plugins.get("gamma").plugin().getClass().getClassLoader()).isInstanceOf(PluginJar.class);
    }

    @Test
    void one_id_from_two_places_is_an_error_that_names_both() throws IOException, URISyntaxException {
        PluginJarMaker.make(jars.resolve("one.jar"), "other.One", "same", "One", true);
        PluginJarMaker.make(jars.resolve("two.jar"), "other.Two", "same", "Two", true);
        ClassPath harness = classPath(AlphaPlugin.class);
        assertThatThrownBy(() -> Plugins.find(harness, jars, true))
                .isInstanceOf(BadChoiceException.class)
                .hasMessageContaining("two schedulers are called 'same'")
                .hasMessageContaining("one.jar")
                .hasMessageContaining("two.jar");
    }

    @Test
    void a_changed_copy_of_a_bundled_plugin_runs_only_if_asked_for() throws IOException, URISyntaxException {
        PluginJarMaker.make(jars.resolve("alpha.jar"), AlphaPlugin.class.getName(), "alpha", "Alpha changed", true);
        ClassPath harness = classPath(AlphaPlugin.class);
        assertThatThrownBy(() -> Plugins.find(harness, jars, false))
                .hasMessageContaining("two schedulers are called 'alpha'")
                .hasMessageContaining("alpha.jar")
                .hasMessageContaining("--replace");
        assertThat(Plugins.find(harness, jars, true).get("alpha").descriptor().title())
                .isEqualTo("Alpha changed");
    }

    @Test
    void a_jar_that_declares_nothing_is_an_error() throws IOException, URISyntaxException {
        PluginJarMaker.make(jars.resolve("silent.jar"), "other.Silent", "silent", "Silent", false);
        ClassPath harness = classPath(AlphaPlugin.class);
        assertThatThrownBy(() -> Plugins.find(harness, jars, false))
                .hasMessageContaining("silent.jar: expected a scheduler, found none")
                .hasMessageContaining("META-INF/services/dev.swtch.spi.SchedulerPlugin");
    }

    @Test
    void a_jar_whose_plugin_does_not_load_is_an_error() throws IOException, URISyntaxException {
        Path jar = PluginJarMaker.make(jars.resolve("broken.jar"), "other.Broken", "BAD ID", "Broken", true);
        ClassPath harness = classPath(AlphaPlugin.class);
        assertThatThrownBy(() -> Plugins.find(harness, jars, false))
                .isInstanceOf(BadChoiceException.class)
                .hasMessageContaining(jar.getFileName() + ": other.Broken does not describe itself")
                .hasMessageContaining("'BAD ID'");
    }

    @Test
    void a_folder_that_is_none_is_an_error() throws IOException {
        ClassPath harness = classPath(AlphaPlugin.class);
        Path file = Files.writeString(jars.resolve("file"), "");
        assertThatThrownBy(() -> Plugins.find(harness, jars.resolve("no"), false))
                .hasMessageEndingWith("expected a folder of jars, found nothing of that name");
        assertThatThrownBy(() -> Plugins.find(harness, file, false))
                .hasMessageEndingWith("expected a folder of jars, found a file");
        assertThatThrownBy(() -> Plugins.find(harness, jars, false)).hasMessageEndingWith("expected jars, found none");
    }
}
