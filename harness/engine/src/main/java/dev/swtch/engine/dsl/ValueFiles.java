package dev.swtch.engine.dsl;

import dev.swtch.engine.discovery.InputFile;
import dev.swtch.engine.workload.BadInputException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The files of values beside a workload; each is read once. */
final class ValueFiles {
    /** What can be said about a file. */
    static final List<String> KEYS = List.of("trace", "unit", "column");

    private static final List<String> UNITS = List.of("ns", "us", "ms", "s", "min");

    private final Map<String, List<Long>> read = new TreeMap<>();

    /**
     * The values of a file; none after an error.
     *
     * @param fields the name of the file, relative to the one it is named in, which column, and the unit of plain numbers
     * @param what what the values are, for messages
     * @param time whether they are spans of time
     */
    List<Long> read(Fields fields, String what, boolean time, Values values) {
        Yaml named = fields.need("trace");
        Yaml unit = fields.get("unit");
        Yaml column = fields.get("column");
        String name = values.text(named, what + ": the name of a file");
        String suffix = unit == null ? null : values.oneOf(unit, what + ": the unit", UNITS);
        if (unit != null && !time) {
            values.findings().error(unit.place(), what + ": a number has no unit");
        }
        String asked = column == null ? "1" : values.text(column, what + ": the column");
        if (name.isEmpty() || asked.isEmpty()) {
            return List.of();
        }
        try {
            String path = Path.of(named.place().file()).resolveSibling(name).toString();
            String key = String.join("\n", path, String.valueOf(suffix), asked, String.valueOf(time));
            List<Long> known = read.get(key);
            if (known == null) {
                ValueLines lines = new ValueLines(InputFile.read(path), column == null ? named : column, asked, values);
                known = lines.read(field -> value(field, suffix, what, time, values));
                read.put(key, known);
            }
            return known;
        } catch (InvalidPathException notAName) {
            values.findings().error(named.place(), "\"" + Texts.shortened(name) + "\" is not the name of a file");
        } catch (BadInputException refused) {
            values.findings().error(named.place(), refused.errors().get(0).toString());
        }
        return List.of();
    }

    private static long value(Yaml.Scalar field, @Nullable String suffix, String what, boolean time, Values values) {
        boolean plain = field.text().chars().allMatch(c -> c >= '0' && c <= '9' || c == '.');
        boolean bare = suffix == null || !plain;
        Yaml value = bare ? field : new Yaml.Scalar(field.place(), field.text() + suffix, true);
        return time ? values.time(value, what, 0) : values.count(value, what, 0, Values.LONGEST_NS);
    }
}
