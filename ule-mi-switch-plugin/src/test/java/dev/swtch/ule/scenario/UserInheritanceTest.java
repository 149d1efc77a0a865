package dev.swtch.ule.scenario;

import static dev.swtch.ule.scenario.Scenario.MS;
import static dev.swtch.ule.scenario.Scenario.assertWithin;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.swtch.engine.result.Outcome;
import dev.swtch.engine.workload.StepBuilder;
import dev.swtch.engine.workload.Workload;
import dev.swtch.engine.workload.WorkloadBuilder;
import dev.swtch.spi.thread.ThreadClass;
import dev.swtch.ule.kern.WatchedUle;
import dev.swtch.ule.scenario.Scenario.Ran;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** User mutexes whose owner inherits, and those whose owner does not. */
class UserInheritanceTest {
    private static final int LOW = 1;
    private static final int MIDDLE = 10;
    private static final int HIGH = 20;

    /** Realtime threads: an owner from 1 ms on, a waiter from 5 ms on, and one in the middle that wants 100 ms from 10 ms on. */
    private static WorkloadBuilder inversion(WorkloadBuilder builder, Consumer<StepBuilder> owner, int waiter) {
        return builder.thread(
                        "owner", t -> t.realtime(LOW).affinity(0).start("1ms").does(owner))
                .thread(
                        "waiter",
                        t -> t.realtime(waiter)
                                .affinity(0)
                                .start("5ms")
                                .does(b -> b.begin("blocked")
                                        .lock("lock")
                                        .end("blocked")
                                        .unlock("lock")))
                .thread(
                        "middle",
                        t -> t.realtime(MIDDLE).affinity(0).start("10ms").does(b -> b.compute("100ms")));
    }

    private static void ownFor50ms(StepBuilder owner) {
        owner.lock("lock").compute("50ms").unlock("lock");
    }

    @Test
    void without_inheritance_the_thread_in_the_middle_holds_both_up() {
        Ran ran = Scenario.on("1")
                .run(inversion(Workload.builder("plain").mutex("lock"), UserInheritanceTest::ownFor50ms, HIGH));
        assertWithin(0.05, (46 + 100) * MS, ran.label("blocked").maxNs(), "until the owner has done its work");
    }

    @Test
    void what_was_lent_ends_with_the_release() {
        Ran ran = Scenario.on("1")
                .run(inversion(
                        Workload.builder("released").inheritingMutex("lock"),
                        b -> b.lock("lock")
                                .compute("20ms")
                                .begin("after")
                                .unlock("lock")
                                .compute("10ms")
                                .end("after"),
                        HIGH));
        assertWithin(0.05, 16 * MS, ran.label("blocked").maxNs(), "the owner works ahead of the one in the middle");
        assertWithin(0.05, 110 * MS, ran.label("after").maxNs(), "then behind it");
    }

    @Test
    void a_lent_priority_goes_through_a_chain_of_owners() {
        Ran ran = Scenario.on("1")
                .run(inversion(
                                Workload.builder("chain")
                                        .inheritingMutex("lock")
                                        .inheritingMutex("two"),
                                UserInheritanceTest::ownFor50ms,
                                LOW + 4)
                        .thread(
                                "second",
                                t -> t.realtime(LOW + 4)
                                        .start("2ms")
                                        .does(b -> b.lock("two")
                                                .lock("lock")
                                                .compute("5ms")
                                                .unlock("lock")
                                                .unlock("two")))
                        .thread(
                                "third",
                                t -> t.realtime(HIGH)
                                        .start("20ms")
                                        .does(b -> b.begin("third")
                                                .lock("two")
                                                .end("third")
                                                .unlock("two"))));
        // 9 ms of the owner's work are done when the one in the middle comes.
        assertWithin(0.05, (50 - 9 + 5) * MS, ran.label("third").maxNs(), "nobody in the middle held the chain up");
    }

    /** The waiter becomes worse than the one in the middle: {@code umtx_pi_adjust}, and {@code SWT_NEEDRESCHED}. */
    @Test
    void a_waiter_whose_class_is_changed_for_the_worse_takes_back_what_it_lent() {
        Ran ran = changingWaiter(HIGH, LOW + 4);
        // The owner notices at the next interrupt of its CPU.
        assertWithin(0.01, (21 + 100) * MS, ran.thread("middle").endNs(), "end of the one in the middle");
        assertWithin(0.05, (46 + 100) * MS, ran.label("blocked").maxNs(), "until the owner has done its work");
        assertEquals(1, ran.swt("needresched") - needreschedWithoutChange(), ran::toString);
    }

    @Test
    void a_waiter_whose_class_is_changed_for_the_better_lends_more_at_once() {
        Ran ran = changingWaiter(LOW + 4, HIGH);
        assertEquals(1, ran.swt("remotepreempt"), "the owner takes the CPU from the one in the middle");
        // The owner loses the CPU to the one in the middle from 10 ms to 20 ms.
        assertWithin(0.05, (46 + 10) * MS, ran.label("blocked").maxNs(), "until the owner has done its work");
    }

    private static long needreschedWithoutChange() {
        return changingWaiter(HIGH, HIGH).swt("needresched");
    }

    /** On another CPU a thread changes the rank of the one that waits; a workload's threads change only their own. */
    private static Ran changingWaiter(int before, int after) {
        return Scenario.on("2")
                .of(new WatchedUle().changingClassOf("waiter"))
                .run(inversion(
                                Workload.builder("changed").inheritingMutex("lock"),
                                UserInheritanceTest::ownFor50ms,
                                before)
                        .thread(
                                "changer",
                                t -> t.affinity(1).does(b -> b.compute("20ms").setClass(ThreadClass.REALTIME, after))));
    }

    @Test
    void threads_that_wait_for_each_other_in_a_circle_stall() {
        Ran ran = Scenario.on("1")
                .run(Workload.builder("circle")
                        .inheritingMutex("one")
                        .inheritingMutex("two")
                        .inheritingMutex("three")
                        .thread(
                                "a",
                                t -> t.realtime(LOW)
                                        .start("1ms")
                                        .does(b -> b.lock("one")
                                                .compute("10ms")
                                                .lock("two")
                                                .unlock("two")
                                                .unlock("one")))
                        .thread(
                                "b",
                                t -> t.realtime(LOW + 4)
                                        .start("5ms")
                                        .does(b -> b.lock("two")
                                                .compute("10ms")
                                                .lock("three")
                                                .unlock("three")
                                                .unlock("two")))
                        .thread(
                                "c",
                                t -> t.realtime(MIDDLE)
                                        .start("9ms")
                                        .does(b -> b.lock("three")
                                                .compute("10ms")
                                                .lock("one")
                                                .unlock("one")
                                                .unlock("three")))
                        .thread(
                                "d",
                                t -> t.realtime(HIGH)
                                        .start("50ms")
                                        .does(b -> b.lock("one").unlock("one"))));
        assertEquals(Outcome.STALLED, ran.result().outcome());
        assertTrue(ran.thread("d").waitsFor().contains("one"));
    }
}
