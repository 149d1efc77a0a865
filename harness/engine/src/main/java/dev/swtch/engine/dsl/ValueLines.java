package dev.swtch.engine.dsl;

import dev.swtch.engine.discovery.InputFile;
import dev.swtch.engine.workload.Place;
import dev.swtch.engine.workload.Utf8;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Reads one column of a file with fields between commas, semicolons or tabs. Empty lines and lines that begin with # are
 * passed over. The first other line is one of titles if the column has no number there but a word.
 */
final class ValueLines {
    /** Most values of one file; a written workload holds them all. */
    static final int MOST = 100_000;

    private final InputFile file;
    private final Yaml named;
    private final String asked;
    private final Findings findings;

    /** Counted from 0; negative while only its name is known. */
    private int column;

    /**
     * A file.
     *
     * @param named where what is wrong with the whole file is reported
     * @param asked the number of the column, counted from 1, or its title
     */
    ValueLines(InputFile file, Yaml named, String asked, Values values) {
        this.file = file;
        this.named = named;
        this.asked = asked;
        this.findings = values.findings();
        boolean number = asked.matches("[1-9][0-9]{0,3}");
        this.column = number ? Integer.parseInt(asked) - 1 : -1;
    }

    /** The values; none after an error. */
    List<Long> read(ToLongFunction<Yaml.Scalar> reader) {
        String text = Utf8.decode(file.content());
        if (text == null || text.indexOf('\0') >= 0) {
            return wrong("the file is not text");
        }
        List<Long> found = new ArrayList<>();
        boolean first = true;
        int line = 0;
        for (String each : (Iterable<String>) text.lines()::iterator) {
            line++;
            if (each.isBlank() || each.stripLeading().startsWith("#")) {
                continue;
            }
            List<String> fields = Arrays.stream(each.split("[,;\\t]", -1))
                    .map(ValueLines::field)
                    .toList();
            if (first && isTitle(fields)) {
                first = false;
                continue;
            }
            first = false;
            if (column < 0) {
                return noColumn(fields);
            }
            Place place = new Place(file.name(), line, 1);
            if (column >= fields.size()) {
                findings.error(place, "the line has no column " + (column + 1));
                return List.of();
            }
            if (found.size() == MOST) {
                return wrong("there are more than " + MOST + " values");
            }
            int errors = findings.count();
            found.add(reader.applyAsLong(new Yaml.Scalar(place, fields.get(column), true)));
            if (findings.count() > errors) {
                return List.of();
            }
        }
        return found.isEmpty() ? wrong("there are no values in it") : found;
    }

    private static String field(String text) {
        String stripped = text.strip();
        boolean quoted = stripped.length() > 1 && stripped.startsWith("\"") && stripped.endsWith("\"");
        return quoted ? stripped.substring(1, stripped.length() - 1) : stripped;
    }

    /** Whether a line has titles; if it has, the column is known from then on. */
    private boolean isTitle(List<String> fields) {
        if (column < 0) {
            column = fields.indexOf(asked);
            return column >= 0;
        }
        String own = column < fields.size() ? fields.get(column) : "";
        return !own.isEmpty() && Character.isLetter(own.charAt(0));
    }

    private List<Long> noColumn(List<String> titles) {
        findings.unknown(
                named.place(),
                file.name() + ": there is no column \"" + Texts.shortened(asked) + "\"",
                asked,
                titles.subList(0, Math.min(10, titles.size())));
        return List.of();
    }

    private List<Long> wrong(String message) {
        findings.error(named.place(), file.name() + ": " + message);
        return List.of();
    }
}
