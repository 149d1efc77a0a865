package dev.swtch.engine.trace.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of an event: {@code key=value} as the kernel prints them, where a comm may hold blanks, or
 * {@code comm:TID [prio]} as trace-cmd's plug-ins do.
 */
final class Arguments {
    private static final Pattern COLON_FORM = Pattern.compile("(.*):(\\d{1,9}) \\[(-?\\d{1,9})\\](.*)");
    private static final String UNPARSED = "[FAILED TO PARSE] ";
    private static final int MOST_SHOWN = 40;

    private final String text;
    private final int offset;

    private Arguments(String text, int offset) {
        this.text = text;
        this.offset = offset;
    }

    static Arguments of(TraceLine line) {
        int from = line.arguments();
        int begin = line.text().startsWith(UNPARSED, from) ? from + UNPARSED.length() : from;
        return new Arguments(line.text().substring(begin).stripTrailing(), begin);
    }

    boolean has(String key) {
        return find(key) >= 0;
    }

    /** A task printed as {@code PREFIXcomm=... PREFIXpid=... PREFIXprio=...}, the last of which may be missing. */
    TraceEvent.Named task(String prefix) throws Malformed {
        String comm = between(prefix + "comm", prefix + "pid");
        int prio = has(prefix + "prio") ? number(prefix + "prio") : TraceEvent.Named.UNKNOWN_PRIO;
        return new TraceEvent.Named(number(prefix + "pid"), comm, prio);
    }

    /** A task printed as {@code comm:TID [prio]}, or null. */
    @Nullable
    Colon colonTask() {
        Matcher matcher = COLON_FORM.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        TraceEvent.Named task = new TraceEvent.Named(
                Integer.parseInt(matcher.group(2)), matcher.group(1), Integer.parseInt(matcher.group(3)));
        return new Colon(task, matcher.group(4).strip());
    }

    /** A task of trace-cmd's form and what follows it. */
    record Colon(TraceEvent.Named task, String rest) {}

    /** The two sides of {@code ==>}, or null if it is not there. */
    Arguments @Nullable [] sides() {
        int arrow = text.lastIndexOf(" ==> ");
        if (arrow < 0) {
            return null;
        }
        return new Arguments[] {
            new Arguments(text.substring(0, arrow), offset),
            new Arguments(text.substring(arrow + 5), offset + arrow + 5)
        };
    }

    /** The value of a key up to the next blank. */
    String word(String key) throws Malformed {
        int begin = need(key);
        int end = text.indexOf(' ', begin);
        return text.substring(begin, end < 0 ? text.length() : end);
    }

    int number(String key) throws Malformed {
        int begin = need(key);
        int end = begin;
        while (end < text.length()
                && (Character.isDigit(text.charAt(end)) || end == begin && text.charAt(end) == '-')) {
            end++;
        }
        try {
            return Integer.parseInt(text.substring(begin, end));
        } catch (NumberFormatException none) {
            throw new Malformed(offset + begin + 1, key + "=NUMBER", shown(begin));
        }
    }

    /** A complaint about the value of a key, or about all if the key is not there. */
    Malformed malformed(String key, String expected) {
        int begin = Math.max(0, find(key));
        return new Malformed(offset + begin + 1, expected, shown(begin));
    }

    private String between(String key, String next) throws Malformed {
        int begin = need(key);
        int end = find(next) - next.length() - 2;
        if (end < begin) {
            throw new Malformed(offset + begin + 1, next + "= after " + key + "=", shown(begin));
        }
        return text.substring(begin, end).strip();
    }

    private int need(String key) throws Malformed {
        int found = find(key);
        if (found < 0) {
            throw new Malformed(offset + text.length() + 1, key + "=", text.isEmpty() ? "nothing" : shown(0));
        }
        return found;
    }

    /** Where the value of a key begins, or -1. A comm may look like a key, so the last one counts. */
    private int find(String key) {
        String sought = key + "=";
        for (int at = text.lastIndexOf(sought); at >= 0; at = at == 0 ? -1 : text.lastIndexOf(sought, at - 1)) {
            if (at == 0 || Character.isWhitespace(text.charAt(at - 1))) {
                return at + sought.length();
            }
        }
        return -1;
    }

    private String shown(int from) {
        String rest = text.substring(Math.min(from, text.length()));
        return rest.isEmpty()
                ? "the end of the line"
                : "'" + (rest.length() > MOST_SHOWN ? rest.substring(0, MOST_SHOWN) + "..." : rest) + "'";
    }
}
