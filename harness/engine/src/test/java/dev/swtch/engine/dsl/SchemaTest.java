package dev.swtch.engine.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The schema for editors and the reader know the same words. */
class SchemaTest {
    private JsonNode schema = new ObjectMapper().createObjectNode();

    @BeforeEach
    void read() throws IOException {
        schema = new ObjectMapper().readTree(NativeYaml.schema());
    }

    private List<String> keys(String path) {
        JsonNode properties = schema.at(path + "/properties");
        assertThat(properties.isObject()).as(path).isTrue();
        List<String> keys = new ArrayList<>();
        properties.fieldNames().forEachRemaining(keys::add);
        assertThat(schema.at(path + "/additionalProperties").asBoolean(true))
                .as(path)
                .isFalse();
        return keys;
    }

    @Test
    void they_know_the_same_keys() {
        assertThat(keys("")).containsExactlyInAnyOrderElementsOf(WorkloadReader.KEYS);
        assertThat(keys("/$defs/thread")).containsExactlyInAnyOrderElementsOf(ThreadReader.KEYS);
        assertThat(keys("/$defs/phase")).containsExactlyInAnyOrderElementsOf(ThreadReader.PHASE_KEYS);
        assertThat(keys("/$defs/device")).containsExactlyInAnyOrderElementsOf(Devices.KEYS);
        assertThat(keys("/$defs/arrivals")).containsExactlyInAnyOrderElementsOf(Devices.ARRIVALS);
        assertThat(keys("/$defs/measure")).containsExactlyInAnyOrderElementsOf(MeasureReader.KEYS);
        assertThat(keys("/$defs/measure/properties/work")).containsExactlyInAnyOrderElementsOf(MeasureReader.WORK);
        assertThat(keys("/$defs/requires")).containsExactlyInAnyOrderElementsOf(GoalsReader.REQUIRES);
        assertThat(schema.at("/properties/measure/properties").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(GoalsReader.FURTHER);
        assertThat(keys("/$defs/open-load"))
                .containsExactlyInAnyOrderElementsOf(Stream.of(ArrivalsReader.ALWAYS, ArrivalsReader.SOMETIMES)
                        .flatMap(List::stream)
                        .toList());
        assertThat(keys("/$defs/open-load/properties/each")).containsExactlyInAnyOrderElementsOf(ArrivalsReader.EACH);
        assertThat(keys("/$defs/open-load/properties/states/items"))
                .containsExactlyInAnyOrderElementsOf(ArrivalsReader.STATE);
        assertThat(keys("/$defs/bounds")).containsExactlyInAnyOrderElementsOf(ExpectationReader.BOUNDS);
        assertThat(keys("/$defs/step/anyOf/1/properties/set")).containsExactlyInAnyOrderElementsOf(Attributes.KEYS);
        assertThat(keys("/$defs/dist"))
                .containsExactlyInAnyOrderElementsOf(Stream.of(DistReader.NAMES, DistReader.LIMITS)
                        .flatMap(List::stream)
                        .toList());
    }

    @Test
    void they_know_the_same_steps_and_objects() {
        assertThat(keys("/$defs/step/anyOf/1")).containsExactlyInAnyOrderElementsOf(StepReader.WORDS);
        assertThat(words("/$defs/step/anyOf/0/enum")).containsExactlyInAnyOrderElementsOf(StepReader.BARE);
        List<String> kinds = new ArrayList<>(ObjectKind.keys());
        assertThat(words("/$defs/object/anyOf/0/enum")).containsExactlyInAnyOrderElementsOf(kinds);
        kinds.add("count");
        assertThat(keys("/$defs/object/anyOf/1")).containsExactlyInAnyOrderElementsOf(kinds);
        for (ObjectKind kind : ObjectKind.values()) {
            JsonNode forms = schema.at("/$defs/object/anyOf/1/properties/" + kind.key + "/anyOf");
            JsonNode last = forms.isArray() ? forms.get(forms.size() - 1).get("properties") : forms;
            List<String> fields = new ArrayList<>();
            last.fieldNames().forEachRemaining(fields::add);
            assertThat(fields).as(kind.key).containsExactlyInAnyOrderElementsOf(kind.fields());
        }
    }

    @Test
    void they_know_the_same_choices() {
        assertThat(words("/$defs/thread/properties/class/enum")).containsExactlyElementsOf(Attributes.CLASSES);
        assertThat(words("/$defs/open-load/properties/process/enum"))
                .containsExactlyElementsOf(ArrivalsReader.PROCESSES);
        assertThat(Arrays.asList("skip", "catch-up", "restart")).isEqualTo(words("/$defs/missed/enum"));
    }

    private List<String> words(String path) {
        List<String> words = new ArrayList<>();
        schema.at(path).forEach(word -> words.add(word.asText()));
        return words;
    }
}
