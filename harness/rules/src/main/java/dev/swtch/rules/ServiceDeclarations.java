package dev.swtch.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Checks how a directory or jar offers its services.
 *
 * <p>On the class path only {@code META-INF/services} counts, on the module path only {@code module-info}. One who
 * declares a service in one of them alone is found in half the cases and silently missing in the others.
 */
public final class ServiceDeclarations {
    private static final String FOLDER = "META-INF/services/";

    private ServiceDeclarations() {}

    /** Lists services that the two declare differently; without a {@code module-info} nothing can disagree. */
    public static List<String> disagreementsIn(Path classes) {
        List<String> found = new ArrayList<>();
        module(classes).ifPresent(module -> {
            SortedMap<String, SortedSet<String>> modular = provided(module);
            SortedMap<String, SortedSet<String>> listed = listed(classes);
            SortedSet<String> services = new TreeSet<>(modular.keySet());
            services.addAll(listed.keySet());
            for (String service : services) {
                SortedSet<String> left = modular.getOrDefault(service, new TreeSet<>());
                SortedSet<String> right = listed.getOrDefault(service, new TreeSet<>());
                if (!left.equals(right)) {
                    found.add(service + ": module-info provides " + left + ", META-INF/services lists " + right);
                }
            }
        });
        return found;
    }

    /** Lists the packages that a module opens to the world; without a {@code module-info} there are none to list. */
    public static List<String> exportsOf(Path classes) {
        return module(classes).stream()
                .flatMap(module -> module.exports().stream())
                .filter(export -> !export.isQualified())
                .map(export -> "module-info exports " + export.source())
                .sorted()
                .toList();
    }

    private static Optional<ModuleDescriptor> module(Path classes) {
        return ClassFiles.file(classes, "module-info.class").map(file -> {
            try {
                return ModuleDescriptor.read(new ByteArrayInputStream(file));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read module-info of " + classes, e);
            }
        });
    }

    private static SortedMap<String, SortedSet<String>> provided(ModuleDescriptor module) {
        SortedMap<String, SortedSet<String>> services = new TreeMap<>();
        module.provides().forEach(provides -> services.put(provides.service(), new TreeSet<>(provides.providers())));
        return services;
    }

    private static SortedMap<String, SortedSet<String>> listed(Path classes) {
        SortedMap<String, SortedSet<String>> services = new TreeMap<>();
        ClassFiles.filesOf(classes, FOLDER)
                .forEach((path, file) -> services.put(path.substring(FOLDER.length()), providersIn(file)));
        return services;
    }

    private static SortedSet<String> providersIn(byte[] file) {
        return new String(file, UTF_8)
                .lines()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
