package dev.swtch.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swtch.engine.dsl.NativeYaml;
import dev.swtch.engine.result.Outcome;
import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.trace.TraceFile;
import dev.swtch.engine.trace.TraceImport;
import dev.swtch.engine.workload.BadInputException;
import dev.swtch.engine.workload.Workload;
import dev.swtch.machine.cost.CostModel;
import dev.swtch.spi.SchedulerPlugin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every trace of a folder and those below it is counted as perf counts it, where a summary {@code
 * NAME.timehist-summary.txt} stands beside {@code NAME.*}, survives as a native file, and runs on every kernel: our own
 * traces, or those of {@code -Dtrace.dir=DIR}. A trace that cannot be used is refused with a place and a reason.
 */
class TraceFilesTest {
    private static final long LONGEST_NS = 3_000_000_000L;

    @TestFactory
    List<DynamicTest> every_trace() throws IOException {
        String folder = System.getProperty("trace.dir");
        Path files = folder == null ? Path.of("..", "engine", "src", "test", "resources", "traces") : Path.of(folder);
        try (Stream<Path> found = Files.walk(files)) {
            List<DynamicTest> tests = found.filter(TraceFilesTest::isTrace)
                    .sorted()
                    .map(file -> DynamicTest.dynamicTest(files.relativize(file).toString(), () -> check(file)))
                    .toList();
            assertThat(tests).as("traces in %s", files).isNotEmpty();
            return tests;
        }
    }

    private static boolean isTrace(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return TraceFile.isTrace(in.readNBytes(TraceFile.SNIFF));
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private static void check(Path file) throws IOException {
        TraceImport trace;
        try (InputStream in = Files.newInputStream(file)) {
            trace = TraceFile.read(file.toString(), in, List.of());
        } catch (BadInputException refused) {
            System.out.println("trace: refused " + refused.getMessage());
            assertThat(refused.errors()).hasSize(1);
            assertThat(refused.errors().get(0).place()).isNotNull();
            assertThat(refused.errors().get(0).expected()).isNotNull();
            return;
        }
        Path summary = file.resolveSibling(file.getFileName().toString().split("\\.", 2)[0] + ".timehist-summary.txt");
        boolean counted = Files.exists(summary);
        if (counted) {
            assertThat(TimehistSummary.differences(summary, trace.statistics())).isEmpty();
        }
        Workload workload = trace.workload();
        survivesAsFile(workload);
        runsOnEveryKernel(trace);
        System.out.println("trace: " + file.getFileName() + ", " + trace.tasks() + " tasks, " + trace.switches()
                + " switches" + (counted ? ", counted as perf does" : ""));
    }

    private static void survivesAsFile(Workload workload) {
        String text = NativeYaml.write(workload.source());
        Workload again = NativeYaml.read("again.yaml", text.getBytes(StandardCharsets.UTF_8));
        assertThat(again.cpus()).isEqualTo(workload.cpus());
        assertThat(again.durationNs()).isEqualTo(workload.durationNs());
        assertThat(again.threads()).isEqualTo(workload.threads());
        assertThat(again.objects()).isEqualTo(workload.objects());
        for (int i = 0; i < workload.programs().size(); i++) {
            assertThat(again.programs().get(i).disassemble())
                    .isEqualTo(workload.programs().get(i).disassemble());
        }
    }

    private static void runsOnEveryKernel(TraceImport trace) {
        Workload workload = trace.workload();
        long durationNs = Math.min(LONGEST_NS, workload.durationNs());
        RunResult first = null;
        for (SchedulerPlugin plugin : Kernels.found()) {
            String id = plugin.descriptor().id();
            RunResult result =
                    Kernels.run(plugin, workload, "1x" + trace.cpus() + "x1", CostModel.defaults(), durationNs);
            assertThat(result.outcome()).as("%s: %s", id, result.fault()).isEqualTo(Outcome.DONE);
            assertThat(Kernels.disagreements(first == null ? result : first, result))
                    .as(id)
                    .isEmpty();
            first = result;
        }
        assertThat(first).isNotNull();
    }
}
