package dev.swtch.cli.bench;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs {@link SwitchBenchmark} and prints its counts per switch beside the goal and the mark. */
final class SwitchReport {
    /** Machine events of this design beyond the bare loop: the goal is at most so many times its cost. */
    private static final int GOAL_FACTOR = 4;

    private SwitchReport() {}

    static void run(List<String> args) throws Exception {
        var options = new OptionsBuilder()
                .parent(new CommandLineOptions(args.toArray(String[]::new)))
                .include(SwitchBenchmark.class.getName());
        Collection<RunResult> results = new Runner(options.build()).run();
        Map<String, Map<String, Double>> bare = new TreeMap<>();
        Map<String, Map<String, Double>> runs = new TreeMap<>();
        for (RunResult result : results) {
            String key = result.getParams().getParam("size") + " "
                    + result.getParams().getParam("scheduler");
            boolean isBare = result.getPrimaryResult().getLabel().equals("bareLoop");
            (isBare ? bare : runs).put(key, counts(result));
        }
        System.out.println();
        System.out.println("size (topology:threads) scheduler | ns/switch | events/switch | decision ns | bytes/switch"
                + " | bare ns/event | rest / (events x bare), goal <= " + GOAL_FACTOR + " | M switches/s");
        for (Map.Entry<String, Map<String, Double>> run : runs.entrySet()) {
            Map<String, Double> loop = bare.get(run.getKey());
            if (loop != null) {
                System.out.println(line(run.getKey(), run.getValue(), loop));
            }
        }
    }

    private static String line(String key, Map<String, Double> run, Map<String, Double> loop) {
        double switches = run.get("switches");
        double ns = run.get("ns") / switches;
        double events = run.get("events") / switches;
        double decision = run.get("decisionNs") / switches;
        double bareNs = loop.get("ns") / loop.get("events");
        return String.format(
                Locale.ROOT,
                "%s | %.0f | %.2f | %.0f | %.3f | %.1f | %.2f | %.2f",
                key,
                ns,
                events,
                decision,
                run.get("bytes") / switches,
                bareNs,
                (ns - decision) / (events * bareNs),
                1000 / ns);
    }

    private static Map<String, Double> counts(RunResult result) {
        Map<String, Double> counts = new TreeMap<>();
        result.getSecondaryResults().forEach((name, secondary) -> counts.put(name, secondary.getScore()));
        return counts;
    }
}
