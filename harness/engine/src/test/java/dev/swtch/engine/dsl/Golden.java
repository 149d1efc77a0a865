package dev.swtch.engine.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares a text with the one kept in the test resources; {@code -Dgolden.update=true} writes it instead. */
final class Golden {
    private static final Path SOURCES = Path.of("src/test/resources/bad-workloads");

    private Golden() {}

    static void assertMatches(String name, String text) throws IOException {
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(Files.createDirectories(SOURCES).resolve(name), text);
            return;
        }
        try (InputStream in = Golden.class.getResourceAsStream("/bad-workloads/" + name)) {
            assertThat(in).as("golden file " + name).isNotNull();
            assertThat(text).isEqualTo(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
