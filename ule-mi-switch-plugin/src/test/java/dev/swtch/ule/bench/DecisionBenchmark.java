package dev.swtch.ule.bench;

import dev.swtch.ule.kern.BenchRig;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Host time per decision, with nothing charged. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 8, time = 1)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 5,
        jvmArgs = {"-XX:+UseSerialGC"})
public class DecisionBenchmark {
    private static final int BATCH = 1_000;

    /** One CPU's queue. */
    @State(Scope.Thread)
    public static class Queue {
        /** Runnable threads. */
        @Param({"1", "10", "1000"})
        public int runnable;

        private final BenchRig rig = new BenchRig(1);

        /** Fills the queue. */
        @Setup
        public void prepare() {
            rig.prepareQueue(runnable);
        }
    }

    /** A machine to pick from. */
    @State(Scope.Thread)
    public static class Pick {
        /** CPUs. */
        @Param({"2", "16", "64", "256"})
        public int cpus;

        /** What the search finds. */
        @Param({"fresh", "idle", "busy"})
        public String where = "";

        private BenchRig rig;

        /** Boots. */
        @Setup
        public void prepare() {
            rig = new BenchRig(cpus);
            rig.preparePick(where);
        }
    }

    /** A CPU that ticks. */
    @State(Scope.Thread)
    public static class Ticking {
        /** Whether the balancer runs. */
        @Param({"false", "true"})
        public boolean balancer;

        private final BenchRig rig = new BenchRig(16);

        /** Turns the balancer on. */
        @Setup
        public void prepare() {
            if (balancer) {
                rig.balance();
            }
        }
    }

    /** Threads that sleep and are woken. */
    @State(Scope.Thread)
    public static class Sleepers {
        /** Their number. */
        @Param({"1", "32"})
        public int sleepers;

        private final BenchRig rig = new BenchRig(16);

        /** Puts them to sleep. */
        @Setup
        public void prepare() {
            rig.prepareSleepers(sleepers);
        }
    }

    /** A list of nodes that lie in memory in another order. */
    @State(Scope.Thread)
    public static class Nodes {
        private Node first = new Node(0);

        private static final class Node {
            private final int value;
            private Node next;

            Node(int value) {
                this.value = value;
            }
        }

        /** Links them. */
        @Setup
        public void link() {
            Node[] nodes = new Node[BATCH];
            for (int i = 0; i < BATCH; i++) {
                nodes[i] = new Node(i);
            }
            int step = 389;
            for (int i = 0; i < BATCH - 1; i++) {
                nodes[i * step % BATCH].next = nodes[(i + 1) * step % BATCH];
            }
            first = nodes[0];
        }
    }

    /** {@code sched_add}, {@code tdq_choose}, {@code sched_rem}. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void addChooseRemove(Queue queue) {
        queue.rig.addChooseRemove(BATCH);
    }

    /** {@code sched_pickcpu}. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long pickcpu(Pick pick) {
        return pick.rig.pickcpu(BATCH);
    }

    /** {@code sched_clock} with the thread's lock. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void clockTick(Ticking ticking) {
        ticking.rig.tick(BATCH);
    }

    /** A wake-up, the IPI, the switch to the thread, its sleep and the switch to the idle thread. */
    @Benchmark
    public void sleepWakeupSwitch(Sleepers sleepers) {
        sleepers.rig.cycle();
    }

    /** The walk to compare machines by. */
    @Benchmark
    public int calibration(Nodes nodes) {
        int sum = 0;
        for (Nodes.Node node = nodes.first; node != null; node = node.next) {
            sum += node.value;
        }
        return sum;
    }
}
