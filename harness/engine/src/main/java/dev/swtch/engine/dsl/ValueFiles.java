package dev.swtch.engine.dsl;

import dev.swtch.engine.discovery.InputFile;
import dev.swtch.engine.workload.BadInputException;
import dev.swtch.engine.workload.Place;
import dev.swtch.engine.workload.Utf8;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Files of values beside a workload: one a line, the first field of each. Empty lines, lines that begin with # and a
 * title in the first line are passed over.
 */
final class ValueFiles {
    /** Most values of one file; a written workload holds them all. */
    static final int MOST = 100_000;

    private final Map<String, List<Long>> read = new TreeMap<>();

    /**
     * The values of a file; none after an error.
     *
     * @param named the value that names the file, relative to the one it stands in
     * @param unit what is appended to plain numbers, may be empty
     * @param reader reads one value
     */
    List<Long> values(Yaml named, String name, String unit, Values values, ValueReader reader) {
        try {
            String path = Path.of(named.place().file()).resolveSibling(name).toString();
            String key = path + '\n' + unit;
            List<Long> known = read.get(key);
            if (known == null) {
                known = lines(InputFile.read(path), unit, named, values, reader);
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

    /** Reads one value of a file. */
    interface ValueReader {
        long read(Yaml value);
    }

    private static List<Long> lines(InputFile file, String unit, Yaml named, Values values, ValueReader reader) {
        String text = Utf8.decode(file.content());
        if (text == null || text.indexOf('\0') >= 0) {
            values.findings().error(named.place(), file.name() + ": the file is not text");
            return List.of();
        }
        List<Long> found = new ArrayList<>();
        int line = 0;
        for (String each : text.split("\\R", -1)) {
            line++;
            String field = each.split("[,;\\t]", 2)[0].trim();
            boolean title = line == 1 && !field.isEmpty() && Character.isLetter(field.charAt(0));
            if (field.isEmpty() || field.startsWith("#") || title) {
                continue;
            }
            if (found.size() == MOST) {
                values.findings().error(named.place(), file.name() + ": there are more than " + MOST + " values");
                return List.of();
            }
            boolean plain = field.chars().allMatch(c -> c >= '0' && c <= '9' || c == '.');
            Place place = new Place(file.name(), line, 1);
            int errors = values.findings().count();
            found.add(reader.read(new Yaml.Scalar(place, plain ? field + unit : field, true)));
            if (values.findings().count() > errors) {
                return List.of();
            }
        }
        if (found.isEmpty()) {
            values.findings().error(named.place(), file.name() + ": there are no values in it");
        }
        return found;
    }
}
