package dev.swtch.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes files so that whoever reads one finds the old content or the new, never half of it. What is no file, such as a
 * device or a pipe, is written to, never replaced; through a link its target is written.
 */
public final class WholeFile {
    private WholeFile() {}

    /**
     * Writes a text as UTF-8.
     *
     * @throws IOException if it cannot be written; the old content is then still there
     */
    public static void write(Path file, String text) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IOException("there is no directory " + folder);
        }
        if (Files.isDirectory(file)) {
            throw new IOException("it is a directory");
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (isDevice(file)) {
            Files.write(file, bytes, StandardOpenOption.WRITE);
        } else {
            replace(Files.exists(file) ? file.toRealPath() : file.toAbsolutePath(), bytes);
        }
    }

    /** Also {@code /dev/stdout} while that is a file: another name of what somebody writes to now. */
    private static boolean isDevice(Path file) {
        return Files.exists(file)
                && (!Files.isRegularFile(file)
                        || file.toAbsolutePath().normalize().startsWith("/dev"));
    }

    private static void replace(Path file, byte[] bytes) throws IOException {
        Path temporary = file.resolveSibling(
                "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        try {
            Files.write(temporary, bytes);
            move(temporary, file);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void move(Path temporary, Path file) throws IOException {
        try {
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException notHere) {
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
