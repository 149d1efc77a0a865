package dev.swtch.engine.trace.text;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;

/** Tells traces from other files by their beginning. */
public final class TraceFormat {
    /** How many bytes of a file are looked at. */
    public static final int SNIFF = 1 << 16;

    private static final Pattern HEADER = Pattern.compile("# tracer: .*|version = \\d+|cpus=\\d+|TRACE:.*");

    private TraceFormat() {}

    /** Whether a line is one of a switch, whatever stands before that. */
    static boolean isSwitch(String line) {
        return line.contains("sched_switch: prev_comm=");
    }

    /**
     * Whether a file is a trace, or was meant to be one: the text of a trace, a page, a packed file, or what a recorder
     * writes before its tool has made text of it.
     *
     * @param begin the first bytes of the file, {@link #SNIFF} if it has so many
     */
    public static boolean isTrace(byte[] begin) {
        if (TraceBytes.isGzip(begin) || TraceBytes.binaryOf(begin) != null) {
            return true;
        }
        LineReader lines = new LineReader(new ByteArrayInputStream(begin));
        try {
            String line;
            while ((line = lines.next()) != null) {
                if (isSwitch(line)
                        || HEADER.matcher(line).matches()
                        || PageReader.isPage(line)
                        || HeadParser.parse(line) != null) {
                    return true;
                }
            }
            return false;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
