package dev.swtch.engine.rtapp;

import dev.swtch.engine.workload.Diagnostic;
import dev.swtch.engine.workload.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON as leniently as json-c does: comments, a comma before a closing bracket, single quotes, literals in any
 * case, NaN and infinities, leading zeros, tabs in strings, anything after the first value. Not more: unquoted keys,
 * {@code #} comments, hexadecimal and {@code +1} are refused.
 */
final class JsonReader {
    /** json-c's own limit on nesting. */
    private static final int DEEPEST = 32;

    private final Cursor cursor;
    private final boolean strict;
    private int depth;

    /**
     * Reads a text.
     *
     * @param strict whether a bare {@code "suspend"} is refused
     */
    JsonReader(String file, String text, boolean strict) {
        this.cursor = new Cursor(file, text);
        this.strict = strict;
    }

    /** The first value of the text. */
    Json read() {
        cursor.skipBlanks();
        if (cursor.atEnd()) {
            throw cursor.error(cursor.place(), "the file is empty: expected an object with \"tasks\"");
        }
        return value();
    }

    /** The place of whatever follows the first value, or null if nothing does. */
    @Nullable
    Place trailing() {
        cursor.skipBlanks();
        return cursor.atEnd() ? null : cursor.place();
    }

    private Json value() {
        char here = cursor.peek();
        if (here == '{' || here == '[') {
            return nested(here);
        }
        if (here == '"' || here == '\'') {
            Place place = cursor.place();
            return new Json.Text(place, string());
        }
        return scalar();
    }

    private Json nested(char bracket) {
        Place place = cursor.place();
        if (++depth > DEEPEST) {
            throw cursor.error(place, "nested deeper than " + DEEPEST + " levels");
        }
        cursor.next();
        Json nested = bracket == '{' ? object(place) : array(place);
        depth--;
        return nested;
    }

    private Json object(Place begin) {
        List<Json.Member> members = new ArrayList<>();
        cursor.skipBlanks();
        while (cursor.peek() != '}') {
            members.add(member(begin));
            separator(begin, '}', "object");
        }
        cursor.next();
        return new Json.Obj(begin, members);
    }

    private Json.Member member(Place begin) {
        char here = cursor.peek();
        if (cursor.atEnd()) {
            throw unfinished(begin, "object");
        }
        if (here != '"' && here != '\'') {
            throw cursor.expected("this is not a key" + hint(here), "a key in quotes, or '}'");
        }
        Place place = cursor.place();
        String key = string();
        cursor.skipBlanks();
        if (cursor.peek() == ':') {
            cursor.next();
            cursor.skipBlanks();
            if (cursor.atEnd()) {
                throw unfinished(begin, "object");
            }
            return new Json.Member(place, key, value());
        }
        boolean alone = cursor.peek() == ',' || cursor.peek() == '}';
        if (alone && !strict && key.startsWith("suspend")) {
            return new Json.Member(place, key, new Json.Missing(place));
        }
        if (cursor.atEnd()) {
            throw unfinished(begin, "object");
        }
        if (alone) {
            throw cursor.error(place, "the key \"" + key + "\" has no value");
        }
        throw cursor.expected("after the key \"" + key + "\"", "':' and a value");
    }

    private Json array(Place begin) {
        List<Json> items = new ArrayList<>();
        cursor.skipBlanks();
        while (cursor.peek() != ']') {
            if (cursor.atEnd()) {
                throw unfinished(begin, "array");
            }
            items.add(value());
            separator(begin, ']', "array");
        }
        cursor.next();
        return new Json.Array(begin, items);
    }

    /** After a member or item: a comma, or the closing bracket, which may also follow the comma. */
    private void separator(Place begin, char closing, String what) {
        cursor.skipBlanks();
        if (cursor.peek() == ',') {
            cursor.next();
            cursor.skipBlanks();
        } else if (cursor.atEnd()) {
            throw unfinished(begin, what);
        } else if (cursor.peek() != closing) {
            throw cursor.expected(
                    "in the " + what + " that begins at line " + begin.line() + hint(cursor.peek()),
                    "',' or '" + closing + "'");
        }
    }

    private SyntaxError unfinished(Place begin, String what) {
        return cursor.error(
                cursor.place(),
                "the file ends inside the " + what + " that begins at line " + begin.line() + ", column "
                        + begin.column());
    }

    private static String hint(char here) {
        return here == '#' ? " (comments are // or /* */)" : "";
    }

    private Json scalar() {
        Place place = cursor.place();
        String word = cursor.takeWord();
        if (word.isEmpty()) {
            throw cursor.expected("this is not a value" + hint(cursor.peek()), "a value");
        }
        Json literal = literal(place, word);
        return literal != null ? literal : number(place, word);
    }

    private static @Nullable Json literal(Place place, String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "true" -> new Json.Bool(place, true);
            case "false" -> new Json.Bool(place, false);
            case "null" -> new Json.Null(place);
            case "nan", "infinity", "-infinity" -> new Json.Real(place, word);
            default -> null;
        };
    }

    private Json number(Place place, String word) {
        if (word.matches("-?[0-9]+")) {
            return new Json.Whole(place, clamp(word));
        }
        if (word.matches("-?[0-9]+(\\.[0-9]*)?([eE][-+]?[0-9]+)?")) {
            return new Json.Real(place, word);
        }
        Diagnostic diagnostic = new Diagnostic(
                place, "this is neither a number nor a word of JSON", "a value", "\"" + word + "\"", null);
        throw new SyntaxError(diagnostic);
    }

    private static long clamp(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException outOfRange) {
            return digits.startsWith("-") ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    private String string() {
        Place begin = cursor.place();
        char quote = cursor.next();
        StringBuilder text = new StringBuilder();
        while (cursor.peek() != quote) {
            if (cursor.atEnd() || cursor.peek() == '\n') {
                throw cursor.error(begin, "this string has no closing quote on its line");
            }
            char here = cursor.next();
            text.append(here == '\\' ? escape() : here);
        }
        cursor.next();
        return text.toString();
    }

    private char escape() {
        Place place = cursor.place();
        char here = cursor.next();
        return switch (here) {
            case '"', '\\', '/', '\'' -> here;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode(place);
            default -> throw cursor.error(place, "'\\" + here + "' is no escape of JSON");
        };
    }

    private char unicode(Place place) {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(cursor.next(), 16);
            if (digit < 0) {
                throw cursor.error(place, "\\u needs four hexadecimal digits");
            }
            code = code * 16 + digit;
        }
        return (char) code;
    }
}
