package dev.swtch.engine.trace.text;

import org.jspecify.annotations.Nullable;

/**
 * Divides a line. The two dialects are
 *
 * <pre>
 * comm-TID [(PID)] [CPU] [flags] SECONDS.FRACTION: event: arguments              the kernel and trace-cmd
 * comm PID[/TID] [CPU] [flags] SECONDS.FRACTION: [period] system:event: arguments    perf script
 * </pre>
 *
 * A comm may hold blanks, dashes, colons and brackets, so the CPU is what comes before a time and an event, and the rest
 * is read from there to both sides.
 */
final class HeadParser {
    private static final int LONGEST_COMM = 64;
    private static final int MOST_CPU_DIGITS = 4;
    private static final int MOST_SECOND_DIGITS = 9;
    private static final int NANO_DIGITS = 9;
    private static final int MOST_FLAGS = 8;

    /** Third flag of a line: a hard or soft interrupt, or an NMI, was being served. */
    private static final String INTERRUPT_FLAGS = "hHsZz";

    private final String line;
    private int at;
    private int cpu;
    private boolean interrupted;
    private long timeNs;
    private String event = "";
    private boolean ofPerf;
    private int tid;
    private int pid;
    private String comm = "";

    private HeadParser(String line) {
        this.line = line;
    }

    /** The divided line, or null if it is no event. */
    static @Nullable TraceLine parse(String line) {
        for (int open = line.indexOf('['); open >= 0; open = line.indexOf('[', open + 1)) {
            HeadParser parser = new HeadParser(line);
            if (parser.after(open) && parser.before(open)) {
                TraceEvent.Head head = new TraceEvent.Head(
                        parser.timeNs, parser.cpu, parser.tid, parser.pid, parser.comm, parser.interrupted);
                return new TraceLine(head, parser.event, parser.ofPerf, line, parser.at);
            }
        }
        return null;
    }

    private boolean after(int open) {
        at = open + 1;
        int digits = digits();
        if (digits == 0 || digits > MOST_CPU_DIGITS) {
            return false;
        }
        cpu = (int) number(at - digits, at);
        return skip(']') && blanks() > 0 && flags() && time() && event();
    }

    private boolean flags() {
        if (at < line.length() && isDigit(line.charAt(at))) {
            return true;
        }
        int begin = at;
        while (at < line.length() && !isBlank(line.charAt(at))) {
            at++;
        }
        interrupted = at - begin > 2 && INTERRUPT_FLAGS.indexOf(line.charAt(begin + 2)) >= 0;
        return at - begin <= MOST_FLAGS && blanks() > 0;
    }

    /** Seconds with a fraction, or, from clocks that count without a unit, a whole number that stands for ns. */
    private boolean time() {
        int whole = digits();
        int begin = at - whole;
        if (whole == 0 || whole > 2 * MOST_SECOND_DIGITS) {
            return false;
        }
        long value = number(begin, at);
        if (!skip('.')) {
            timeNs = value;
            return skip(':');
        }
        int fraction = digits();
        if (whole > MOST_SECOND_DIGITS || fraction == 0 || fraction > NANO_DIGITS) {
            return false;
        }
        long nanos = number(at - fraction, at);
        for (int i = fraction; i < NANO_DIGITS; i++) {
            nanos *= 10;
        }
        timeNs = value * 1_000_000_000L + nanos;
        return skip(':');
    }

    private boolean event() {
        if (blanks() == 0) {
            return false;
        }
        int first = at;
        int period = digits();
        if (period > 0 && blanks() == 0) {
            at = first;
        }
        int begin = at;
        if (!word()) {
            return false;
        }
        ofPerf = at < line.length() && isWord(line.charAt(at));
        if (ofPerf) {
            begin = at;
            if (!word()) {
                return false;
            }
        }
        event = line.substring(begin, at - 1);
        return blanks() > 0 || at == line.length();
    }

    /** A word and the colon after it. */
    private boolean word() {
        int begin = at;
        while (at < line.length() && isWord(line.charAt(at))) {
            at++;
        }
        return at > begin && skip(':');
    }

    private boolean before(int open) {
        int end = withoutBlanks(open);
        pid = -1;
        if (end > 0 && end < open && line.charAt(end - 1) == ')') {
            int bracket = line.lastIndexOf('(', end - 1);
            if (bracket < 0 || !process(line.substring(bracket + 1, end - 1).strip())) {
                return false;
            }
            end = withoutBlanks(bracket);
        }
        return end < open && (ofPerf ? perfTask(end) : task(end));
    }

    /** What stands in the column of the process: its id, or dashes. */
    private boolean process(String text) {
        if (!text.isEmpty() && text.chars().allMatch(c -> c == '-')) {
            return true;
        }
        int number = id(text);
        pid = number;
        return number >= 0;
    }

    private boolean task(int end) {
        int begin = end;
        while (begin > 0 && isDigit(line.charAt(begin - 1))) {
            begin--;
        }
        if (begin == 0 || line.charAt(begin - 1) != '-') {
            return false;
        }
        tid = id(line.substring(begin, end));
        name(begin - 1);
        return tid >= 0;
    }

    private boolean perfTask(int end) {
        int begin = end;
        while (begin > 0 && !isBlank(line.charAt(begin - 1))) {
            begin--;
        }
        String ids = line.substring(begin, end);
        int slash = ids.indexOf('/');
        String first = slash < 0 ? ids : ids.substring(0, slash);
        String second = slash < 0 ? ids : ids.substring(slash + 1);
        pid = first.equals("-1") ? -1 : id(first);
        tid = second.equals("-1") ? -1 : id(second);
        name(begin);
        return (pid >= 0 || first.equals("-1")) && (tid >= 0 || second.equals("-1"));
    }

    private void name(int end) {
        String name = line.substring(0, end).strip();
        comm = name.length() > LONGEST_COMM ? name.substring(name.length() - LONGEST_COMM) : name;
    }

    /** A task's id, or -1 if the text is none. */
    private static int id(String text) {
        boolean digits = !text.isEmpty() && text.length() <= NANO_DIGITS + 1;
        for (int i = 0; digits && i < text.length(); i++) {
            digits = isDigit(text.charAt(i));
        }
        long value = digits ? Long.parseLong(text) : -1;
        return value > Integer.MAX_VALUE ? -1 : (int) value;
    }

    private long number(int begin, int end) {
        long value = 0;
        for (int i = begin; i < end; i++) {
            value = value * 10 + line.charAt(i) - '0';
        }
        return value;
    }

    private int digits() {
        int begin = at;
        while (at < line.length() && isDigit(line.charAt(at))) {
            at++;
        }
        return at - begin;
    }

    private int blanks() {
        int begin = at;
        while (at < line.length() && isBlank(line.charAt(at))) {
            at++;
        }
        return at - begin;
    }

    private int withoutBlanks(int end) {
        int last = end;
        while (last > 0 && isBlank(line.charAt(last - 1))) {
            last--;
        }
        return last;
    }

    private boolean skip(char expected) {
        boolean there = at < line.length() && line.charAt(at) == expected;
        at += there ? 1 : 0;
        return there;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private static boolean isBlank(char character) {
        return character == ' ' || character == '\t';
    }

    private static boolean isWord(char character) {
        return isDigit(character)
                || character >= 'a' && character <= 'z'
                || character >= 'A' && character <= 'Z'
                || character == '_'
                || character == '-';
    }
}
