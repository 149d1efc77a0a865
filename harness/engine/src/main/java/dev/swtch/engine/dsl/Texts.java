package dev.swtch.engine.dsl;

/** Texts of users inside messages. */
final class Texts {
    private static final int LONGEST = 40;

    private Texts() {}

    /** At most so much of a text that a message stays a line, without control characters. */
    static String shortened(String text) {
        StringBuilder line = new StringBuilder();
        int end = text.offsetByCodePoints(0, Math.min(text.codePointCount(0, text.length()), LONGEST));
        for (int i = 0; i < end; i++) {
            char character = text.charAt(i);
            line.append(Character.isISOControl(character) ? ' ' : character);
        }
        return end < text.length() ? line.append("...").toString() : line.toString();
    }
}
