package dev.swtch.engine.dsl;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Holds a file against the schema, as far as the schema goes. A text is whatever stands in one word, as the reader takes
 * it, be it quoted or look like a number.
 */
final class Schema {
    private final JsonNode root;

    Schema() throws JsonProcessingException {
        root = new ObjectMapper().readTree(NativeYaml.schema());
    }

    /** What the schema has against a file; empty if it accepts it. */
    List<String> complaints(String text) {
        Findings findings = new Findings();
        Yaml file = new YamlReader("w.yaml", findings).read(text.getBytes(StandardCharsets.UTF_8));
        List<String> complaints = new ArrayList<>();
        check(file, root, complaints);
        return complaints;
    }

    private void check(Yaml value, JsonNode schema, List<String> complaints) {
        schema.properties().forEach(rule -> {
            if (!holds(rule.getKey(), rule.getValue(), value, schema, complaints)) {
                complaints.add(value.place() + ": " + value.kind() + " breaks " + rule.getKey() + " "
                        + Texts.shortened(rule.getValue().toString()));
            }
        });
    }

    private boolean accepts(Yaml value, JsonNode schema) {
        List<String> complaints = new ArrayList<>();
        check(value, schema, complaints);
        return complaints.isEmpty();
    }

    private boolean holds(String rule, JsonNode wanted, Yaml value, JsonNode schema, List<String> complaints) {
        switch (rule) {
            case "$schema", "$id", "title", "description", "$defs" -> {
                return true;
            }
            case "$ref" -> {
                check(value, root.at(wanted.asText().substring(1)), complaints);
                return true;
            }
            case "type" -> {
                return wanted.isArray() ? stream(wanted).anyMatch(type -> is(value, type)) : is(value, wanted);
            }
            case "const" -> {
                return value instanceof Yaml.Scalar word && word.text().equals(wanted.asText());
            }
            case "enum" -> {
                return stream(wanted)
                        .anyMatch(each ->
                                value instanceof Yaml.Scalar word && word.text().equals(each.asText()));
            }
            case "anyOf" -> {
                return stream(wanted).anyMatch(each -> accepts(value, each));
            }
            default -> {
                return value instanceof Yaml.Obj object
                        ? ofObject(rule, wanted, object, schema, complaints)
                        : !(value instanceof Yaml.Seq list) || ofList(rule, wanted, list, schema, complaints);
            }
        }
    }

    private boolean ofObject(String rule, JsonNode wanted, Yaml.Obj object, JsonNode schema, List<String> complaints) {
        List<String> keys = object.members().stream().map(Yaml.Member::key).toList();
        switch (rule) {
            case "properties" -> {
                for (Yaml.Member member : object.members()) {
                    if (wanted.has(member.key())) {
                        check(member.value(), wanted.get(member.key()), complaints);
                    }
                }
                return true;
            }
            case "additionalProperties" -> {
                for (Yaml.Member member : object.members()) {
                    if (!schema.path("properties").has(member.key())) {
                        if (wanted.isBoolean()) {
                            return wanted.asBoolean();
                        }
                        check(member.value(), wanted, complaints);
                    }
                }
                return true;
            }
            case "required" -> {
                return stream(wanted).allMatch(key -> keys.contains(key.asText()));
            }
            case "minProperties" -> {
                return keys.size() >= wanted.asInt();
            }
            case "maxProperties" -> {
                return keys.size() <= wanted.asInt();
            }
            case "dependentRequired" -> {
                return keys.stream()
                        .allMatch(key -> stream(wanted.path(key)).allMatch(need -> keys.contains(need.asText())));
            }
            case "items", "prefixItems", "minItems", "maxItems" -> {
                return true;
            }
            default -> throw new IllegalStateException("a rule that this test does not know: " + rule);
        }
    }

    private boolean ofList(String rule, JsonNode wanted, Yaml.Seq list, JsonNode schema, List<String> complaints) {
        int first = schema.path("prefixItems").size();
        switch (rule) {
            case "items" -> list.items().stream().skip(first).forEach(item -> check(item, wanted, complaints));
            case "prefixItems" -> {
                for (int i = 0; i < Math.min(first, list.items().size()); i++) {
                    check(list.items().get(i), wanted.get(i), complaints);
                }
            }
            case "minItems" -> {
                return list.items().size() >= wanted.asInt();
            }
            case "maxItems" -> {
                return list.items().size() <= wanted.asInt();
            }
            default -> {}
        }
        return true;
    }

    private static boolean is(Yaml value, JsonNode type) {
        return switch (type.asText()) {
            case "object" -> value instanceof Yaml.Obj;
            case "array" -> value instanceof Yaml.Seq;
            case "null" -> Fields.isNothing(value);
            case "boolean" ->
                value instanceof Yaml.Scalar word && List.of("true", "false").contains(word.text());
            case "integer", "number" ->
                value instanceof Yaml.Scalar word && word.text().matches("[-+]?[0-9]+([.][0-9]+)?");
            default -> value instanceof Yaml.Scalar;
        };
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
