package dev.swtch.lwkt.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Replays decisions recorded from the original kernel's code: every bundled scenario, or those below
 * {@code -Dgolden.dir=DIR}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GoldenReplayTest {
    private final List<Path> files = new ArrayList<>();
    private int scenarios;
    private int operations;
    private int mismatches;

    @BeforeAll
    void findRecordings() throws IOException, URISyntaxException {
        String directory = System.getProperty("golden.dir", "");
        if (directory.isBlank()) {
            URL bundled = GoldenReplayTest.class.getResource("/golden");
            assertFalse(bundled == null, "the bundled recordings are not on the class path");
            files.addAll(Recording.files(Path.of(bundled.toURI())));
        } else {
            files.addAll(Recording.files(Path.of(directory)));
        }
        assertFalse(files.isEmpty(), "no recordings found");
    }

    @TestFactory
    Stream<DynamicTest> replays_as_recorded() {
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> replay(file)));
    }

    private void replay(Path file) throws IOException {
        Recording recording = Recording.read(file);
        Replay replay = new Replay(recording, player(recording));
        scenarios++;
        String mismatch = replay.run().orElse("");
        operations += replay.operations();
        if (!mismatch.isEmpty()) {
            operations++;
            mismatches++;
            fail(recording.name() + ", " + mismatch);
        }
    }

    private static Player player(Recording recording) {
        String boot = recording.boot();
        if (boot.startsWith("boot ")) {
            return boot.contains("topo=") ? new DflyPlayer() : new LwktPlayer();
        }
        return fail(recording.name() + " begins with an operation of an unknown format: " + boot);
    }

    @AfterAll
    void summary() {
        System.out.printf("golden: %d scenarios, %d operations, %d mismatches%n", scenarios, operations, mismatches);
        assertEquals(0, mismatches);
    }
}
