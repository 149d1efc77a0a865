package dev.swtch.engine.discovery;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;

/** A class path that offers the plugins a test names, and no others. */
final class ClassPath extends ClassLoader {
    private final Path services;

    ClassPath(Path folder, Class<?>... plugins) throws IOException {
        super(ClassPath.class.getClassLoader());
        services = Files.createTempFile(folder, "services", "");
        StringBuilder names = new StringBuilder();
        for (Class<?> plugin : plugins) {
            names.append(plugin.getName()).append('\n');
        }
        Files.writeString(services, names);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return name.startsWith("META-INF/services/dev.swtch.")
                ? Collections.enumeration(
                        Collections.singletonList(services.toUri().toURL()))
                : super.getResources(name);
    }
}
