package dev.swtch.engine.trace.text;

import java.io.IOException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The lines of the trace alone. A file that is no page is the trace. A systrace page holds it in {@code <script
 * class="trace-data">} sections, or, if it is old, in a string of JavaScript every line of which ends with an escaped
 * line end.
 */
final class PageReader {
    private static final Pattern SECTION = Pattern.compile("class\\s*=\\s*[\"']?trace-data\\b[^>]*>");
    private static final String SECTION_END = "</script>";
    private static final String STRING = "linuxPerfData = \"";
    private static final String ESCAPED_END = "\\n\\";

    private enum Where {
        BEGIN,
        TRACE,
        PAGE,
        SECTION,
        STRING
    }

    private final LineReader lines;
    private Where where = Where.BEGIN;
    private boolean anySection;

    PageReader(LineReader lines) {
        this.lines = lines;
    }

    /** The next line of the trace, or null after the last one. */
    @Nullable
    String next() throws IOException {
        String line;
        while ((line = lines.next()) != null) {
            String inside = inside(line);
            if (inside != null) {
                return unescaped(inside);
            }
        }
        return null;
    }

    /** Whether it is a page without a trace. */
    boolean lacksTrace() {
        return where == Where.PAGE && !anySection;
    }

    /** Whether the file stops within the part of a page that holds the trace. */
    boolean isOpen() {
        return where == Where.SECTION || where == Where.STRING;
    }

    /** What of a line belongs to the trace, or null. */
    private @Nullable String inside(String line) {
        if (where == Where.BEGIN && !line.isBlank()) {
            where = isPage(line) ? Where.PAGE : Where.TRACE;
        }
        return switch (where) {
            case BEGIN, TRACE -> line;
            case PAGE -> opened(line);
            case SECTION -> section(line);
            case STRING -> {
                boolean end = line.startsWith("\"") || line.contains(SECTION_END);
                where = end ? Where.PAGE : where;
                yield end ? null : line;
            }
        };
    }

    private @Nullable String opened(String line) {
        Matcher section = SECTION.matcher(line);
        if (section.find()) {
            where = Where.SECTION;
            anySection = true;
            return section(line.substring(section.end()));
        }
        int string = line.indexOf(STRING);
        if (string >= 0) {
            where = Where.STRING;
            anySection = true;
            return line.substring(string + STRING.length());
        }
        return null;
    }

    private String section(String line) {
        int end = line.indexOf(SECTION_END);
        where = end < 0 ? where : Where.PAGE;
        return end < 0 ? line : line.substring(0, end);
    }

    /** Idle tasks stand as {@code <idle>-0}, so a line that begins with a bracket may well be an event. */
    static boolean isPage(String line) {
        String text = line.strip().toLowerCase(Locale.ROOT);
        return text.startsWith("<!doctype") || text.startsWith("<html");
    }

    private static String unescaped(String line) {
        if (!line.endsWith(ESCAPED_END)) {
            return line.equals("\\") ? "" : line;
        }
        String text = line.substring(0, line.length() - ESCAPED_END.length());
        return text.indexOf('\\') < 0 ? text : text.replace("\\\"", "\"").replace("\\\\", "\\");
    }
}
