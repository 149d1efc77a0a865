package dev.swtch.engine.dsl;

import dev.swtch.engine.workload.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A mapping of which some keys are known. */
final class Fields {
    private final Yaml.Obj object;
    private final String where;
    private final Findings findings;

    private final boolean doubtful;

    private Fields(Yaml.Obj object, boolean doubtful, String where, Findings findings) {
        this.object = object;
        this.doubtful = doubtful;
        this.where = where;
        this.findings = findings;
    }

    /**
     * The fields of a value that should be a mapping; of an empty one otherwise.
     *
     * @param where what the mapping is, for messages
     */
    static Fields of(Yaml value, String where, List<String> known, Findings findings) {
        Yaml.Obj object = new Yaml.Obj(value.place(), List.of());
        if (value instanceof Yaml.Obj mapping) {
            object = mapping;
        } else if (!isNothing(value) && !(value instanceof Yaml.Missing)) {
            findings.expected(value.place(), where, "a mapping with " + String.join(", ", known), value.kind());
            return new Fields(object, true, where, findings);
        }
        boolean doubtful = value instanceof Yaml.Missing;
        for (Yaml.Member member : object.members()) {
            if (!known.contains(member.key())) {
                String key = Texts.shortened(member.key());
                doubtful = true;
                findings.unknown(member.place(), "unknown key \"" + key + "\" in " + where, member.key(), known);
            }
        }
        return new Fields(object, doubtful, where, findings);
    }

    /** Whether nothing was written. */
    static boolean isNothing(Yaml value) {
        return value instanceof Yaml.Scalar scalar && scalar.text().isEmpty() && !scalar.quoted();
    }

    /** Whether a key is wrong, so that what is missing may be what was meant. */
    boolean isDoubtful() {
        return doubtful;
    }

    Place place() {
        return object.place();
    }

    boolean isEmpty() {
        return object.members().isEmpty();
    }

    boolean has(String key) {
        return get(key) != null;
    }

    @Nullable
    Yaml get(String key) {
        for (Yaml.Member member : object.members()) {
            if (member.key().equals(key)) {
                return member.value();
            }
        }
        return null;
    }

    /** Which of several keys is there; null after an error if it is not one alone. */
    @Nullable
    String only(List<String> heads) {
        List<String> given = heads.stream().filter(this::has).toList();
        if (given.size() == 1) {
            return given.get(0);
        }
        if (!doubtful) {
            String found = given.isEmpty() ? "none" : String.join(" and ", given);
            findings.expected(object.place(), where, "one of " + String.join(", ", heads), found);
        }
        return null;
    }

    /** The value of a key that must be there; an error and nothing otherwise. */
    Yaml need(String key) {
        Yaml value = get(key);
        if (value == null) {
            if (!doubtful) {
                findings.error(object.place(), where + " needs \"" + key + "\"");
            }
            return new Yaml.Missing(object.place());
        }
        return value;
    }
}
