package dev.swtch.engine.rtapp;

import dev.swtch.engine.workload.Diagnostic;
import dev.swtch.engine.workload.Place;

/** A position in the text that knows its line and column, and skips white space and comments. */
final class Cursor {
    static final char END = '\0';

    private final String file;
    private final String text;
    private int at;
    private int line = 1;
    private int lineStart;

    Cursor(String file, String text) {
        this.file = file;
        this.text = text;
    }

    /** The character here, {@link #END} after the last (the text has been checked to hold no such character). */
    char peek() {
        return peek(0);
    }

    char peek(int ahead) {
        return at + ahead < text.length() ? text.charAt(at + ahead) : END;
    }

    boolean atEnd() {
        return at >= text.length();
    }

    char next() {
        char here = peek();
        at++;
        if (here == '\n') {
            line++;
            lineStart = at;
        }
        return here;
    }

    Place place() {
        return new Place(file, line, at - lineStart + 1);
    }

    /** Skips to the next token. */
    void skipBlanks() {
        while (true) {
            char here = peek();
            if (here == ' ' || here == '\t' || here == '\n' || here == '\r' || here == '\f' || here == '\u000b') {
                next();
            } else if (here == '/' && peek(1) == '/') {
                skipLine();
            } else if (here == '/' && peek(1) == '*') {
                skipComment();
            } else {
                return;
            }
        }
    }

    private void skipLine() {
        while (!atEnd() && peek() != '\n') {
            next();
        }
    }

    private void skipComment() {
        Place begin = place();
        next();
        next();
        while (!(peek() == '*' && peek(1) == '/')) {
            if (atEnd()) {
                throw error(begin, "this comment is never closed");
            }
            next();
        }
        next();
        next();
    }

    /** Letters, digits and signs from here on: a number or a word. */
    String takeWord() {
        int begin = at;
        while (isWordPart(peek())) {
            at++;
        }
        return text.substring(begin, at);
    }

    private static boolean isWordPart(char here) {
        return (here >= '0' && here <= '9')
                || (here >= 'a' && here <= 'z')
                || (here >= 'A' && here <= 'Z')
                || here == '-'
                || here == '+'
                || here == '.'
                || here == '_';
    }

    /** What stands here, for messages. */
    String found() {
        if (atEnd()) {
            return "the end of the file";
        }
        char here = peek();
        return here < ' ' || here > '~' ? "the character U+" + hex(here) : "'" + here + "'";
    }

    private static String hex(char here) {
        String digits = "000" + Integer.toHexString(here);
        return digits.substring(digits.length() - 4);
    }

    SyntaxError error(Place place, String message) {
        return new SyntaxError(Diagnostic.at(place, message));
    }

    SyntaxError expected(String message, String expected) {
        return new SyntaxError(new Diagnostic(place(), message, expected, found(), null));
    }
}
