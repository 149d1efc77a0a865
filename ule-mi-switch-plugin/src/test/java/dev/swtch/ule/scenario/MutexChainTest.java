package dev.swtch.ule.scenario;

import static dev.swtch.ule.scenario.Scenario.MS;
import static dev.swtch.ule.scenario.Scenario.assertWithin;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.swtch.engine.workload.Workload;
import dev.swtch.engine.workload.WorkloadBuilder;
import dev.swtch.ule.scenario.Scenario.Ran;
import org.junit.jupiter.api.Test;

/**
 * {@code SWT_TURNSTILE} in a chain: three threads each hold a mutex (a serializer is one here), the second waits for the first, the third for
 * the second; an urgent one waits for the third, while a thread of a rank between has the CPU of the first. Ranks are far
 * enough apart to lie in different lists of a run queue.
 */
class MutexChainTest {
    /** What the owners and the urgent one do under their mutexes, but for what was done before the urgent one came. */
    private static final long LEFT_MS = 20 + 5 + 5 + 1 - 7;

    /** Timers of a few ms may fire that much later. */
    private static final double SLACK = 0.005;

    @Test
    void an_urgent_waiter_pulls_all_owners_before_the_one_in_the_middle() {
        Ran ran = Scenario.on("1").run(chain(0, 0, 0, 0));
        assertEquals(3, ran.swt("turnstile"), ran::toString);
        assertWithin(SLACK, LEFT_MS * MS, ran.label("blocked").maxNs(), "blocked");
        assertWithin(SLACK, (8 + 100 + LEFT_MS) * MS, ran.thread("middle").endNs(), "end of the one in the middle");
        assertWithin(SLACK, (138 + 24) * MS, ran.thread("first").endNs(), "the first is the worst again, and last");
    }

    @Test
    void a_priority_is_lent_across_cpus_and_takes_the_first_owner_its_cpu_by_an_ipi() {
        Ran ran = Scenario.on("4").run(chain(0, 1, 2, 3));
        assertEquals(3, ran.swt("turnstile"), ran::toString);
        // Once by the lent priority, and once when the one in the middle comes: an interrupt thread elsewhere releases
        // it.
        assertEquals(2, ran.swt("remotepreempt"), ran::toString);
        assertWithin(SLACK, LEFT_MS * MS, ran.label("blocked").maxNs(), "blocked");
        double aLook = 1e-4;
        assertWithin(
                aLook,
                (8 - 5 + 8 - 6) * MS,
                ran.result().cpus().spinNs(),
                "the others spun from when they came to when the first lost its CPU");
    }

    private static WorkloadBuilder chain(int first, int second, int third, int urgent) {
        return Workload.builder("chain")
                .serializer("m1")
                .serializer("m2")
                .serializer("m3")
                .thread(
                        "first",
                        t -> t.realtime(1)
                                .affinity(first)
                                .start("1ms")
                                .does(b -> b.serialized("m1", in -> in.kernelWork("20ms"))
                                        .compute("10ms")))
                .thread(
                        "second",
                        t -> t.realtime(6)
                                .affinity(second)
                                .start("5ms")
                                .does(b -> b.serialized("m2", in -> in.serialized("m1", in2 -> in2.kernelWork("5ms")))
                                        .compute("10ms")))
                .thread(
                        "third",
                        t -> t.realtime(11)
                                .affinity(third)
                                .start("6ms")
                                .does(b -> b.serialized("m3", in -> in.serialized("m2", in2 -> in2.kernelWork("5ms")))
                                        .compute("10ms")))
                .thread(
                        "middle",
                        t -> t.realtime(16).affinity(first).start("8ms").does(b -> b.compute("100ms")))
                .thread(
                        "urgent",
                        t -> t.realtime(26)
                                .affinity(urgent)
                                .start("30ms")
                                .does(b -> b.begin("blocked")
                                        .serialized(
                                                "m3", in -> in.kernelWork("1ms").end("blocked"))));
    }
}
