package dev.swtch.cli;

/** Tells what a workload file begins with. */
final class WorkloadFormat {
    private WorkloadFormat() {}

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
