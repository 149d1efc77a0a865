package dev.swtch.lwkt.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swtch.machine.Violation;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Replays a recording and compares every field of the state after every operation. */
final class Replay {
    private static final String[] RESULTS = {"by", "src", "ret", "kprintf"};

    private final Recording recording;
    private final Player player;
    private ObjectNode expected = JsonNodeFactory.instance.objectNode();
    private int operations;

    Replay(Recording recording, Player player) {
        this.recording = recording;
        this.player = player;
    }

    /** Operations compared so far. */
    int operations() {
        return operations;
    }

    /** Runs to the end or to the first mismatch, which is described. */
    Optional<String> run() {
        for (JsonNode record : recording.records()) {
            String op = record.path("op").asText();
            String difference;
            try {
                difference = compare(record, player.play(op));
            } catch (RuntimeException e) {
                difference = "stopped by " + describe(e);
            }
            if (difference != null) {
                return Optional.of("operation " + record.path("i").asInt() + ": " + op + "\n" + difference);
            }
            operations++;
        }
        return Optional.empty();
    }

    private static String describe(RuntimeException e) {
        StringBuilder text = new StringBuilder(e.toString());
        if (e instanceof Violation violation) {
            text.append(" [").append(violation.rule()).append(']');
        }
        for (StackTraceElement at : e.getStackTrace()) {
            if (at.getClassName().startsWith("dev.swtch")) {
                text.append("\n    at ").append(at);
            }
        }
        return text.toString();
    }

    private @Nullable String compare(JsonNode record, ObjectNode actual) {
        JsonNode panic = record.get("panic");
        if (panic != null || actual.has("panic")) {
            return comparePanic(panic, actual.get("panic"));
        }
        StringBuilder differences = new StringBuilder();
        for (String field : RESULTS) {
            if (record.has(field) || actual.has(field)) {
                difference(differences, field, record.get(field), actual.get(field));
            }
        }
        String op = record.path("op").asText();
        if (op.startsWith("boot ") || op.equals("reset")) {
            expected = JsonNodeFactory.instance.objectNode();
        }
        merge(record.path("d"));
        ObjectNode state = player.state();
        if (!expected.equals(state)) {
            compareTree(differences, "", expected, state);
        }
        return differences.length() == 0 ? null : differences.toString();
    }

    /** Outside lwkt_thread.c the text of an expression is not known for certain: the function decides. */
    private static @Nullable String comparePanic(@Nullable JsonNode expected, @Nullable JsonNode actual) {
        if (expected == null || actual == null) {
            return "  panic: expected " + expected + "\n         got      " + actual;
        }
        boolean same;
        if (expected.path("expr").isNull()) {
            same = expected.path("text").equals(actual.path("text"));
        } else {
            same = expected.path("func").equals(actual.path("func"))
                    && (!expected.path("at").asText().startsWith("lwkt_thread.c")
                            || squeeze(expected.path("expr")).equals(squeeze(actual.path("expr"))));
        }
        return same ? null : "  panic: expected " + expected + "\n         got      " + actual;
    }

    private static String squeeze(JsonNode expression) {
        return expression.asText().replaceAll("\\s", "");
    }

    /** Sections hold objects by name; whatever is gone leaves. */
    private void merge(JsonNode delta) {
        for (Map.Entry<String, JsonNode> section : delta.properties()) {
            ObjectNode into = child(expected, section.getKey());
            for (Map.Entry<String, JsonNode> field : section.getValue().properties()) {
                JsonNode value = field.getValue();
                if (!value.isObject()) {
                    into.set(field.getKey(), value);
                } else if (value.path("gone").asBoolean()) {
                    into.remove(field.getKey());
                } else {
                    child(into, field.getKey()).setAll((ObjectNode) value);
                }
            }
        }
    }

    private static ObjectNode child(ObjectNode parent, String name) {
        JsonNode existing = parent.get(name);
        return existing instanceof ObjectNode node ? node : parent.putObject(name);
    }

    private static void compareTree(
            StringBuilder out, String path, @Nullable JsonNode expected, @Nullable JsonNode actual) {
        if (expected instanceof ObjectNode left && actual instanceof ObjectNode right) {
            TreeSet<String> names = new TreeSet<>();
            left.fieldNames().forEachRemaining(names::add);
            right.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                compareTree(out, path.isEmpty() ? name : path + "." + name, left.get(name), right.get(name));
            }
        } else {
            difference(out, path, expected, actual);
        }
    }

    private static void difference(
            StringBuilder out, String field, @Nullable JsonNode expected, @Nullable JsonNode actual) {
        if (expected == null ? actual != null : !expected.equals(actual)) {
            out.append("  ").append(field).append(": expected ").append(expected);
            out.append(", got ").append(actual).append('\n');
        }
    }
}
