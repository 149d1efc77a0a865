package dev.swtch.ule.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * The kernel makes the decisions that were recorded from FreeBSD's own code, step by step.
 *
 * <p>Replays the recordings that come with the tests, or all under a directory: {@code -Dgolden.dir=DIR}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GoldenReplayTest {
    private long scenarios;
    private long operations;
    private long mismatches;

    @TestFactory
    Stream<DynamicTest> replays_every_recorded_decision() throws IOException, URISyntaxException {
        String dir = System.getProperty("golden.dir");
        Path root = dir == null ? bundled() : Path.of(dir);
        List<Path> files;
        try (Stream<Path> found = Files.walk(root)) {
            files = found.filter(GoldenReplayTest::isRecording).sorted().toList();
        }
        assertTrue(!files.isEmpty(), () -> "no recordings under " + root);
        return files.stream().map(file -> DynamicTest.dynamicTest(name(file), () -> replay(file)));
    }

    private static Path bundled() throws URISyntaxException {
        URL golden = GoldenReplayTest.class.getResource("/golden");
        if (golden == null) {
            throw new IllegalStateException("the recordings are not among the test resources");
        }
        return Path.of(golden.toURI());
    }

    private static boolean isRecording(Path file) {
        String name = name(file);
        return name.endsWith(".jsonl") || name.endsWith(".jsonl.gz");
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private void replay(Path file) throws IOException {
        try (InputStream raw = Files.newInputStream(file);
                InputStream unpacked = name(file).endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                BufferedReader records = new BufferedReader(new InputStreamReader(unpacked, StandardCharsets.UTF_8))) {
            Replay replay = new Replay(records).run();
            scenarios++;
            operations += replay.operations();
            mismatches += replay.mismatches();
            assertEquals(0, replay.mismatches(), () -> name(file) + ", " + replay.firstMismatch());
        }
    }

    @AfterAll
    void prints_the_summary() {
        System.out.println(
                "golden: " + scenarios + " scenarios, " + operations + " operations, " + mismatches + " mismatches");
    }
}
