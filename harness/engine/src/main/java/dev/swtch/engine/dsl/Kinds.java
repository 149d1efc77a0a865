package dev.swtch.engine.dsl;

import java.util.List;

/**
 * The names of the kinds of threads.
 *
 * @param names in the order of the file
 * @param findings takes errors
 */
record Kinds(List<String> names, Findings findings) {
    /** Copies the list. */
    Kinds {
        names = List.copyOf(names);
    }

    /** The name in a value, which should be that of a kind of thread. */
    String name(Values scope, Yaml value) {
        String name = scope.text(value, "the name of a thread");
        if (!name.isEmpty() && !names.contains(name)) {
            findings.unknown(value.place(), "there is no thread \"" + Texts.shortened(name) + "\"", name, names);
        }
        return name;
    }
}
