package dev.swtch.engine.dsl;

import java.util.List;

/** Reads the instants at which something happens: a list, one alone, or a file with one a line. */
final class Instants {
    private Instants() {}

    /** Instants in ns after the start of the run, in the order in which they are written; none after an error. */
    static List<Long> read(Yaml value, String what, Values values) {
        if (value instanceof Yaml.Missing) {
            return List.of();
        }
        if (value instanceof Yaml.Seq list) {
            return list.items().stream()
                    .map(item -> values.time(item, "a time of " + what, 0))
                    .toList();
        }
        if (value instanceof Yaml.Obj) {
            Fields fields = Fields.of(value, "the times of " + what, ValueFiles.KEYS, values.findings());
            return values.files().read(fields, "a time of " + what, true, values);
        }
        return List.of(values.time(value, "a time of " + what, 0));
    }
}
