package dev.swtch.engine.rtapp;

import dev.swtch.engine.workload.Place;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Typed access to the members of one object; complains about values of the wrong type. */
final class Fields {
    private final Json.Obj object;
    private final String where;
    private final Findings findings;

    Fields(Json.Obj object, String where, Findings findings) {
        this.object = object;
        this.where = where;
        this.findings = findings;
    }

    /** What the object is, for messages. */
    String where() {
        return where;
    }

    Place place() {
        return object.place();
    }

    List<Json.Member> members() {
        return object.members();
    }

    @Nullable
    Json get(String key) {
        for (Json.Member member : object.members()) {
            if (member.key().equals(key)) {
                return member.value();
            }
        }
        return null;
    }

    boolean has(String key) {
        return get(key) != null;
    }

    Place placeOf(String key) {
        Json value = get(key);
        return value == null ? object.place() : value.place();
    }

    /** A whole number, or null if the key is absent or its value was complained about. */
    @Nullable
    Integer whole(String key) {
        Json value = get(key);
        return value == null ? null : Values.whole(value, "\"" + key + "\" of " + where, findings);
    }

    int whole(String key, int ifAbsent) {
        Integer value = whole(key);
        return value == null ? ifAbsent : value;
    }

    /** A string, or null if the key is absent, its value null, or complained about. */
    @Nullable
    String text(String key) {
        Json value = get(key);
        if (value == null || value instanceof Json.Null) {
            return null;
        }
        if (value instanceof Json.Text text) {
            return text.value();
        }
        findings.expected(value.place(), "\"" + key + "\" of " + where, "a string", value.kind());
        return null;
    }

    boolean bool(String key, boolean ifAbsent) {
        Json value = get(key);
        if (value instanceof Json.Bool bool) {
            return bool.value();
        }
        if (value != null) {
            findings.expected(value.place(), "\"" + key + "\" of " + where, "true or false", value.kind());
        }
        return ifAbsent;
    }

    /** An array of whole numbers, or null if the key is absent. */
    @Nullable
    List<Integer> wholes(String key) {
        Json value = get(key);
        if (value == null) {
            return null;
        }
        List<Integer> numbers = new ArrayList<>();
        if (value instanceof Json.Array array) {
            for (Json item : array.items()) {
                Integer number = Values.whole(item, "an item of \"" + key + "\" of " + where, findings);
                if (number != null) {
                    numbers.add(number);
                }
            }
        } else {
            findings.expected(value.place(), "\"" + key + "\" of " + where, "an array of numbers", value.kind());
        }
        return numbers;
    }

    /** Reports every key that is not among the known ones. */
    void rejectUnknown(List<String> known) {
        for (Json.Member member : object.members()) {
            if (!known.contains(member.key())) {
                findings.unknownKey(member.place(), where, member.key(), known);
            }
        }
    }
}
