package dev.swtch.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swtch.engine.result.Outcome;
import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.rtapp.RtApp;
import dev.swtch.engine.rtapp.RtAppOptions;
import dev.swtch.engine.workload.Workload;
import dev.swtch.machine.cost.CostModel;
import dev.swtch.spi.SchedulerPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every rt-app file of a folder runs on every kernel: our own, or those of {@code -Drtapp.dir=DIR}. */
class RtAppFilesTest {
    private static final long LONGEST_NS = 3_000_000_000L;
    private static final int LEAST_CPUS = 4;

    @Test
    void every_file_runs_on_every_kernel_and_asks_the_same_of_each() throws IOException {
        String folder = System.getProperty("rtapp.dir");
        Path files = folder == null ? Path.of("src", "test", "resources", "rtapp") : Path.of(folder);
        List<String> failures = new ArrayList<>();
        int count = 0;
        try (Stream<Path> found = Files.list(files)) {
            for (Path file : found.filter(path -> path.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                count++;
                String failure = failureOf(file);
                if (!failure.isEmpty()) {
                    failures.add(file.getFileName() + ": " + failure);
                }
            }
        }
        System.out.println("rt-app: " + count + " files, " + failures.size() + " failed");
        assertThat(failures).isEmpty();
        assertThat(count).as("files in %s", files).isPositive();
    }

    private static String failureOf(Path file) throws IOException {
        Workload workload;
        try {
            workload = RtApp.read(file.toString(), Files.readAllBytes(file), RtAppOptions.defaults())
                    .workload();
        } catch (RuntimeException refused) {
            return refused.getMessage();
        }
        long durationNs = workload.durationNs() < 0 ? LONGEST_NS : Math.min(LONGEST_NS, workload.durationNs());
        String cpus = "1x" + Math.max(LEAST_CPUS, workload.minimumCpus()) + "x1";
        RunResult first = null;
        for (SchedulerPlugin plugin : Kernels.found()) {
            RunResult result = Kernels.run(plugin, workload, cpus, CostModel.defaults(), durationNs);
            if (result.outcome() == Outcome.PANIC) {
                return plugin.descriptor().id() + " broke " + result.fault();
            }
            if (first != null && !Kernels.disagreements(first, result).isEmpty()) {
                return "different work: " + Kernels.disagreements(first, result);
            }
            first = result;
        }
        return "";
    }
}
