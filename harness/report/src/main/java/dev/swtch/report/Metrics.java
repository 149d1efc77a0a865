package dev.swtch.report;

import dev.swtch.engine.result.CpuTimes;
import dev.swtch.engine.result.Latencies;
import dev.swtch.engine.result.Quantiles;
import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.result.Switches;
import dev.swtch.report.text.Fixed;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** The rows of the comparison, by section. */
final class Metrics {
    private static final long TENTHS_PER_SECOND = 10_000_000_000L;

    private Metrics() {}

    /**
     * Rows under one heading.
     *
     * @param title the heading
     * @param metrics the rows
     */
    record Section(String title, List<Metric> metrics) {}

    static List<Section> all(boolean verbose) {
        List<Section> sections = new ArrayList<>(List.of(
                work(),
                quantiles("wake-up to own work", run -> run.latencies().wakeToRun()),
                quantiles("  wake-up to a CPU", run -> run.latencies().wakeToCpu()),
                quantiles("  a CPU to own work", run -> run.latencies().cpuToWork()),
                quantiles("ready and not running", run -> run.latencies().readyWait()),
                readyPlaces(),
                switches(),
                cpuShares(),
                kernel()));
        if (verbose) {
            sections.add(closerLook());
        }
        return sections;
    }

    private static Section work() {
        return new Section(
                "work",
                List.of(
                        Metric.time("work done", RunResult::workNs),
                        Metric.time("  of it in kernel mode", RunResult::workInKernelNs)
                                .ifAny(),
                        Metric.time("elapsed", RunResult::elapsedNs)));
    }

    static Section quantiles(String title, Function<RunResult, Quantiles> times) {
        return new Section(
                title,
                List.of(
                        Metric.time("p50", run -> times.apply(run).p50Ns()),
                        Metric.time("p99", run -> times.apply(run).p99Ns()),
                        Metric.time("max", run -> times.apply(run).maxNs())));
    }

    private static Section readyPlaces() {
        return new Section(
                "  in all, by where",
                List.of(
                        Metric.time("run queue", run -> run.latencies().runQueueNs()),
                        Metric.time("user queue", run -> run.latencies().userQueueNs())
                                .ifAny(),
                        Metric.time("lock", run -> run.latencies().lockNs()).ifAny(),
                        Metric.time("preempted in place", run -> run.latencies().preemptedNs())
                                .ifAny(),
                        Metric.time("of it not ended", Metrics::unendedNs).ifAny()));
    }

    /**
     * Ready time of waits that had not ended when the run did. The quantiles know only waits that ended, so a scheduler
     * that lets threads starve would look quick without this.
     */
    static long unendedNs(RunResult run) {
        Latencies wait = run.latencies();
        long all = wait.runQueueNs() + wait.userQueueNs() + wait.lockNs() + wait.preemptedNs();
        long ended = wait.readyWait().meanNs() * wait.readyWait().count();
        long roundedAway = wait.readyWait().count();
        return all - ended > roundedAway ? all - ended : 0;
    }

    /** Whether waits that had not ended would change the latencies of a run. */
    static boolean isFlattered(RunResult run) {
        long usual = run.latencies().readyWait().maxNs() * run.threads().size();
        return unendedNs(run) > Math.max(1_000_000, usual);
    }

    private static Section switches() {
        return new Section(
                "switches",
                List.of(
                        switchCount("switches", Switches::total),
                        new Metric("  per second", Metric.Kind.RATE, false, Metrics::switchesPerSecond),
                        switchCount("  voluntary", Switches::voluntary),
                        switchCount("  involuntary", Switches::involuntary),
                        switchCount("migrations", Switches::migrations),
                        switchCount("wake-ups", Switches::wakeups),
                        switchCount("IPIs", Switches::ipis),
                        switchCount("interrupts", Switches::interrupts)));
    }

    private static Metric switchCount(String label, ToLongFunction<Switches> count) {
        return Metric.count(label, run -> count.applyAsLong(run.switches()));
    }

    private static long switchesPerSecond(RunResult run) {
        return Fixed.scaled(run.switches().total(), TENTHS_PER_SECOND, run.measuredNs());
    }

    private static Section cpuShares() {
        return new Section(
                "CPU time",
                List.of(
                        cpuShare("user work", CpuTimes::userNs),
                        cpuShare("kernel-mode work", CpuTimes::kernelWorkNs).ifAny(),
                        cpuShare("cold caches", CpuTimes::coldNs).ifAny(),
                        cpuShare("kernel paths", CpuTimes::kernelNs),
                        cpuShare("spinning", CpuTimes::spinNs).ifAny(),
                        cpuShare("idle", CpuTimes::idleNs),
                        cpuShare("not started", CpuTimes::offNs).ifAny()));
    }

    private static Metric cpuShare(String label, ToLongFunction<CpuTimes> part) {
        return Metric.share(label, run -> Fixed.scaled(part.applyAsLong(run.cpus()), 1_000, allNs(run.cpus())));
    }

    /** Time of all CPUs together. */
    static long allNs(CpuTimes cpus) {
        return cpus.offNs()
                + cpus.userNs()
                + cpus.kernelWorkNs()
                + cpus.coldNs()
                + cpus.kernelNs()
                + cpus.spinNs()
                + cpus.idleNs();
    }

    private static Section kernel() {
        return new Section(
                "kernel",
                List.of(
                        Metric.time("kernel time charged", RunResult::kernelNs),
                        Metric.count("decisions (scheduler calls)", RunResult::decisions),
                        new Metric("kernel time per decision", Metric.Kind.PRICE, false, Metrics::pricePerDecision)));
    }

    static long pricePerDecision(RunResult run) {
        return Fixed.scaled(run.kernelNs(), 10, run.decisions());
    }

    private static Section closerLook() {
        return new Section(
                "closer look",
                List.of(
                        Metric.count(
                                "wake-ups measured",
                                run -> run.latencies().wakeToRun().count()),
                        Metric.time(
                                "wake-up to own work, mean",
                                run -> run.latencies().wakeToRun().meanNs()),
                        Metric.time(
                                "ready stretch, mean",
                                run -> run.latencies().readyWait().meanNs()),
                        switchCount("waits for a saved context", Switches::handoffWaits),
                        switchCount("waits for a spin lock", Switches::lockWaits),
                        switchCount("reads before the write", Switches::earlyReads),
                        Metric.count("events simulated", RunResult::events)));
    }
}
