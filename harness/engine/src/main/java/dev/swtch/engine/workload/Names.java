package dev.swtch.engine.workload;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The names of one kind of object, with their indices. */
final class Names {
    private final String kind;
    private final List<String> names;
    private final Map<String, Integer> indices = new HashMap<>();

    Names(String kind, List<String> names, Consumer<String> complain) {
        this.kind = kind;
        this.names = new ArrayList<>(names);
        for (int i = 0; i < names.size(); i++) {
            if (indices.putIfAbsent(names.get(i), i) != null) {
                complain.accept("two " + plural() + " are called \"" + names.get(i) + "\"");
            }
        }
    }

    /** The index of a name, or -1 if there is none. */
    int index(String name) {
        return indices.getOrDefault(name, -1);
    }

    /** What to say about a name that is not there, or null if it is. */
    @Nullable
    String complaint(String name) {
        if (index(name) >= 0) {
            return null;
        }
        String nearest = Nearest.of(name, names);
        return "there is no " + kind + " \"" + name + "\""
                + (nearest == null ? "" : " (did you mean \"" + nearest + "\"?)");
    }

    private String plural() {
        return kind.endsWith("x") ? kind + "es" : kind + "s";
    }
}
