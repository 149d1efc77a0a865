package dev.swtch.ule.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs {@link DecisionBenchmark} and prints the best fork beside what the kernel's C code took. */
public final class DecisionReport {
    private static final String C_FIGURES = "/bench/c-figures.csv";

    private DecisionReport() {}

    /** Takes JMH's own options. */
    public static void main(String[] args) throws Exception {
        var options = new OptionsBuilder()
                .parent(new CommandLineOptions(args))
                .include(DecisionBenchmark.class.getName())
                .addProfiler(GCProfiler.class);
        Map<String, Double> inC = cFigures();
        List<RunResult> results = new ArrayList<>(new Runner(options.build()).run());
        results.sort(Comparator.comparing(result -> name(result.getParams())));
        System.out.println();
        System.out.println("decision | best ns | C ns | ratio | bytes");
        for (RunResult result : results) {
            String name = name(result.getParams());
            double best = best(result);
            Double c = inC.get(name);
            System.out.printf(
                    Locale.ROOT,
                    "%s | %.1f | %s | %s | %.2f%n",
                    name,
                    best,
                    c == null ? "" : String.format(Locale.ROOT, "%.1f", c),
                    c == null ? "" : String.format(Locale.ROOT, "%.2f", best / c),
                    bytes(result));
        }
    }

    private static double best(RunResult result) {
        double best = Double.MAX_VALUE;
        for (BenchmarkResult fork : result.getBenchmarkResults()) {
            best = Math.min(best, fork.getPrimaryResult().getScore());
        }
        return best;
    }

    private static double bytes(RunResult result) {
        Map<String, Double> scores = new HashMap<>();
        result.getSecondaryResults().forEach((name, secondary) -> scores.put(name, secondary.getScore()));
        return scores.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("gc.alloc.rate.norm"))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    private static String name(BenchmarkParams params) {
        String benchmark = params.getBenchmark();
        StringBuilder name = new StringBuilder(benchmark.substring(benchmark.lastIndexOf('.') + 1));
        for (String key : params.getParamsKeys()) {
            name.append(' ').append(params.getParam(key));
        }
        return name.toString();
    }

    private static Map<String, Double> cFigures() throws IOException {
        Map<String, Double> figures = new HashMap<>();
        try (InputStream file = DecisionReport.class.getResourceAsStream(C_FIGURES)) {
            if (file == null) {
                throw new IOException("no resource " + C_FIGURES);
            }
            var lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8)).lines();
            lines.skip(1).map(line -> line.split(",", -1)).forEach(f -> figures.put(f[0], Double.valueOf(f[1])));
        }
        return figures;
    }
}
