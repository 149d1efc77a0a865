package dev.swtch.rules;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassReader;

/**
 * Finds where classes name a package: as a type, in a descriptor, or in a string.
 *
 * <p>So it also finds what no dependency shows, such as a class name given to {@code Class.forName}.
 */
public final class ConstantPools {
    private static final int UTF8 = 1;

    private ConstantPools() {}

    /** Lists every constant in a directory or jar that names one of the packages or something in it. */
    public static List<String> naming(Path classes, List<String> packages) {
        List<String> found = new ArrayList<>();
        ClassFiles.in(classes).forEach((path, file) -> {
            for (String text : texts(file)) {
                for (String name : packages) {
                    if (names(text.replace('/', '.'), name)) {
                        found.add(path + " names " + name + ": \"" + text + "\"");
                    }
                }
            }
        });
        return found;
    }

    /** A package is named where its name is not part of a longer word. */
    private static boolean names(String text, String name) {
        for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
            int end = at + name.length();
            if (end == text.length() || !Character.isJavaIdentifierPart(text.charAt(end))) {
                return true;
            }
        }
        return false;
    }

    private static List<String> texts(byte[] file) {
        ClassReader reader = new ClassReader(file);
        List<String> texts = new ArrayList<>();
        for (int i = 1; i < reader.getItemCount(); i++) {
            int start = reader.getItem(i);
            // The second half of a long or double has no place of its own.
            if (start > 0 && reader.readByte(start - 1) == UTF8) {
                texts.add(text(file, start));
            }
        }
        return texts;
    }

    private static String text(byte[] file, int start) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(file, start, file.length - start))) {
            return in.readUTF();
        } catch (IOException e) {
            throw new UncheckedIOException("broken constant pool", e);
        }
    }
}
