package dev.swtch.lwkt.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * A recorded scenario: one record per operation.
 *
 * @param name the file's name without its extensions
 * @param records the operations, what they returned and what they changed
 */
record Recording(String name, List<JsonNode> records) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Recording files below a directory, by name. */
    static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(file -> file.toString().endsWith(".jsonl")
                            || file.toString().endsWith(".jsonl.gz"))
                    .sorted()
                    .toList();
        }
    }

    static Recording read(Path file) throws IOException {
        List<JsonNode> records = new ArrayList<>();
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    records.add(JSON.readTree(line));
                }
            }
        }
        String name = file.getFileName().toString().replaceAll("\\.jsonl(\\.gz)?$", "");
        return new Recording(name, records);
    }

    /** The first operation, which tells formats apart. */
    String boot() {
        return records.isEmpty() ? "" : records.get(0).path("op").asText();
    }
}
