package dev.swtch.machine.topology;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a topology written as text: {@code 2x8x2/llc=2/nodes=2}, {@code 1x4x1}, or a plain number of CPUs. */
public final class TopologySpec {
    /** What a specification looks like, for messages. */
    public static final String FORM =
            "PACKAGESxCORESxSMT[/llc=PER_PACKAGE][/nodes=N], for example 1x4x1 or 2x8x2/llc=2";

    private static final Pattern SHAPE =
            Pattern.compile("(\\d{1,6})(?:x(\\d{1,6}))?(?:x(\\d{1,6}))?((?:/(?:llc|nodes)=\\d{1,6}){0,4})");

    private TopologySpec() {}

    /**
     * Reads a specification.
     *
     * @throws IllegalArgumentException with a sentence that tells what was expected and found
     */
    public static Topology parse(String text) {
        Matcher shape = SHAPE.matcher(text.strip());
        if (!shape.matches()) {
            throw new IllegalArgumentException("expected " + FORM + ", found '" + text + "'");
        }
        int first = Integer.parseInt(shape.group(1));
        if (shape.group(2) == null) {
            return withOptions(1, first, 1, shape.group(4));
        }
        int smt = shape.group(3) == null ? 1 : Integer.parseInt(shape.group(3));
        return withOptions(first, Integer.parseInt(shape.group(2)), smt, shape.group(4));
    }

    private static Topology withOptions(int packages, int cores, int smt, String options) {
        int llcs = 1;
        int nodes = 1;
        for (String option : options.split("/", -1)) {
            if (option.startsWith("llc=")) {
                llcs = Integer.parseInt(option.substring(4));
            } else if (option.startsWith("nodes=")) {
                nodes = Integer.parseInt(option.substring(6));
            }
        }
        return new Topology(packages, cores, smt, llcs, nodes);
    }
}
