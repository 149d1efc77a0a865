package dev.swtch.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of a directory or jar of classes, read without loading any class. */
final class ClassFiles {
    private ClassFiles() {}

    /** Every class file but {@code module-info}, by its path inside. */
    static SortedMap<String, byte[]> in(Path location) {
        return read(location, name -> name.endsWith(".class") && !name.endsWith("module-info.class"));
    }

    /** One file, if it is there. */
    static Optional<byte[]> file(Path location, String path) {
        return Optional.ofNullable(read(location, path::equals).get(path));
    }

    /** Every file directly in a folder, by its path inside. */
    static SortedMap<String, byte[]> filesOf(Path location, String folder) {
        return read(location, name -> name.startsWith(folder) && name.indexOf('/', folder.length()) < 0);
    }

    private static SortedMap<String, byte[]> read(Path location, Selection selection) {
        try {
            if (Files.isDirectory(location)) {
                return walk(location, selection);
            }
            try (FileSystem jar = FileSystems.newFileSystem(location)) {
                return walk(jar.getPath("/"), selection);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read classes from " + location, e);
        }
    }

    private static SortedMap<String, byte[]> walk(Path root, Selection selection) throws IOException {
        SortedMap<String, byte[]> found = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                String name = root.relativize(path).toString().replace('\\', '/');
                if (selection.takes(name)) {
                    found.put(name, Files.readAllBytes(path));
                }
            }
        }
        return found;
    }

    private interface Selection {
        boolean takes(String name);
    }
}
