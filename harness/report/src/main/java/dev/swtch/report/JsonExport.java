package dev.swtch.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Writes comparisons as JSON: everything every run measured, numbers as integers, always in the same order. */
public final class JsonExport {
    /** Raised whenever a program that read the last version would misread this one. */
    public static final int VERSION = 1;

    private JsonExport() {}

    /**
     * What the file holds.
     *
     * @param version version of the form
     * @param comparisons one per workload
     */
    public record Document(int version, List<Comparison> comparisons) {}

    /** The JSON text. */
    public static String text(List<Comparison> comparisons) {
        try {
            return writer().writeValueAsString(new Document(VERSION, comparisons)) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /**
     * Writes a file so that whoever reads it finds the old content or the new, never half of it.
     *
     * @throws IOException if it cannot be written; the old content is then still there
     */
    public static void write(List<Comparison> comparisons, Path file) throws IOException {
        WholeFile.write(file, text(comparisons));
    }

    private static ObjectWriter writer() {
        SimpleModule sets = new SimpleModule();
        sets.addSerializer(Set.class, new SortedSets());
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
        return new ObjectMapper().registerModule(sets).writer(printer);
    }

    /** Immutable sets of the JDK have another order in every JVM. */
    @SuppressWarnings("rawtypes")
    private static final class SortedSets extends JsonSerializer<Set> {
        @Override
        public void serialize(Set set, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeStartArray();
            for (Object each : set.stream().sorted().toArray()) {
                provider.defaultSerializeValue(each, json);
            }
            json.writeEndArray();
        }
    }
}
