package dev.swtch.engine.discovery;

import dev.swtch.engine.workload.BadInputException;
import dev.swtch.engine.workload.Diagnostic;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * The content of a file the user named.
 *
 * @param name as the user gave it
 * @param content its bytes; never changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record InputFile(String name, byte[] content) {
    /** Largest file that is read. */
    static final int MAX_BYTES = 64 << 20;

    /**
     * Reads a file.
     *
     * @throws BadInputException if there is none of that name, or it is a folder, too large or unreadable
     */
    public static InputFile read(String name) {
        try (InputStream in = open(name)) {
            return read(name, in);
        } catch (IOException unreadable) {
            throw refuse(name, "the file cannot be read");
        }
    }

    /**
     * Opens a file that may be too large to be held.
     *
     * @throws BadInputException if there is none of that name, or it is a folder or unreadable
     */
    public static InputStream open(String name) {
        try {
            Path path = Path.of(name);
            if (Files.notExists(path)) {
                throw refuse(name, "no such file");
            }
            if (Files.isDirectory(path)) {
                throw refuse(name, "expected a file, found a directory");
            }
            return Files.newInputStream(path);
        } catch (InvalidPathException | IOException unreadable) {
            throw refuse(name, "the file cannot be read");
        }
    }

    /** Reads everything a stream holds. */
    public static InputFile read(String name, InputStream in) {
        try {
            byte[] content = in.readNBytes(MAX_BYTES + 1);
            if (content.length > MAX_BYTES) {
                throw refuse(name, "the file is larger than " + (MAX_BYTES >> 20) + " MiB");
            }
            return new InputFile(name, content);
        } catch (IOException unreadable) {
            throw refuse(name, "the file cannot be read");
        }
    }

    /** Whether the file exists. */
    public static boolean exists(String name) {
        try {
            return Files.exists(Path.of(name));
        } catch (InvalidPathException notAName) {
            return false;
        }
    }

    /** The content as text; what is not UTF-8 becomes replacement characters. */
    public String text() {
        for (byte each : content) {
            if (each == 0) {
                throw refuse(name, "expected a text file, found a binary one");
            }
        }
        return new String(content, StandardCharsets.UTF_8);
    }

    private static BadInputException refuse(String name, String message) {
        return new BadInputException(name, List.of(Diagnostic.at(null, name + ": " + message)));
    }
}
