package dev.swtch.cli;

import dev.swtch.engine.discovery.Plugins;
import jakarta.inject.Inject;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say where schedulers are looked for. */
final class SchedulerOptions {
    private final BundledSchedulers bundled;

    @Option(
            names = "--plugin-path",
            paramLabel = "DIR",
            description = "Also takes the schedulers in the jars of this folder.")
    private @Nullable Path pluginPath;

    @Option(
            names = "--replace",
            description = "A scheduler from --plugin-path takes the place of a bundled one of the same id.")
    private boolean replace;

    @Inject
    SchedulerOptions(BundledSchedulers bundled) {
        this.bundled = bundled;
    }

    /** The schedulers there are. */
    Plugins find() {
        return Plugins.find(bundled.loader(), pluginPath, replace);
    }

    /** These options as they were given, each after a blank. */
    String asGiven() {
        return (pluginPath == null ? "" : " --plugin-path " + Shell.quoted(pluginPath.toString()))
                + (replace ? " --replace" : "");
    }
}
