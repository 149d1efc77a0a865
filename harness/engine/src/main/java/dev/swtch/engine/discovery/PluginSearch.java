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
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
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
            checkReadable(jar);
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
            PluginDescriptor descriptor = Objects.requireNonNull(plugin.descriptor(), "its descriptor() returned null");
            return new FoundPlugin(plugin, descriptor, origin);
        } catch (RuntimeException | StackOverflowError | LinkageError broken) {
            throw new BadChoiceException(
                    origin + ": " + plugin.getClass().getName() + " does not describe itself: " + reason(broken));
        }
    }

    /** The root of what went wrong, in words for whoever wrote the plugin. */
    private static String reason(Throwable broken) {
        Throwable root = broken;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage();
        if (root instanceof ClassNotFoundException || root instanceof NoClassDefFoundError) {
            return "it needs the class " + String.valueOf(message).replace('/', '.') + ", which is not in its jar";
        }
        if (root instanceof NoSuchMethodException || root instanceof IllegalAccessException) {
            return "expected a public class with a public constructor without arguments, found none: " + message;
        }
        if (root instanceof ServiceConfigurationError || root instanceof LinkageError) {
            return String.valueOf(message).replace(SchedulerPlugin.class.getName() + ": ", "");
        }
        return message == null ? root.getClass().getSimpleName() : message;
    }

    /** A class loader takes what is no jar for an empty one. */
    private static void checkReadable(Path jar) {
        try (ZipFile opened = new ZipFile(jar.toFile())) {
            if (opened.size() == 0) {
                throw new BadChoiceException(jar + ": expected a jar with a scheduler, found it empty");
            }
        } catch (IOException broken) {
            throw new BadChoiceException(jar + ": expected a jar, found what cannot be read as one"
                    + (Files.isDirectory(jar) ? ": a folder" : ""));
        }
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
