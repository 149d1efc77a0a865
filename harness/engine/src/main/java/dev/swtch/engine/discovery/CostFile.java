package dev.swtch.engine.discovery;

import dev.swtch.engine.workload.BadInputException;
import dev.swtch.engine.workload.Diagnostic;
import dev.swtch.engine.workload.Nearest;
import dev.swtch.engine.workload.Place;
import dev.swtch.engine.workload.Times;
import dev.swtch.machine.cost.Charge;
import dev.swtch.machine.cost.CostModel;
import dev.swtch.machine.cost.Delay;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Prices by name: {@code default}, {@code zero}, or a file of {@code entry = value} lines that change single entries of
 * the default. A value is a whole number of ns or a span such as {@code 1.2us}; {@code #} begins a comment.
 */
public final class CostFile {
    private final String name;
    private final List<Diagnostic> errors = new ArrayList<>();
    private final SortedMap<String, Integer> lines = new TreeMap<>();
    private CostModel costs;

    private CostFile(String name) {
        this.name = name;
        costs = CostModel.defaults();
    }

    /** The prices a user chose by a profile's name or a file. */
    public static CostModel named(String choice) {
        return switch (choice) {
            case "default" -> CostModel.defaults();
            case "zero" -> CostModel.zero();
            default -> {
                if (!InputFile.exists(choice)) {
                    throw new BadChoiceException("--costs: expected default, zero or a file, found '" + choice + "'"
                            + suggestion(Nearest.of(choice, List.of("default", "zero"))));
                }
                yield read(InputFile.read(choice));
            }
        };
    }

    /**
     * The prices a file gives.
     *
     * @throws BadInputException with every line that is wrong
     */
    public static CostModel read(InputFile file) {
        CostFile reader = new CostFile(file.name());
        String[] lines = file.text().split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            reader.line(i + 1, lines[i]);
        }
        if (!reader.errors.isEmpty()) {
            throw new BadInputException(file.name(), reader.errors);
        }
        return reader.costs;
    }

    private void line(int number, String line) {
        int comment = line.indexOf('#');
        String content = comment < 0 ? line : line.substring(0, comment);
        if (content.isBlank()) {
            return;
        }
        int equals = content.indexOf('=');
        String entry = (equals < 0 ? content : content.substring(0, equals)).strip();
        int column = content.indexOf(entry) + 1;
        String key = entry.toLowerCase(Locale.ROOT).replace('-', '_');
        if (equals < 0) {
            error(number, column, "not a price", "ENTRY = NANOSECONDS", "'" + entry + "'", null);
        } else if (!names().contains(key)) {
            error(number, column, "unknown entry '" + entry + "'", null, null, Nearest.of(key, names()));
        } else if (lines.putIfAbsent(key, number) != null) {
            error(number, column, "'" + key + "' was already given in line " + lines.get(key), null, null, null);
        } else {
            String value = content.substring(equals + 1).strip();
            set(number, value.isEmpty() ? equals + 2 : content.indexOf(value, equals + 1) + 1, key, value);
        }
    }

    private void set(int line, int column, String key, String value) {
        try {
            boolean plain = !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9');
            costs = costs.with(name, key, plain ? Long.parseLong(value) : Times.parseNs(value));
        } catch (IllegalArgumentException wrong) {
            error(line, column, key, "a whole number of ns or a span such as 1.2us", "'" + value + "'", null);
        }
    }

    private void error(
            int line,
            int column,
            String message,
            @Nullable String expected,
            @Nullable String found,
            @Nullable String nearest) {
        errors.add(new Diagnostic(new Place(name, line, column), message, expected, found, nearest));
    }

    /** The names of all entries. */
    static List<String> names() {
        List<String> names = new ArrayList<>();
        for (Charge charge : Charge.values()) {
            names.add(charge.name().toLowerCase(Locale.ROOT));
        }
        for (Delay delay : Delay.values()) {
            names.add(delay.name().toLowerCase(Locale.ROOT));
        }
        return names;
    }

    private static String suggestion(@Nullable String nearest) {
        return nearest == null ? "" : " (did you mean \"" + nearest + "\"?)";
    }
}
