package dev.swtch.engine.rtapp;

import dev.swtch.engine.workload.Dist;
import dev.swtch.engine.workload.Step;
import java.util.List;

/** Turns memory and file accesses into work, by the costs of the options. */
final class AccessReader {
    private static final List<String> KEYS = List.of("type", "size", "count", "stride", "pattern", "ref");
    private static final List<String> TYPES = List.of("read", "write", "chase");
    private static final long NS_PER_US = 1_000;

    private final Findings findings;
    private final RtAppOptions.AccessCosts costs;

    AccessReader(Findings findings, RtAppOptions.AccessCosts costs) {
        this.findings = findings;
        this.costs = costs;
    }

    List<Step> read(Json.Member event, String word) {
        if (word.equals("memrun")) {
            return memrun(event);
        }
        Integer bytes = Values.count(event.value(), EventReader.what(event, word) + ": bytes", findings);
        if (bytes == null) {
            return List.of();
        }
        if (word.equals("iorun")) {
            assume(event, "iorun", costs.ioBytesPerUs() == 0 ? "free" : costs.ioBytesPerUs() + " bytes/us");
            long workNs = costs.ioBytesPerUs() == 0 ? 0 : bytes * NS_PER_US / costs.ioBytesPerUs();
            return List.of(new Step.KernelWork(Dist.of(workNs)));
        }
        assume(event, "mem", costs.memoryBytesPerUs() + " bytes/us");
        return List.of(new Step.Compute(Dist.of(bytes * NS_PER_US / costs.memoryBytesPerUs())));
    }

    private List<Step> memrun(Json.Member event) {
        if (!(event.value() instanceof Json.Obj object)) {
            findings.expected(
                    event.value().place(),
                    EventReader.what(event, "memrun"),
                    "an object with \"type\", \"size\" and \"count\"",
                    event.value().kind());
            return List.of();
        }
        Fields fields = new Fields(object, "the memrun event", findings);
        fields.rejectUnknown(KEYS);
        String type = fields.text("type");
        if (type == null || !TYPES.contains(type)) {
            findings.unknown(
                    fields.placeOf("type"),
                    type == null ? "a memrun event needs a \"type\"" : "\"" + type + "\" is not a type of memrun",
                    type == null ? "" : type,
                    TYPES);
            return List.of();
        }
        long size = positive(fields, "size");
        long count = positive(fields, "count");
        if (type.equals("chase")) {
            assume(event, "memrun chase", costs.chaseHopNs() + " ns a hop");
            return List.of(new Step.Compute(Dist.of(count * costs.chaseHopNs())));
        }
        assume(event, "memrun " + type, costs.memoryBytesPerUs() + " bytes/us, size times count bytes");
        long workUs = size * count / costs.memoryBytesPerUs();
        long restNs = size * count % costs.memoryBytesPerUs() * NS_PER_US / costs.memoryBytesPerUs();
        return List.of(new Step.Compute(Dist.of(workUs * NS_PER_US + restNs)));
    }

    private long positive(Fields fields, String key) {
        Json value = fields.get(key);
        Integer number = value == null ? null : Values.count(value, "\"" + key + "\" of " + fields.where(), findings);
        return number == null ? 1 : number;
    }

    private void assume(Json.Member event, String what, String cost) {
        findings.warnOnce(event.place(), "assumed cost of " + what + ": " + cost);
    }
}
