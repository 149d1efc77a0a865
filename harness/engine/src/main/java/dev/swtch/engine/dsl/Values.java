package dev.swtch.engine.dsl;

import dev.swtch.engine.workload.NodeRef;
import dev.swtch.engine.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads single values in a scope. A value that cannot be read is an error, and something harmless is returned. */
final class Values {
    /** Longest span: a run may last 2^42 ns. */
    static final long LONGEST_NS = (1L << 42) - 1;

    private static final int LARGEST_CPU = 65_535;
    private static final String NODE = "node:";
    private static final int LONGEST_NAME = 100;

    private final Findings findings;
    private final Env env;
    private final ValueFiles files;

    Values(Findings findings, Env env) {
        this(findings, env, new ValueFiles());
    }

    private Values(Findings findings, Env env, ValueFiles files) {
        this.findings = findings;
        this.env = env;
        this.files = files;
    }

    ValueFiles files() {
        return files;
    }

    Findings findings() {
        return findings;
    }

    Env env() {
        return env;
    }

    Values in(Env inner) {
        return new Values(findings, inner, files);
    }

    /** A word with its parameters filled in. */
    String text(Yaml value, String what) {
        if (!(value instanceof Yaml.Scalar scalar) || Fields.isNothing(value)) {
            if (!(value instanceof Yaml.Missing)) {
                findings.expected(value.place(), what, "a word", value.kind());
            }
            return "";
        }
        try {
            return env.fill(scalar.text());
        } catch (IllegalArgumentException wrong) {
            findings.error(value.place(), what + ": " + wrong.getMessage());
            return "";
        }
    }

    /** The name of something: printable and not too long. */
    String name(Yaml value, String what) {
        String text = text(value, what);
        boolean blank = value instanceof Yaml.Scalar scalar
                && !Fields.isNothing(value)
                && scalar.text().isBlank();
        if (blank || text.length() > LONGEST_NAME || text.chars().anyMatch(Character::isISOControl)) {
            findings.expected(
                    value.place(),
                    what,
                    "a name of at most " + LONGEST_NAME + " printable characters",
                    blank ? "an empty one" : value.kind());
        }
        return text;
    }

    /** One of several words. */
    @Nullable
    String oneOf(Yaml value, String what, List<String> words) {
        String text = text(value, what);
        if (text.isEmpty() || words.contains(text)) {
            return text.isEmpty() ? null : text;
        }
        findings.unknown(value.place(), what + " cannot be \"" + Texts.shortened(text) + "\"", text, words);
        return null;
    }

    boolean flag(Yaml value, String what) {
        return "true".equals(oneOf(value, what, List.of("true", "false")));
    }

    /** A number or a span of time, or null after an error. */
    @Nullable
    Amount amount(Yaml value, String what, boolean time) {
        String expected = time ? "a time with its unit such as 100us, 1.5ms or 2s" : "a number";
        if (!(value instanceof Yaml.Scalar scalar) || Fields.isNothing(value)) {
            if (!(value instanceof Yaml.Missing)) {
                findings.expected(value.place(), what, expected, value.kind());
            }
            return null;
        }
        Yaml node = env.node(scalar.text());
        if (node instanceof Yaml.Scalar word) {
            scalar = word;
        }
        try {
            String filled = env.fill(scalar.text());
            Amount amount = parse(filled);
            if (amount == null || amount.isTime() != time && amount.value().signum() != 0 || !time && amount.isTime()) {
                findings.expected(
                        value.place(),
                        what,
                        expected,
                        "\"" + Texts.shortened(filled) + "\"" + (time ? unitHint(filled) : ""));
                return null;
            }
            return amount;
        } catch (IllegalArgumentException wrong) {
            findings.error(value.place(), what + ": " + wrong.getMessage());
            return null;
        }
    }

    private static @Nullable Amount parse(String text) {
        try {
            return Amount.parse(text);
        } catch (IllegalArgumentException noAmount) {
            if (noAmount.getCause() != null) {
                throw noAmount; // it looks like an amount, but is too large or has two points: that is better told
            }
            return null;
        }
    }

    private static String unitHint(String text) {
        int split = 0;
        while (split < text.length() && (Character.isDigit(text.charAt(split)) || text.charAt(split) == '.')) {
            split++;
        }
        if (split == 0) {
            return "";
        }
        String written = text.substring(split);
        String unit = written.trim().toLowerCase(Locale.ROOT);
        String meant = switch (unit) {
            case "sec", "secs", "second", "seconds" -> "s";
            case "msec", "msecs", "millis", "millisecond", "milliseconds" -> "ms";
            case "usec", "usecs", "\u00b5s", "\u03bcs", "micros", "microseconds" -> "us";
            case "nsec", "nsecs", "nanos", "nanoseconds" -> "ns";
            case "m", "mins", "minute", "minutes" -> "min";
            case "ns", "us", "ms", "s", "min" -> unit.equals(written) ? "" : unit;
            default -> "";
        };
        return meant.isEmpty() ? "" : " (did you mean \"" + text.substring(0, split) + meant + "\"?)";
    }

    /** A span of time in ns. */
    long time(Yaml value, String what, long leastNs) {
        Amount amount = amount(value, what, true);
        if (amount == null) {
            return leastNs;
        }
        long ns = amount.rounded();
        if (ns < leastNs || ns > LONGEST_NS) {
            findings.expected(
                    value.place(),
                    what,
                    (leastNs > 0 ? "more than 0" : "0 or more") + " and less than 74min",
                    amount.text());
            return leastNs;
        }
        return ns;
    }

    /** A whole number. */
    long count(Yaml value, String what, long least, long most) {
        Amount amount = amount(value, what, false);
        if (amount == null) {
            return least;
        }
        if (!amount.isWhole() || amount.rounded() < least || amount.rounded() > most) {
            findings.expected(value.place(), what, "a whole number from " + least + " to " + most, amount.text());
            return least;
        }
        return amount.rounded();
    }

    /** A list of two, or null after an error. */
    @Nullable
    List<Yaml> pair(Yaml value, String what, String of) {
        if (value instanceof Yaml.Seq list && list.items().size() == 2) {
            return list.items();
        }
        String found =
                value instanceof Yaml.Seq list ? "a list of " + list.items().size() : value.kind();
        findings.expected(value.place(), what, "a list of two: " + of, found);
        return null;
    }

    /** CPUs: a number, "0-3,6", "node:1", a list of those, {node: 1}, or all, which is the empty list. */
    List<Integer> cpus(Yaml value, String what) {
        List<Integer> cpus = new ArrayList<>();
        if (value instanceof Yaml.Seq list) {
            for (Yaml item : list.items()) {
                addCpus(cpus, item, what);
            }
            if (list.items().isEmpty()) {
                findings.expected(value.place(), what, "at least one CPU, or all", "none");
            }
        } else if (value instanceof Yaml.Obj) {
            Yaml node = Fields.of(value, what, List.of("node"), findings).need("node");
            cpus.add(NodeRef.of((int) count(node, what + ": the node", 0, LARGEST_CPU)));
        } else if (!(value instanceof Yaml.Scalar scalar && scalar.text().equals("all"))) {
            addCpus(cpus, value, what);
        }
        return cpus;
    }

    private void addCpus(List<Integer> cpus, Yaml value, String what) {
        String text = text(value, what);
        for (String part : text.split(",", -1)) {
            if (part.trim().startsWith(NODE) && cpu(part.trim().substring(NODE.length())) >= 0) {
                cpus.add(NodeRef.of(cpu(part.trim().substring(NODE.length()))));
                continue;
            }
            String[] ends = part.trim().split("-", -1);
            int low = cpu(ends[0]);
            int high = ends.length == 1 ? low : ends.length == 2 ? cpu(ends[1]) : -1;
            if (low < 0 || high < low) {
                if (!text.isEmpty()) {
                    findings.expected(
                            value.place(),
                            what,
                            "CPU numbers such as 0, \"0-3\" or [0, 2], or a node such as node:1",
                            value.kind());
                }
                return;
            }
            for (int cpu = low; cpu <= high; cpu++) {
                cpus.add(cpu);
            }
        }
    }

    private static int cpu(String text) {
        String digits = text.trim();
        if (digits.isEmpty() || digits.length() > 6 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        int cpu = Integer.parseInt(digits);
        return cpu > LARGEST_CPU ? -1 : cpu;
    }

    /** Length of a run. */
    long duration(Yaml value, String what) {
        return value instanceof Yaml.Scalar scalar && scalar.text().equals("all-exit")
                ? Workload.UNTIL_ALL_EXIT
                : time(value, what, 1);
    }
}
