package dev.swtch.cli;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Bytes on the heap after a full collection, by owner. HotSpot's diagnostic command gives them; another virtual machine
 * need not have it, then nothing is known.
 */
record ClassHistogram(Map<String, Long> bytes) {
    /** The owner of what belongs to no class of the project: arrays of numbers, collections, strings. */
    static final String OTHERS = "arrays and the JDK's classes";

    private static final long WORTH_MENTIONING = 1 << 10;

    private static final Pattern ROW = Pattern.compile("\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+(\\S+).*");
    private static final Pattern OURS = Pattern.compile("(?:\\[L)?dev\\.swtch\\.(\\w+)\\..*");

    /** What is on the heap now; empty if it cannot be known. */
    static ClassHistogram take() {
        try {
            Object answer = ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
            return parse(answer.toString());
        } catch (JMException unknown) {
            return new ClassHistogram(Map.of());
        }
    }

    static ClassHistogram parse(String table) {
        Map<String, Long> bytes = new TreeMap<>();
        table.lines().map(ROW::matcher).filter(Matcher::matches).forEach(row -> {
            Matcher ours = OURS.matcher(row.group(2));
            bytes.merge(ours.matches() ? ours.group(1) : OTHERS, Long.valueOf(row.group(1)), Long::sum);
        });
        return new ClassHistogram(bytes);
    }

    /** What came to be since, a KiB or more. */
    ClassHistogram since(ClassHistogram before) {
        Map<String, Long> more = new TreeMap<>(bytes);
        before.bytes.forEach((owner, then) -> more.merge(owner, -then, Long::sum));
        more.values().removeIf(value -> value < WORTH_MENTIONING);
        return new ClassHistogram(more);
    }

    /** All of it. */
    long total() {
        return bytes.values().stream().mapToLong(Long::longValue).sum();
    }
}
