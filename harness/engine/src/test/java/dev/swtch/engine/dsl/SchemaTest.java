package dev.swtch.engine.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.swtch.engine.workload.BadInputException;
import dev.swtch.engine.workload.bundled.BundledWorkloads;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The schema for editors and the reader know the same words. */
class SchemaTest {
    private static final Path EVERY_WORD = Path.of("src/test/resources/language/every-word.yaml");

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
        assertThat(keys("/$defs/interrupts")).containsExactlyInAnyOrderElementsOf(Interrupts.KEYS);
        assertThat(keys("/$defs/interrupts/properties/arrivals"))
                .containsExactlyInAnyOrderElementsOf(Interrupts.ARRIVALS);
        assertThat(keys("/$defs/interrupts/properties/storm")).containsExactlyInAnyOrderElementsOf(Interrupts.STORM);
        assertThat(keys("/$defs/file")).containsExactlyInAnyOrderElementsOf(ValueFiles.KEYS);
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

    @Test
    void what_is_read_is_completed() throws IOException {
        for (String text : texts()) {
            assertThat(new Schema().complaints(text)).as(text).isEmpty();
        }
    }

    /** A word that is not one of the language, in the place of any other, is refused by both if by one. */
    @Test
    void what_is_not_a_word_of_the_reader_is_none_of_the_schema() throws IOException {
        Schema both = new Schema();
        int told = 0;
        for (String text : texts()) {
            Matcher key = Pattern.compile("(?<=[ {\\n])([a-z-]+): ").matcher(text);
            while (key.find()) {
                String wrong = text.substring(0, key.start()) + "zzz: " + text.substring(key.end());
                String message = refusal(wrong);
                boolean word = message.contains("unknown key \"zzz\"") && !message.contains("in the call of macro")
                        || message.contains("there is no step \"zzz\"");
                List<String> complaints = both.complaints(wrong);
                assertThat(complaints).as(message + wrong).matches(found -> !word || !found.isEmpty());
                assertThat(message).as(complaints + wrong).matches(found -> complaints.isEmpty() || !found.isEmpty());
                told += word ? 1 : 0;
            }
        }
        assertThat(told).isGreaterThan(500);
    }

    private static String refusal(String text) {
        try {
            NativeYaml.read(EVERY_WORD.toString(), text.getBytes(StandardCharsets.UTF_8));
            return "";
        } catch (BadInputException refused) {
            return refused.getMessage();
        }
    }

    private static List<String> texts() throws IOException {
        List<String> texts = new ArrayList<>();
        texts.add(Files.readString(EVERY_WORD));
        for (BundledWorkloads.Bundled bundled : BundledWorkloads.list()) {
            String text = BundledWorkloads.text(bundled.name());
            if (!text.stripLeading().startsWith("{")) {
                texts.add(text);
            }
        }
        return texts;
    }

    /** The file that the other tests take is what its name says. */
    @Test
    void every_word_is_in_the_file_of_every_word() throws IOException {
        String text = Files.readString(EVERY_WORD);
        assertThat(refusal(text)).isEmpty();
        List<String> words = new ArrayList<>(StepReader.WORDS);
        words.addAll(WorkloadReader.KEYS);
        words.addAll(ThreadReader.KEYS);
        words.addAll(DistReader.NAMES);
        words.addAll(ObjectKind.keys());
        words.addAll(Devices.KEYS);
        words.addAll(Interrupts.KEYS);
        words.addAll(ArrivalsReader.PROCESSES);
        words.remove("until");
        assertThat(words).allMatch(word -> text.contains(word));
    }

    private List<String> words(String path) {
        List<String> words = new ArrayList<>();
        schema.at(path).forEach(word -> words.add(word.asText()));
        return words;
    }
}
