package dev.swtch.ule.scenario;

import static dev.swtch.ule.scenario.Scenario.MS;
import static dev.swtch.ule.scenario.Scenario.assertWithin;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.swtch.engine.workload.Workload;
import dev.swtch.engine.workload.WorkloadBuilder;
import dev.swtch.ule.scenario.Scenario.Ran;
import org.junit.jupiter.api.Test;

/** User mutexes whose owner inherits, and those whose owner does not. */
class UserInheritanceTest {
    @Test
    void a_realtime_waiter_lends_its_priority_to_the_owner_even_while_it_sleeps() {
        Ran ran = Scenario.on("1").run(inversion(Workload.builder("lent").inheritingMutex("lock"), 20));
        assertWithin(0.05, 38 * MS, ran.label("blocked").maxNs(), "until the owner has done its work");
    }

    @Test
    void without_inheritance_the_thread_in_the_middle_holds_both_up() {
        Ran ran = Scenario.on("1").run(inversion(Workload.builder("plain").mutex("lock"), 20));
        assertTrue(
                ran.label("blocked").maxNs() > 100 * MS,
                () -> "blocked " + ran.label("blocked").maxNs());
    }

    @Test
    void what_was_lent_ends_with_the_release() {
        Ran ran = Scenario.on("1")
                .run(Workload.builder("released")
                        .inheritingMutex("lock")
                        .thread(
                                "low",
                                t -> t.realtime(1)
                                        .start("1ms")
                                        .does(b -> b.lock("lock")
                                                .compute("20ms")
                                                .begin("after")
                                                .unlock("lock")
                                                .compute("10ms")
                                                .end("after")))
                        .thread(
                                "high",
                                t -> t.realtime(20)
                                        .start("5ms")
                                        .does(b -> b.lock("lock").unlock("lock")))
                        .thread("middle", t -> t.realtime(10).start("10ms").does(b -> b.compute("100ms"))));
        assertTrue(
                ran.label("after").maxNs() >= 110 * MS,
                () -> "after " + ran.label("after").maxNs());
    }

    @Test
    void a_lent_priority_goes_through_a_chain_of_owners() {
        Ran ran = Scenario.on("1")
                .run(Workload.builder("chain")
                        .inheritingMutex("one")
                        .inheritingMutex("two")
                        .thread(
                                "a",
                                t -> t.realtime(1)
                                        .start("1ms")
                                        .does(b -> b.lock("one").compute("50ms").unlock("one")))
                        .thread(
                                "b",
                                t -> t.realtime(5)
                                        .start("10ms")
                                        .does(b -> b.lock("two")
                                                .lock("one")
                                                .compute("5ms")
                                                .unlock("one")
                                                .unlock("two")))
                        .thread(
                                "c",
                                t -> t.realtime(20)
                                        .start("20ms")
                                        .does(b -> b.begin("blocked")
                                                .lock("two")
                                                .end("blocked")
                                                .unlock("two")))
                        .thread("middle", t -> t.realtime(10).start("25ms").does(b -> b.compute("100ms"))));
        assertWithin(0.05, 36 * MS, ran.label("blocked").maxNs(), "nobody in the middle held the chain up");
    }

    private static WorkloadBuilder inversion(WorkloadBuilder builder, int rank) {
        return builder.thread(
                        "low",
                        t -> t.realtime(1)
                                .start("1ms")
                                .does(b -> b.lock("lock")
                                        .compute("2ms")
                                        .sleep("20ms")
                                        .compute("20ms")
                                        .unlock("lock")))
                .thread(
                        "high",
                        t -> t.realtime(rank)
                                .start("5ms")
                                .does(b -> b.begin("blocked")
                                        .lock("lock")
                                        .end("blocked")
                                        .unlock("lock")))
                .thread("middle", t -> t.realtime(10).start("10ms").does(b -> b.compute("150ms")));
    }
}
