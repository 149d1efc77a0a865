package dev.swtch.engine.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swtch.engine.discovery.BadChoiceException;
import dev.swtch.engine.workload.BadInputException;
import dev.swtch.engine.workload.Diagnostic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * A parser under inputs made of good ones. Whatever it is given, it reads it or says in a message what is wrong; it never
 * fails in another way. {@code -Dfuzz.runs=N} makes N inputs instead of a few, {@code -Dfuzz.seed=S} others ({@code mvn
 * -Pfuzz test} does so for all parsers). Inputs that once broke a parser stand in {@code src/test/resources/fuzz} and are
 * tried every time.
 */
public final class Fuzz {
    private static final int FEW = 150;
    private static final Path BROKEN = Path.of("src", "test", "resources", "fuzz");

    private final String parser;
    private final Consumer<byte[]> read;

    private Fuzz(String parser, Consumer<byte[]> read) {
        this.parser = parser;
        this.read = read;
    }

    /**
     * The tests of one parser.
     *
     * @param parser its name, also that of the folder of inputs that once broke it
     * @param good inputs that it reads
     * @param words what its language consists of
     * @param read calls it
     */
    public static List<DynamicTest> tests(String parser, List<String> good, List<String> words, Consumer<byte[]> read)
            throws IOException {
        return testsOfBytes(
                parser,
                good.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList(),
                words,
                read);
    }

    /** The same for inputs that are no text. */
    public static List<DynamicTest> testsOfBytes(
            String parser, List<byte[]> good, List<String> words, Consumer<byte[]> read) throws IOException {
        Fuzz fuzz = new Fuzz(parser, read);
        List<DynamicTest> tests = new ArrayList<>();
        tests.add(DynamicTest.dynamicTest(parser + ": good inputs", () -> good.forEach(read)));
        for (Path file : broken(parser)) {
            tests.add(DynamicTest.dynamicTest(file.toString(), () -> fuzz.check(Files.readAllBytes(file), "")));
        }
        long seed = Long.getLong("fuzz.seed", 1);
        int runs = Integer.getInteger("fuzz.runs", FEW);
        tests.add(DynamicTest.dynamicTest(parser + ": " + runs + " inputs of seed " + seed, () -> {
            Mutator mutator = new Mutator(seed, good, words);
            for (int run = 0; run < runs; run++) {
                fuzz.check(mutator.next(), "seed " + seed + ", input " + run);
            }
        }));
        return tests;
    }

    private static List<Path> broken(String parser) throws IOException {
        Path folder = BROKEN.resolve(parser);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    @SuppressWarnings("CatchAndPrintStackTrace") // the trace belongs to the report of the failure
    private void check(byte[] input, String which) {
        try {
            read.accept(input);
        } catch (BadInputException refused) {
            refused.errors().forEach(Fuzz::check);
        } catch (BadChoiceException refused) {
            assertThat(refused.getMessage()).isNotBlank().doesNotContain("Exception", "java.");
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError broken) {
            throw new AssertionError(parser + ", " + which + " broke on " + shown(input), broken);
        }
    }

    /** One line, of a length that somebody reads, and not in the words of the program itself. */
    private static void check(Diagnostic error) {
        assertThat(error.toString())
                .isNotBlank()
                .doesNotContain("\n", "Exception", "java.")
                .hasSizeLessThan(2_000);
    }

    private static String shown(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        return text.length() > 2_000
                ? input.length + " bytes"
                : "\n" + text + "\n" + HexFormat.of().formatHex(input);
    }
}
