package dev.swtch.engine.dsl;

import dev.swtch.engine.workload.Goals;
import dev.swtch.engine.workload.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Groups that threads say they belong to; between the threads of one, work should be fair. */
final class Groups {
    private final Map<String, Goals.FairGroup> groups = new LinkedHashMap<>();

    /** Threads belong to a group: by their paths, or by what several were written as. */
    void add(String group, List<String> threads, Place place) {
        if (!group.isEmpty()) {
            groups.merge(
                    group,
                    new Goals.FairGroup(group, threads, place),
                    (known, further) -> known.with(further.threads()));
        }
    }

    List<Goals.FairGroup> all() {
        return List.copyOf(groups.values());
    }
}
