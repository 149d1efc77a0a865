package dev.swtch.report;

import static dev.swtch.report.SampleRuns.ALPHA;
import static dev.swtch.report.SampleRuns.BETA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonExportTest {
    private static List<Comparison> comparisons() {
        return List.of(
                SampleRuns.comparison(SampleRuns.done("alpha", ALPHA, 1), SampleRuns.panic("beta", BETA)),
                SampleRuns.seeds(3));
    }

    @Test
    void is_the_golden_text() throws IOException {
        Golden.assertMatches("export.json", JsonExport.text(comparisons()));
    }

    @Test
    void holds_every_run_with_integers() throws IOException {
        JsonNode root = new ObjectMapper().readTree(JsonExport.text(comparisons()));
        JsonNode run = root.at("/comparisons/0/columns/0/runs/0");
        assertThat(run.at("/elapsedNs").longValue()).isEqualTo(2_000_000_000L);
        assertThat(run.at("/threads/1/stepHash").isIntegralNumber()).isTrue();
        assertThat(run.at("/fault").isNull()).isTrue();
        assertThat(root.at("/comparisons/0/columns/1/runs/0/fault/rule").textValue())
                .isEqualTo("one current context per CPU");
        assertThat(root.at("/comparisons/1/columns/0/runs")).hasSize(3);
    }

    @Test
    void sets_are_sorted() {
        assertThat(JsonExport.text(comparisons()).replaceAll("\\s+", ""))
                .contains("[\"BIND\",\"SERIALIZER\",\"STOP\"]");
    }

    @Test
    void replaces_a_file_and_leaves_nothing_else(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("result.json");
        Files.writeString(file, "old");
        JsonExport.write(comparisons(), file);
        assertThat(Files.readString(file)).isEqualTo(JsonExport.text(comparisons()));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void a_missing_directory_is_told(@TempDir Path folder) {
        assertThatThrownBy(() -> JsonExport.write(comparisons(), folder.resolve("no/result.json")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("there is no directory");
    }
}
