package dev.swtch.engine.rtapp;

import dev.swtch.engine.workload.Diagnostic;
import dev.swtch.engine.workload.Place;
import dev.swtch.engine.workload.Utf8;

/** Makes text of a file's bytes, and says so plainly when they are no text. */
final class Bytes {
    private Bytes() {}

    static String decode(String file, byte[] content) {
        if (startsWith(content, 0xef, 0xbb, 0xbf)) {
            throw refuse(file, "the file begins with a byte order mark: save it as UTF-8 without one");
        }
        if (startsWith(content, 0xff, 0xfe) || startsWith(content, 0xfe, 0xff)) {
            throw refuse(file, "the file is UTF-16: save it as UTF-8");
        }
        for (byte each : content) {
            if (each == 0) {
                throw refuse(file, "the file is binary, not a text");
            }
        }
        String text = Utf8.decode(content);
        if (text == null) {
            throw refuse(file, "the file is not UTF-8 text");
        }
        return text;
    }

    private static boolean startsWith(byte[] content, int... mark) {
        if (content.length < mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if ((content[i] & 0xff) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static SyntaxError refuse(String file, String message) {
        return new SyntaxError(Diagnostic.at(new Place(file, 1, 1), message));
    }
}
