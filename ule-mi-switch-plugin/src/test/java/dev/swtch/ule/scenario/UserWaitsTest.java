package dev.swtch.ule.scenario;

import static dev.swtch.ule.scenario.Scenario.MS;
import static dev.swtch.ule.scenario.Scenario.assertWithin;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.swtch.engine.result.Outcome;
import dev.swtch.engine.workload.Workload;
import dev.swtch.machine.cost.CostModel;
import dev.swtch.ule.scenario.Scenario.Ran;
import org.junit.jupiter.api.Test;

/** Who is woken when threads are preempted on their way to sleep or while they wake others. */
class UserWaitsTest {
    /** The drop of a serializer lets another thread in, and the device is done, before the first sleeps. */
    @Test
    void a_wake_up_while_a_thread_drops_its_serializer_is_not_lost() {
        Ran ran = Scenario.on("1")
                .run(Workload.builder("dropped")
                        .serializer("lock")
                        .device("disk", d -> d.handler("0ms"))
                        .thread(
                                "sleeper",
                                t -> t.does(b -> b.serialized(
                                        "lock", in -> in.kernelWork("5ms").deviceIo("disk", "3ms"))))
                        .thread(
                                "urgent",
                                t -> t.realtime(20)
                                        .start("1ms")
                                        .does(b -> b.serialized("lock", in -> in.kernelWork("10ms")))));
        assertEquals(Outcome.DONE, ran.result().outcome());
        assertEquals(0, ran.sleeps(), ran::toString);
        assertEquals(1, ran.swt("turnstile"), ran::toString);
        assertWithin(0.01, 15 * MS, ran.result().elapsedNs(), "elapsed");
    }

    @Test
    void a_broadcast_does_not_wake_who_came_while_it_woke_the_others() {
        Ran ran = Scenario.on("1")
                .run(Workload.builder("again")
                        .mutex("lock")
                        .condition("news")
                        .threads(
                                "waiter",
                                2,
                                t -> t.realtime(20)
                                        .loop(
                                                3,
                                                b -> b.lock("lock")
                                                        .await("news", "lock")
                                                        .unlock("lock")))
                        .thread(
                                "teller",
                                t -> t.start("1ms")
                                        .loop(3, b -> b.compute("1ms").broadcast("news"))));
        assertEquals(6, ran.sleeps(), ran::toString);
        assertWithin(0.05, 4 * MS, ran.result().elapsedNs(), "elapsed");
    }

    /** Waking 2,000 threads takes long, but no lock of the kernel's is held all the time: interrupts get in between. */
    @Test
    void a_long_broadcast_can_be_interrupted() {
        Ran ran = Scenario.on("1")
                .costs(CostModel.defaults())
                .run(Workload.builder("interrupted")
                        .mutex("lock")
                        .condition("news")
                        .threads(
                                "waiter",
                                2_000,
                                t -> t.does(b ->
                                        b.lock("lock").await("news", "lock").unlock("lock")))
                        .thread(
                                "teller",
                                t -> t.start("100ms")
                                        .does(b -> b.broadcast("news").compute("1us")))
                        .thread("urgent", t -> t.realtime(20).start("100.05ms").does(b -> b.compute("1us"))));
        long told = ran.thread("teller").endNs();
        long served = ran.thread("urgent").endNs();
        assertTrue(served < 100_070_000 && told > 100_100_000, () -> "teller " + told + ", urgent " + served);
    }
}
