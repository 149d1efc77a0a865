package dev.swtch.cli.bench;

import com.sun.management.ThreadMXBean;
import dev.swtch.engine.run.RunRequest;
import dev.swtch.engine.run.Simulation;
import dev.swtch.engine.workload.Bench;
import dev.swtch.machine.cost.CostModel;
import dev.swtch.machine.event.EventHeap;
import dev.swtch.machine.topology.TopologySpec;
import dev.swtch.spi.SchedulerPlugin;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Host time per simulated context switch, for half hogs and half threads that work and sleep a millisecond in turn, with
 * checks on; and the bare event loop at the same size in the same run.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgs = {"-XX:+UseSerialGC", "-Xmx6g"})
@State(Scope.Thread)
public class SwitchBenchmark {
    private static final int BARE_EVENTS = 100_000;
    private static final long WARM_UP_NS = 600_000_000;

    /** CPUs and threads. */
    @Param({"1x2x1:8", "4x16x1:1000", "8x32x1:100000"})
    public String size = "";

    /** The scheduler, by id. */
    @Param({"lwkt", "ule"})
    public String scheduler = "";

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private RunRequest request;
    private Simulation simulation;
    private BareLoop bare;
    private StackSampler sampler;
    private long now;
    private long step;

    /** Counts that the table is made of. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Counts {
        /** Simulated switches. */
        public long switches;
        /** Machine events. */
        public long events;
        /** CPU time of the simulating thread in ns: other work on the host counts less than in elapsed time. */
        public long ns;
        /** Bytes allocated by the simulating thread. */
        public long bytes;
        /** Host time in the scheduler's code, by samples. */
        public long decisionNs;
    }

    /** Boots the run and lets it settle. */
    @Setup(Level.Trial)
    public void boot() {
        int colon = size.indexOf(':');
        int threads = Integer.parseInt(size.substring(colon + 1));
        var topology = TopologySpec.parse(size.substring(0, colon));
        SchedulerPlugin plugin = ServiceLoader.load(SchedulerPlugin.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.descriptor().id().equals(scheduler))
                .findFirst()
                .orElseThrow();
        request = new RunRequest(
                scheduler,
                plugin,
                Map.of(),
                Bench.halfHogsHalfSleepers(threads),
                topology,
                CostModel.defaults(),
                EventHeap.TIME_LIMIT - 1,
                1,
                true);
        step = Math.max(20_000, 40_000_000L / topology.cpus());
        restart();
        bare = new BareLoop(3 * topology.cpus());
        sampler = new StackSampler(Thread.currentThread(), plugin.getClass().getPackageName());
    }

    private void restart() {
        simulation = Simulation.boot(request);
        now = WARM_UP_NS;
        simulation.advanceTo(now);
    }

    /** Stops the sampler. */
    @TearDown(Level.Trial)
    public void stop() {
        sampler.close();
    }

    /** A stretch of simulated time. */
    @Benchmark
    public long simulate(Counts counts) {
        if (now + step >= EventHeap.TIME_LIMIT - 1) {
            restart();
        }
        long switches = simulation.switches();
        long events = simulation.events();
        long bytes = threads.getCurrentThreadAllocatedBytes();
        long start = threads.getCurrentThreadCpuTime();
        now += step;
        simulation.advanceTo(now);
        long ns = threads.getCurrentThreadCpuTime() - start;
        counts.ns += ns;
        counts.bytes += threads.getCurrentThreadAllocatedBytes() - bytes;
        counts.switches += simulation.switches() - switches;
        counts.events += simulation.events() - events;
        counts.decisionNs += ns * sampler.perMille() / 1000;
        return now;
    }

    /** As many events in the bare loop. */
    @Benchmark
    public long bareLoop(Counts counts) {
        long start = threads.getCurrentThreadCpuTime();
        long time = bare.run(BARE_EVENTS);
        counts.ns += threads.getCurrentThreadCpuTime() - start;
        counts.events += BARE_EVENTS;
        return time;
    }

    /** Runs the benchmark and prints one line per size and scheduler. */
    public static void main(String[] args) throws Exception {
        SwitchReport.run(List.of(args));
    }
}
