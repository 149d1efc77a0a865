package dev.swtch.engine.discovery;

import dev.swtch.spi.SchedulerPlugin;
import dev.swtch.spi.plugin.PluginDescriptor;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks class loaders for the plugins they offer. */
final class PluginSearch {
    private static final String SERVICES = "META-INF/services/" + SchedulerPlugin.class.getName();

    private PluginSearch() {}

    /** The plugins on a loader's class path. */
    static List<FoundPlugin> onClassPath(ClassLoader loader) {
        return offered("the class path", loader, null);
    }

    /** The plugins of every jar in a folder, in the order of the jars' names. */
    static List<FoundPlugin> inFolder(Path folder, ClassLoader harness) {
        List<Path> jars = jarsOf(folder);
        if (jars.isEmpty()) {
            throw new BadChoiceException("--plugin-path " + folder + ": expected jars, found none");
        }
        List<FoundPlugin> found = new ArrayList<>();
        for (Path jar : jars) {
            URL url = urlOf(jar);
            List<FoundPlugin> own = offered(jar.toString(), new PluginJar(url, harness), url);
            if (own.isEmpty()) {
                throw new BadChoiceException(
                        jar + ": expected a scheduler, found none: no class of this jar is listed in its " + SERVICES);
            }
            found.addAll(own);
        }
        return found;
    }

    private static List<FoundPlugin> offered(String where, ClassLoader loader, @Nullable URL only) {
        List<FoundPlugin> found = new ArrayList<>();
        try {
            Iterator<ServiceLoader.Provider<SchedulerPlugin>> providers =
                    ServiceLoader.load(SchedulerPlugin.class, loader).stream().iterator();
            while (providers.hasNext()) {
                ServiceLoader.Provider<SchedulerPlugin> provider = providers.next();
                URL source = sourceOf(provider.type());
                if (only == null || (source != null && only.toExternalForm().equals(source.toExternalForm()))) {
                    found.add(ask(provider.get(), source == null ? where : nameOf(source)));
                }
            }
        } catch (ServiceConfigurationError | LinkageError broken) {
            throw new BadChoiceException(where + ": a scheduler does not load: " + reason(broken));
        }
        return found;
    }

    private static FoundPlugin ask(SchedulerPlugin plugin, String origin) {
        try {
            PluginDescriptor descriptor = plugin.descriptor();
            return new FoundPlugin(plugin, descriptor, origin);
        } catch (RuntimeException broken) {
            throw new BadChoiceException(
                    origin + ": " + plugin.getClass().getName() + " does not describe itself: " + reason(broken));
        }
    }

    private static String reason(Throwable broken) {
        Throwable cause = broken.getCause();
        String message = broken.getMessage();
        if (cause != null && cause.getMessage() != null) {
            return cause.getMessage();
        }
        return message == null ? broken.getClass().getSimpleName() : message;
    }

    private static List<Path> jarsOf(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new BadChoiceException("--plugin-path " + folder + ": expected a folder of jars, found "
                    + (Files.exists(folder) ? "a file" : "nothing of that name"));
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new BadChoiceException("--plugin-path " + folder + ": the folder cannot be read");
        }
    }

    private static URL urlOf(Path jar) {
        try {
            return jar.toRealPath().toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new BadChoiceException(jar + ": not a name a class loader understands");
        } catch (IOException unreadable) {
            throw new BadChoiceException(jar + ": the jar cannot be read");
        }
    }

    private static @Nullable URL sourceOf(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return source == null ? null : source.getLocation();
    }

    private static String nameOf(URL source) {
        try {
            return Path.of(source.toURI()).toString();
        } catch (URISyntaxException | IllegalArgumentException notAFile) {
            return source.toExternalForm();
        }
    }
}
