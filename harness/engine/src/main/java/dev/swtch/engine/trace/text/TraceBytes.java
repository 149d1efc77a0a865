package dev.swtch.engine.trace.text;

import dev.swtch.engine.workload.BadInputException;
import dev.swtch.engine.workload.Diagnostic;
import dev.swtch.engine.workload.Place;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/** Unpacks traces: gzip, and the zlib stream behind {@code TRACE:} that Android's atrace sends. */
final class TraceBytes {
    private static final int PEEK = 16;
    private static final String ATRACE = "TRACE:";

    private TraceBytes() {}

    /** The text of a trace. */
    static InputStream unpack(String file, InputStream in) throws IOException {
        BufferedInputStream bytes = new BufferedInputStream(in, 1 << 16);
        byte[] begin = peek(bytes);
        if (isGzip(begin)) {
            bytes = new BufferedInputStream(new GZIPInputStream(bytes), 1 << 16);
            begin = peek(bytes);
        }
        refuseBinary(file, begin);
        int data = ATRACE.length() + (begin.length > ATRACE.length() && begin[ATRACE.length()] == '\r' ? 2 : 1);
        boolean atrace = startsWith(begin, ATRACE) && begin.length > data + 1;
        if (atrace && isZlib(begin[data], begin[data + 1])) {
            bytes.skipNBytes(data);
            return new InflaterInputStream(bytes);
        }
        return bytes;
    }

    /** Whether the bytes begin a gzip file. */
    static boolean isGzip(byte[] begin) {
        return begin.length > 2 && (begin[0] & 0xff) == 0x1f && (begin[1] & 0xff) == 0x8b;
    }

    private static boolean isZlib(byte first, byte second) {
        return first == 0x78 && ((first & 0xff) << 8 | second & 0xff) % 31 == 0;
    }

    private static byte[] peek(BufferedInputStream bytes) throws IOException {
        bytes.mark(PEEK);
        byte[] begin = bytes.readNBytes(PEEK);
        bytes.reset();
        return begin;
    }

    private static void refuseBinary(String file, byte[] begin) {
        String binary = binaryOf(begin);
        if (binary != null) {
            Place place = new Place(file, 1, 1);
            String expected = "the output of \"" + binary + "\"";
            throw new BadInputException(
                    file,
                    List.of(new Diagnostic(place, "not the text of a trace", expected, "the recorder's binary", null)));
        }
    }

    /** The command that makes text of a recorder's binary file that begins so, or null if it is none. */
    static @Nullable String binaryOf(byte[] begin) {
        if (startsWith(begin, "\u0017\bDtracing")) {
            return "trace-cmd report";
        }
        return startsWith(begin, "PERFILE2") || startsWith(begin, "PERFFILE") ? "perf script" : null;
    }

    private static boolean startsWith(byte[] bytes, String text) {
        byte[] mark = text.getBytes(StandardCharsets.ISO_8859_1);
        return bytes.length >= mark.length && Arrays.equals(bytes, 0, mark.length, mark, 0, mark.length);
    }
}
