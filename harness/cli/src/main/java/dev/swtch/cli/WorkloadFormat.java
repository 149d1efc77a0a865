package dev.swtch.cli;

import dev.swtch.engine.trace.TraceFile;
import java.util.Locale;

/** In which language a workload file is written; a recorded trace is told apart before. */
enum WorkloadFormat {
    /** The native language, in YAML. */
    NATIVE,
    /** rt-app's JSON. */
    RTAPP,
    /** Neither. */
    UNKNOWN;

    /** What a JSON file, or one that should be one, can begin with. */
    private static final String JSON_BEGINS = "\"[{\ufeff\u0000\ufffd";

    /** Whether it is a recorded trace, by the name of the file and the bytes it begins with. */
    static boolean isTrace(String name, byte[] begin) {
        return !isNative(name) && TraceFile.isTrace(begin);
    }

    private static boolean isNative(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".yaml") || lower.endsWith(".yml");
    }

    /** Tells the format by the name of the file and by what it begins with. */
    static WorkloadFormat of(String name, String text) {
        if (isNative(name)) {
            return NATIVE;
        }
        String first = firstCharacter(text);
        if (first.isEmpty() || JSON_BEGINS.indexOf(first.charAt(0)) >= 0) {
            return RTAPP;
        }
        boolean says = text.lines().limit(1_000).anyMatch(line -> line.startsWith("workload:"));
        return says ? NATIVE : UNKNOWN;
    }

    /** The first character that is neither blank nor part of a comment, or nothing. */
    static String firstCharacter(String text) {
        int at = 0;
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
            } else if (text.startsWith("//", at)) {
                at = after(text, "\n", at);
            } else if (text.startsWith("/*", at)) {
                at = after(text, "*/", at + 2);
            } else {
                return new String(Character.toChars(text.codePointAt(at)));
            }
        }
        return "";
    }

    private static int after(String text, String end, int from) {
        int found = text.indexOf(end, from);
        return found < 0 ? text.length() : found + end.length();
    }
}
