package dev.swtch.report;

import dev.swtch.engine.result.ArrivalResult;
import dev.swtch.engine.result.CostShare;
import dev.swtch.engine.result.CounterValue;
import dev.swtch.engine.result.CpuTimes;
import dev.swtch.engine.result.FairnessResult;
import dev.swtch.engine.result.Fault;
import dev.swtch.engine.result.Idling;
import dev.swtch.engine.result.LabelResult;
import dev.swtch.engine.result.Latencies;
import dev.swtch.engine.result.Outcome;
import dev.swtch.engine.result.Percentile;
import dev.swtch.engine.result.Population;
import dev.swtch.engine.result.Quantiles;
import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.result.Switches;
import dev.swtch.engine.result.ThreadResult;
import dev.swtch.machine.cost.Charge;
import dev.swtch.spi.plugin.Capability;
import dev.swtch.spi.plugin.Means;
import dev.swtch.spi.plugin.PluginDescriptor;
import dev.swtch.spi.plugin.PluginKind;
import dev.swtch.spi.plugin.Tunable;
import dev.swtch.spi.thread.ThreadClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Hand-made results: a quick scheduler, a slow one, one that stalls, one that panics, one that is left out. */
final class SampleRuns {
    static final PluginDescriptor ALPHA = plugin("alpha", "Alpha kernel threads", "Alpha 3.6, kern/alpha_switch.c");
    static final PluginDescriptor BETA = plugin("beta", "Beta timeshare", "Beta 14, kern/sched_beta.c");
    private static final long CPUS = 4;

    private SampleRuns() {}

    private static PluginDescriptor plugin(String id, String title, String lineage) {
        return new PluginDescriptor(
                id,
                title,
                lineage,
                PluginKind.KERNEL,
                List.of(Tunable.number("slice", 10, 1, 100, "ticks", "Length of a slice.")),
                Set.of(Capability.SERIALIZER, Capability.BIND, Capability.STOP),
                List.of(new Means("sleep", "one-shot timer and " + id + "'s sleep queue")));
    }

    /** A run without trouble; a larger factor makes it slower. */
    static RunResult done(String column, PluginDescriptor plugin, long factor) {
        return run(column, plugin, Outcome.DONE, null, "", factor, threads(factor, 7), 2_000_000_000L);
    }

    static RunResult stalled(String column, PluginDescriptor plugin) {
        List<ThreadResult> threads = new ArrayList<>(threads(2, 7));
        threads.set(0, thread("audio/0", 10, 77, 4_000_000, 0, "the semaphore \"tick\""));
        return run(column, plugin, Outcome.STALLED, null, "", 2, threads, 731_000_000L);
    }

    static RunResult panic(String column, PluginDescriptor plugin) {
        Fault fault = new Fault(
                "one current context per CPU",
                "web/1 is current on CPU 0 and on CPU 2",
                2,
                1_234_567,
                List.of("CPU 0  web/1      swi_sched <- fast_interrupt", "CPU 2  web/1      mi_switch <- idle"),
                List.of("1,234.100 us  CPU 2  SWITCH  idle -> web/1"));
        return run(column, plugin, Outcome.PANIC, fault, "", 1, List.of(), 1_234_567);
    }

    static RunResult excluded(String column, PluginDescriptor plugin) {
        String because = "the workload needs serializers, which " + plugin.id() + " does not have";
        return run(column, plugin, Outcome.EXCLUDED, null, because, 0, List.of(), 0);
    }

    static RunResult starving(String column, PluginDescriptor plugin) {
        List<ThreadResult> threads = new ArrayList<>(threads(1, 7));
        threads.add(thread("batch/0", 0, 1, 0, 1_999_000_000L, ""));
        return run(column, plugin, Outcome.DONE, null, "", 1, threads, 2_000_000_000L);
    }

    /** The same work, differently drawn. */
    static RunResult otherWork(String column, PluginDescriptor plugin) {
        return run(column, plugin, Outcome.DONE, null, "", 1, threads(1, 8), 2_000_000_000L);
    }

    static Comparison comparison(RunResult... runs) {
        List<ColumnRuns> columns = new ArrayList<>();
        for (RunResult run : runs) {
            columns.add(ColumnRuns.of(run));
        }
        return new Comparison(setup(1), columns, Bounds.NONE, List.of());
    }

    /** Two columns with several seeds each. */
    static Comparison seeds(int seeds) {
        List<RunResult> alpha = new ArrayList<>();
        List<RunResult> beta = new ArrayList<>();
        for (int seed = 0; seed < seeds; seed++) {
            alpha.add(done("alpha", ALPHA, 1 + seed % 3));
            beta.add(done("beta", BETA, 5 + seed % 2));
        }
        return new Comparison(
                setup(seeds),
                List.of(
                        new ColumnRuns("alpha", new TreeMap<>(), alpha),
                        new ColumnRuns("beta", new TreeMap<>(Map.of("slice", 12L)), beta)),
                Bounds.NONE,
                List.of());
    }

    private static Comparison.Setup setup(int seeds) {
        List<Long> all = new ArrayList<>();
        for (long seed = 1; seed <= seeds; seed++) {
            all.add(seed);
        }
        return new Comparison.Setup(
                "mixed", "hogs beside threads that wait for them", "1x4x1", 2_000_000_000L, all, "default", true);
    }

    private static RunResult run(
            String column,
            PluginDescriptor plugin,
            Outcome outcome,
            @Nullable Fault fault,
            String because,
            long factor,
            List<ThreadResult> threads,
            long elapsedNs) {
        return run(column, plugin, outcome, fault, because, factor, threads, elapsedNs, 0);
    }

    /** A run in which some ready time belongs to waits that did not end. */
    static RunResult unended(String column, PluginDescriptor plugin, long unendedNs) {
        return run(column, plugin, Outcome.DONE, null, "", 1, threads(1, 7), 2_000_000_000L, unendedNs);
    }

    private static RunResult run(
            String column,
            PluginDescriptor plugin,
            Outcome outcome,
            @Nullable Fault fault,
            String because,
            long factor,
            List<ThreadResult> threads,
            long elapsedNs,
            long unendedNs) {
        long kernelNs = 12_345_678 * factor;
        long userNs = elapsedNs * 3 - kernelNs;
        long coldNs = 1_500_000 * factor;
        return new RunResult(
                column,
                plugin,
                outcome,
                fault,
                because,
                elapsedNs,
                0,
                new CpuTimes(0, userNs, 0, coldNs, kernelNs, 0, elapsedNs * CPUS - userNs - coldNs - kernelNs),
                new Switches(
                        20_000 * factor, 18_000, 20_000 * factor - 18_000, 40 * factor, 9_000, 512, 6_000, 0, 3, 1),
                new Latencies(
                        quantiles(4_200, 12_400 * factor * factor, 400_000 * factor),
                        quantiles(3_000, 11_000 * factor * factor, 399_000 * factor),
                        quantiles(900, 1_400, 2_000),
                        new Quantiles(
                                1_000,
                                (700_000_000 * factor + (factor > 1 ? 120_000_000 : 0) + 1_250_000 - unendedNs) / 1_000,
                                2_500,
                                90_000 * factor,
                                3_000_000 * factor),
                        700_000_000 * factor,
                        factor > 1 ? 120_000_000 : 0,
                        0,
                        1_250_000),
                Idling.NONE,
                List.of(
                        new CostShare(Charge.CONTEXT_LOAD, 20_000 * factor, 1_200_000 * factor),
                        new CostShare(Charge.INTERRUPT_ENTER, 6_000, 2_100_000),
                        new CostShare(Charge.LOCK_WAIT, 3, 0)),
                41_000 * Math.max(1, factor),
                threads,
                List.of(frame(elapsedNs, quantiles(8_000_000, 9_000_000 * factor, 9_900_000 * factor))),
                List.of(new ArrivalResult("clients", 9_100, 50 * factor)),
                List.of(new FairnessResult("all", 2, 800_000 / Math.max(1, factor), 1_500_000_000L, 4_500_000_000L)),
                List.of(
                        new CounterValue(
                                "switches by type", "SWT_" + plugin.id().toUpperCase(Locale.ROOT), 18_000),
                        new CounterValue("switches by type", "SWT_NEVER", 0),
                        new CounterValue("preemption", "hit", 123 * factor)),
                400_000,
                List.of());
    }

    private static LabelResult frame(long elapsedNs, Quantiles times) {
        long endedNs = times.meanNs() * times.count();
        return new LabelResult(
                "frame",
                times,
                1_000_000,
                List.of(new Percentile(99_900, times.maxNs() - 1)),
                List.of(),
                List.of(),
                new Population(elapsedNs, endedNs + 5_000, times.count(), endedNs, 5_000, 0),
                8_500_000,
                90,
                1);
    }

    private static Quantiles quantiles(long p50, long p99, long max) {
        return new Quantiles(9_000, p50 + 100, p50, p99, max);
    }

    private static List<ThreadResult> threads(long factor, long hash) {
        return List.of(
                thread("audio/0", 4_000, 4_000 * hash, 1_500_000_000L, 20_000_000 * factor, ""),
                thread("hog/0", 100 + factor, (100 + factor) * hash, 4_500_000_000L, 600_000_000 * factor, ""));
    }

    private static ThreadResult thread(String path, long steps, long hash, long userNs, long readyNs, String waitsFor) {
        return new ThreadResult(
                path,
                ThreadClass.TIMESHARE,
                userNs,
                0,
                steps,
                hash,
                steps / 2,
                3,
                readyNs,
                quantiles(4_000, 12_000, 100_000),
                false,
                waitsFor);
    }
}
