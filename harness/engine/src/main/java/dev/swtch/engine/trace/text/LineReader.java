package dev.swtch.engine.trace.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Lines of a stream, one at a time. What a line has beyond a length that no event reaches is dropped. */
final class LineReader {
    private static final int LONGEST = 1 << 16;

    private final InputStream in;
    private final byte[] buffer = new byte[LONGEST];
    private final byte[] line = new byte[LONGEST];
    private int from;
    private int to;
    private int number;
    private boolean cut;

    LineReader(InputStream in) {
        this.in = in;
    }

    /** The next line without its end, or null after the last one. Bytes that are not UTF-8 become replacements. */
    @Nullable
    String next() throws IOException {
        int length = 0;
        boolean any = false;
        while (from < to || fill()) {
            any = true;
            int end = from;
            while (end < to && buffer[end] != '\n') {
                end++;
            }
            int kept = Math.min(end - from, LONGEST - length);
            System.arraycopy(buffer, from, line, length, kept);
            length += kept;
            boolean ended = end < to;
            from = ended ? end + 1 : end;
            if (ended) {
                return text(length, false);
            }
        }
        return any ? text(length, true) : null;
    }

    private String text(int length, boolean withoutEnd) {
        number++;
        cut = withoutEnd;
        int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        return new String(line, 0, end, StandardCharsets.UTF_8);
    }

    private boolean fill() throws IOException {
        from = 0;
        to = Math.max(0, in.read(buffer));
        return to > 0;
    }

    /** Number of the line that was read last, from 1. */
    int number() {
        return number;
    }

    /** Whether the line that was read last has no end: the file stops within or behind it. */
    boolean isCut() {
        return cut;
    }
}
