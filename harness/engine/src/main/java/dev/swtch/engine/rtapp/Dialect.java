package dev.swtch.engine.rtapp;

import dev.swtch.engine.workload.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What duplicate keys mean. In the default dialect, that of rt-app's workgen, a key seen before in its object gets the
 * first free number behind it, so that every duplicate survives in order. In the strict dialect, that of json-c, the
 * last value stands at the position of the first.
 */
final class Dialect {
    private final boolean strict;
    private final Findings findings;

    /** The different keys that occur twice in some object, and where the first does. */
    private final Set<String> duplicates = new LinkedHashSet<>();

    private @Nullable Place firstDuplicate;

    Dialect(boolean strict, Findings findings) {
        this.strict = strict;
        this.findings = findings;
    }

    /** The tree in which no object has a key twice; warns if that is not what the other dialect would make of it. */
    Json resolve(Json value) {
        Json resolved = resolved(value);
        if (firstDuplicate != null) {
            findings.warn(
                    firstDuplicate,
                    "duplicate keys (" + String.join(", ", duplicates) + "): "
                            + (strict
                                    ? "only the last value of each is kept, at the first position; workgen would keep all"
                                    : "all are kept, in order; rt-app without workgen would keep only the last value of"
                                            + " each, at the first position"));
        }
        return resolved;
    }

    private Json resolved(Json value) {
        if (value instanceof Json.Obj object) {
            return new Json.Obj(object.place(), strict ? collapse(object) : number(object));
        }
        if (value instanceof Json.Array array) {
            return new Json.Array(
                    array.place(), array.items().stream().map(this::resolved).toList());
        }
        return value;
    }

    private List<Json.Member> number(Json.Obj object) {
        Set<String> seen = new HashSet<>();
        List<Json.Member> members = new ArrayList<>();
        for (Json.Member member : object.members()) {
            String key = member.key();
            for (int number = 1; !seen.add(key); number++) {
                key = member.key() + number;
            }
            if (!key.equals(member.key())) {
                duplicate(member);
            }
            members.add(new Json.Member(member.place(), key, resolved(member.value())));
        }
        return members;
    }

    private List<Json.Member> collapse(Json.Obj object) {
        Map<String, Json.Member> byKey = new LinkedHashMap<>();
        for (Json.Member member : object.members()) {
            if (byKey.containsKey(member.key())) {
                duplicate(member);
            }
            byKey.put(member.key(), new Json.Member(member.place(), member.key(), resolved(member.value())));
        }
        return List.copyOf(byKey.values());
    }

    private void duplicate(Json.Member member) {
        if (firstDuplicate == null) {
            firstDuplicate = member.place();
        }
        duplicates.add(member.key());
    }
}
