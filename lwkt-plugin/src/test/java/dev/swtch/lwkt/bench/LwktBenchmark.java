package dev.swtch.lwkt.bench;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Host time per decision; {@link LwktBenchmarks} prints it beside the C code's. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 5,
        jvmArgs = {"-XX:+UseSerialGC"})
@State(Scope.Thread)
@OperationsPerInvocation(Bench.OPS)
public class LwktBenchmark {
    private Bench one = new Bench(0);
    private Bench ten = one;
    private Bench thousand = one;
    private Bench switching = one;
    private Node first = new Node();

    /** Calibration: a list in memory order. */
    private static final class Node {
        @Nullable
        Node next;

        long value = 1;
    }

    /** Called by JMH. */
    public LwktBenchmark() {}

    /** Boots the kernels. */
    @Setup
    public void boot() {
        one = new Bench(1);
        ten = new Bench(10);
        thousand = new Bench(1_000);
        switching = new Bench(0);
        first = new Node();
        for (int i = 1; i < Bench.OPS; i++) {
            Node head = new Node();
            head.next = first;
            first = head;
        }
    }

    /** Calibration: one linked node. */
    @Benchmark
    public long calibrationNode() {
        long sum = 0;
        for (Node at = first; at != null; at = at.next) {
            sum += at.value;
        }
        return sum;
    }

    /** Behind one other. */
    @Benchmark
    public long enqueueDequeue1() {
        return one.queue();
    }

    /** Behind ten others. */
    @Benchmark
    public long enqueueDequeue10() {
        return ten.queue();
    }

    /** Behind a thousand others. */
    @Benchmark
    public long enqueueDequeue1000() {
        return thousand.queue();
    }

    /** Between two threads. */
    @Benchmark
    public long switchTwoThreads() {
        return switching.switches();
    }

    /** An interrupt thread is scheduled, preempts, and returns. */
    @Benchmark
    public long schedulePreemptReturn() {
        return one.preempt();
    }

    /** Through the IPI queue. */
    @Benchmark
    public long remoteSchedule() {
        return one.remote();
    }

    /** Uncontended. */
    @Benchmark
    public long tokenGetRelease() {
        return one.token();
    }
}
