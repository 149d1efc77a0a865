package dev.swtch.ule.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.swtch.machine.Violation;
import dev.swtch.ule.kern.FieldSink;
import dev.swtch.ule.kern.RecordedScript;
import dev.swtch.ule.kern.RecordedState;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Replays one recorded scenario and compares every event and every field of the state after every operation. */
final class Replay {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BufferedReader records;
    private final Map<Integer, JsonNode> cpus = new HashMap<>();
    private final Map<Integer, JsonNode> threads = new TreeMap<>();
    private final Map<String, String> sleepqs = new HashMap<>();
    private final Map<String, String> turnstiles = new HashMap<>();
    private final Map<String, String> mutexes = new HashMap<>();
    private @Nullable JsonNode global;
    private long operations;
    private long mismatches;
    private @Nullable String firstMismatch;

    Replay(BufferedReader records) {
        this.records = records;
    }

    long operations() {
        return operations;
    }

    long mismatches() {
        return mismatches;
    }

    /** The first mismatch as a readable difference; null if there is none. */
    @Nullable
    String firstMismatch() {
        return firstMismatch;
    }

    /** Replays until the end, or until the kernel breaks one of its rules. */
    Replay run() throws IOException {
        JsonNode header = JSON.readTree(records.readLine());
        String format = header.get("format").asText();
        if (!format.equals("ule-oracle-1") && !format.equals("ule2-oracle-1")) {
            throw new IOException("unknown format " + format);
        }
        RecordedScript script = new RecordedScript(header.get("topology").asText(), format.equals("ule2-oracle-1"));
        for (String line = records.readLine(); line != null; line = records.readLine()) {
            JsonNode record = JSON.readTree(line);
            operations++;
            try {
                script.perform(record.get("op").asText());
            } catch (Violation e) {
                mismatch(record, "violation of " + e.rule(), "none", String.valueOf(e.getMessage()));
                return this;
            } catch (RuntimeException e) {
                mismatch(record, "failure", "none", e.toString());
                return this;
            }
            compare(record, script);
        }
        return this;
    }

    private void mismatch(JsonNode record, String field, String expected, String got) {
        mismatches++;
        if (firstMismatch == null) {
            firstMismatch = "operation " + record.get("n").asText() + ": "
                    + record.get("op").asText() + "\n  " + field + "\n    expected " + expected + "\n    got      "
                    + got;
        }
    }

    private void compare(JsonNode record, RecordedScript script) {
        compareEvents(record, script.events().asJson());
        if (record.has("panic")) {
            return;
        }
        learn(record);
        RecordedState state = script.state();
        JsonNode wantGlobal = global;
        if (wantGlobal != null) {
            Differences found = new Differences(record, "g", wantGlobal);
            state.global(found);
        }
        for (Map.Entry<Integer, JsonNode> cpu : cpus.entrySet()) {
            state.cpu(cpu.getKey(), new Differences(record, "cpu " + cpu.getKey(), cpu.getValue()));
        }
        compareLists(record, "sleep queues", sleepqs, state.sleepqChains());
        compareLists(record, "turnstiles", turnstiles, state.turnstileChains());
        compareLists(record, "mutexes", mutexes, state.mutexes());
        if (!threads.keySet().equals(new TreeSet<>(state.threads()))) {
            mismatch(
                    record,
                    "threads",
                    threads.keySet().toString(),
                    state.threads().toString());
            return;
        }
        for (Map.Entry<Integer, JsonNode> thread : threads.entrySet()) {
            state.thread(thread.getKey(), new Differences(record, "td " + thread.getKey(), thread.getValue()));
        }
    }

    private void compareLists(JsonNode record, String what, Map<String, String> expected, Map<String, String> got) {
        if (!expected.equals(got)) {
            mismatch(record, what, new TreeMap<>(expected).toString(), new TreeMap<>(got).toString());
        }
    }

    private void compareEvents(JsonNode record, Map<String, String> got) {
        Map<String, String> expected = new TreeMap<>();
        for (Iterator<String> names = record.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            switch (name) {
                case "n", "op", "g", "cpu", "td", "sq", "tc", "mx" -> {}
                default -> expected.put(name, record.get(name).toString());
            }
        }
        if (!expected.equals(got)) {
            mismatch(record, "events", expected.toString(), got.toString());
        }
    }

    /** Takes over what the record says has changed. */
    private void learn(JsonNode record) {
        JsonNode newGlobal = record.get("g");
        if (newGlobal != null) {
            global = newGlobal;
        }
        learn(record.get("cpu"), cpus);
        learn(record.get("td"), threads);
        learnLists(record.get("sq"), sleepqs);
        learnLists(record.get("tc"), turnstiles);
        learnLists(record.get("mx"), mutexes);
        JsonNode gone = record.get("gone");
        if (gone != null) {
            gone.forEach(tid -> threads.remove(tid.asInt()));
        }
    }

    private static void learn(@Nullable JsonNode changed, Map<Integer, JsonNode> all) {
        if (changed != null) {
            changed.properties().forEach(entry -> all.put(Integer.valueOf(entry.getKey()), entry.getValue()));
        }
    }

    /** Lists that become empty, and mutexes that become free, are forgotten. */
    private static void learnLists(@Nullable JsonNode changed, Map<String, String> all) {
        if (changed == null) {
            return;
        }
        changed.properties().forEach(entry -> {
            JsonNode list = entry.getValue();
            if (list.isEmpty() || list.toString().equals("[-1,0,0]")) {
                all.remove(entry.getKey());
            } else {
                all.put(entry.getKey(), list.toString());
            }
        });
    }

    /** Compares the fields it is given with a record's. */
    private final class Differences implements FieldSink {
        private final JsonNode record;
        private final String what;
        private final JsonNode expected;

        Differences(JsonNode record, String what, JsonNode expected) {
            this.record = record;
            this.what = what;
            this.expected = expected;
        }

        private JsonNode expected(String field) {
            JsonNode value = expected.get(field);
            if (value == null) {
                throw new IllegalStateException("records have no field " + field + " of " + what);
            }
            return value;
        }

        @Override
        public void number(String field, long value) {
            JsonNode want = expected(field);
            if (want.asLong() != value) {
                mismatch(record, what + " " + field, want.asText(), String.valueOf(value));
            }
        }

        @Override
        public void text(String field, String value) {
            JsonNode want = expected(field);
            if (!want.asText().equals(value)) {
                mismatch(record, what + " " + field, '"' + want.asText() + '"', '"' + value + '"');
            }
        }

        @Override
        public void json(String field, String value) {
            JsonNode want = expected(field);
            if (want.isEmpty() ? !value.equals("[]") : !want.toString().equals(value)) {
                mismatch(record, what + " " + field, want.toString(), value);
            }
        }
    }
}
