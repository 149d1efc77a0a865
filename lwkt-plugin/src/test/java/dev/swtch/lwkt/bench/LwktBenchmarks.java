package dev.swtch.lwkt.bench;

import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs {@link LwktBenchmark} and prints the best fork beside the C code's minimum, and what was allocated. */
final class LwktBenchmarks {
    /**
     * Minimum in ns of DragonFly 3.6's own code with assertions on, built for user space with a real stack switch, on an
     * Intel Xeon with 2 shared CPUs, gcc 12.2 -O2.
     */
    private static final Map<String, Double> C_NS = Map.of(
            "enqueueDequeue1", 4.57,
            "enqueueDequeue10", 10.09,
            "enqueueDequeue1000", 8641.56,
            "switchTwoThreads", 59.53,
            "schedulePreemptReturn", 129.01,
            "remoteSchedule", 199.55,
            "tokenGetRelease", 32.90);

    private LwktBenchmarks() {}

    /** Takes JMH's own arguments. */
    public static void main(String[] args) throws Exception {
        var options = new OptionsBuilder()
                .parent(new CommandLineOptions(args))
                .include(LwktBenchmark.class.getName())
                .addProfiler(GCProfiler.class);
        System.out.println("benchmark | best fork ns | C ns | times C | bytes/op");
        for (RunResult result : new Runner(options.build()).run()) {
            String label = result.getPrimaryResult().getLabel();
            double best = result.getBenchmarkResults().stream()
                    .mapToDouble(fork -> fork.getPrimaryResult().getScore())
                    .min()
                    .orElse(0);
            double c = C_NS.getOrDefault(label, 0.0);
            double bytes =
                    result.getSecondaryResults().get("gc.alloc.rate.norm").getScore();
            System.out.println(String.format(
                    Locale.ROOT, "%s | %.2f | %.2f | %.2f | %.3f", label, best, c, c == 0 ? 0 : best / c, bytes));
        }
    }
}
