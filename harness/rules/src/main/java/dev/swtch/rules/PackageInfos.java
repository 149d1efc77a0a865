package dev.swtch.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every package says in a {@code package-info.java} what it is for. */
public final class PackageInfos {
    private PackageInfos() {}

    /** Lists the folders with Java sources that have none. */
    public static List<String> missingIn(Path sources) {
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(PackageInfos::isPlainSource)
                    .map(Path::getParent)
                    .distinct()
                    .filter(folder -> Files.notExists(folder.resolve("package-info.java")))
                    .map(folder -> "no package-info.java in " + sources.relativize(folder))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read sources from " + sources, e);
        }
    }

    /** The main sources that Maven or Gradle compiled into a folder; none for a jar. */
    static Optional<Path> sourcesOf(Path classes) {
        return Stream.iterate(classes.toAbsolutePath(), folder -> folder != null, Path::getParent)
                .limit(5)
                .map(folder -> folder.resolve("src/main/java"))
                .filter(Files::isDirectory)
                .findFirst();
    }

    private static boolean isPlainSource(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(".java") && !name.equals("module-info.java");
    }
}
