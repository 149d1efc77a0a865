package dev.swtch.lwkt.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.workload.Workload;
import dev.swtch.engine.workload.WorkloadBuilder;
import dev.swtch.machine.cost.Charge;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What looks like a defect of DragonFly 3.6 is its default, and can be switched off. */
class SurprisesTest {
    private static final Workload MIXED = Workload.builder("mixed")
            .serializer("x")
            .device("nic", d -> d.threaded().handler("20us").every("700us"))
            .threads("hog", 3, t -> t.does(b -> b.compute("80ms")))
            .threads("pinned", 2, t -> t.affinity(1).does(b -> b.compute("30ms")))
            .threads(
                    "user",
                    3,
                    t -> t.loop(
                            20,
                            b -> b.serialized("x", in -> in.kernelWork("100us"))
                                    .compute("500us")
                                    .sleep("2ms")))
            .build();

    private static final Map<String, Long> FIXED = Map.ofEntries(
            Map.entry("enqueue_by_upri", 1L),
            Map.entry("resched_when_empty", 0L),
            Map.entry("resched_after_preempt", 0L),
            Map.entry("idle_keeps_priority", 0L),
            Map.entry("splz_while_contended", 0L),
            Map.entry("exclreq_blocks_shared", 1L),
            Map.entry("idle_sorts_tokens", 1L),
            Map.entry("spin_monitor", 1L),
            Map.entry("spin_monitor_waits", 1L),
            Map.entry("requeue_at_head", 1L),
            Map.entry("pull_checks_cpumask", 1L),
            Map.entry("fork_resched", 0L),
            Map.entry("rtprio_own_queues", 1L),
            Map.entry("rover_when_idle", 1L),
            Map.entry("fork_on_parent_cpu", 1L),
            Map.entry("fork_without_waker", 1L));

    @Test
    void everything_runs_to_its_end_with_all_of_them_and_without() {
        for (Map<String, Long> tunables : List.of(Map.<String, Long>of(), FIXED)) {
            RunResult result = Lab.run("2", MIXED, 5_000, tunables);
            assertTrue(result.threads().stream().allMatch(thread -> thread.ended()));
        }
    }

    /** Q-5b: each hardclock of an idle CPU requests a reschedule for nothing, which is set and cleared. */
    @Test
    void an_idle_cpu_works_less_if_no_reschedule_is_requested_for_an_empty_queue() {
        Workload idle = Workload.builder("idle")
                .thread("t", t -> t.does(b -> b.sleep("2s")))
                .build();
        RunResult seed = Lab.run("1", idle, 3_000);
        RunResult fixed = Lab.run("1", idle, 3_000, Map.of("resched_when_empty", 0L));
        assertTrue(fixed.cpus().kernelNs() < seed.cpus().kernelNs());
    }

    /** each of the waits for the next interrupt that {@code spin_monitor} is meant to be is one more look. */
    @Test
    void a_cpu_that_monitors_its_requests_spins_all_the_same() {
        Workload contended = Workload.builder("q6")
                .serializer("x")
                .thread("holder", t -> t.affinity(0).does(b -> b.serialized("x", in -> in.kernelWork("8ms"))))
                .thread(
                        "contender",
                        t -> t.kernelThread()
                                .affinity(1)
                                .does(b -> b.sleep("1ms").serialized("x", in -> in.kernelWork("10us"))))
                .build();
        RunResult seed = Lab.run("2", contended, 100, Map.of("spin_monitor", 1L));
        RunResult fixed = Lab.run("2", contended, 100, Map.of("spin_monitor", 1L, "spin_monitor_waits", 1L));
        assertTrue(seed.cpus().spinNs() > 6 * Lab.MS, seed.cpus()::toString);
        assertTrue(Lab.thread(seed, "contender").endNs() < 9 * Lab.MS, "as soon as the token is free");
        assertTrue(fixed.cpus().spinNs() < Lab.MS / 100, fixed.cpus()::toString);
        long end = Lab.thread(fixed, "contender").endNs();
        assertTrue(end > 10 * Lab.MS && end < 11 * Lab.MS, "by the hardclock at 10 ms: " + end);
    }

    /** with feature 0x40 children are to stay with their parent, here on CPU 1, but all belong to CPU 0. */
    @Test
    void children_that_are_to_stay_with_their_parent_pile_up_on_the_first_cpu() {
        assertTrue(waitsForChildren(0) > 15 * Lab.MS, "waited " + waitsForChildren(0));
        assertTrue(waitsForChildren(1) < Lab.MS, "waited " + waitsForChildren(1));
    }

    /** How long a thread on CPU 0 waits while another one on CPU 1 forks what takes 40 ms together. */
    private static long waitsForChildren(long forkOnParentCpu) {
        long stayWithParent = 0x40;
        Workload workload = Workload.builder("q19")
                .thread("first", t -> t.affinity(0).does(b -> b.compute("300ms")))
                .thread(
                        "parent",
                        t -> t.affinity(1)
                                .does(b -> b.compute("50ms").fork("child", 2).join("child")))
                .onDemand("child", t -> t.does(b -> b.compute("20ms")))
                .build();
        Map<String, Long> tunables = Map.of("features", stayWithParent, "fork_on_parent_cpu", forkOnParentCpu);
        return Lab.thread(Lab.run("2", workload, 1_000, tunables), "first").readyNs();
    }

    /** of two idle CPUs the child gets the first, whose thread sleeps for a moment, for its parent seems to wake it there. */
    @Test
    void a_new_lwp_is_placed_near_the_first_cpu_as_if_woken_from_there() {
        assertTrue(waitsForTheNewLwp(0) > 15 * Lab.MS, "waited " + waitsForTheNewLwp(0));
        assertTrue(waitsForTheNewLwp(1) < Lab.MS, "waited " + waitsForTheNewLwp(1));
    }

    private static long waitsForTheNewLwp(long forkWithoutWaker) {
        long forkToBest = 0x20;
        Workload workload = Workload.builder("q20")
                .thread(
                        "first",
                        t -> t.affinity(0)
                                .does(b -> b.compute("1ms").sleep("50ms").compute("300ms")))
                .thread(
                        "parent",
                        t -> t.affinity(1)
                                .does(b -> b.compute("20ms").fork("child", 1).join("child")))
                .onDemand("child", t -> t.does(b -> b.compute("200ms")))
                .build();
        Map<String, Long> tunables =
                Map.of("features", forkToBest, "fork_on_parent_cpu", 1L, "fork_without_waker", forkWithoutWaker);
        RunResult result = Lab.run("3", workload, 1_000, tunables);
        return Lab.thread(result, "first").readyNs();
    }

    /** with the rover alone, an idle CPU leaves others their queues. */
    @Test
    void an_idle_cpu_does_not_pull_by_itself() {
        long rover = 0x04;
        long forkOnParentCpu = 0x40;
        Workload hogs = Workload.builder("q13")
                .threads("hog", 2, t -> t.forever(b -> b.compute("1s")))
                .build();
        Map<String, Long> seed = Map.of("features", rover | forkOnParentCpu);
        Map<String, Long> fixed = Map.of("features", rover | forkOnParentCpu, "rover_when_idle", 1L);
        assertTrue(work(hogs, seed) < 2_050, "one CPU works for both: " + work(hogs, seed));
        assertTrue(work(hogs, fixed) > 3_200, "both CPUs work: " + work(hogs, fixed));
    }

    private static long work(Workload workload, Map<String, Long> tunables) {
        return Lab.run("2", workload, 2_000, tunables).cpus().userNs() / Lab.MS;
    }

    /** with a thread at each level, the two worst are in one queue, so the better one waits for the end of the other's turn. */
    @Test
    void neighbouring_realtime_priorities_do_not_preempt_each_other() {
        WorkloadBuilder builder = Workload.builder("q18")
                .thread("worse", t -> t.realtime(1).does(b -> b.compute("300ms")))
                .thread("better", t -> t.realtime(2).does(b -> b.sleep("25ms").compute("10ms")));
        for (int rank = 3; rank <= 32; rank++) {
            int other = rank;
            builder.thread("other" + rank, t -> t.realtime(other).does(b -> b.compute("1us")));
        }
        Workload workload = builder.build();
        for (long usched = 0; usched <= 1; usched++) {
            RunResult seed = Lab.run("1", workload, 1_000, Map.of("usched", usched));
            RunResult fixed = Lab.run("1", workload, 1_000, Map.of("usched", usched, "rtprio_own_queues", 1L));
            long waited = Lab.thread(seed, "better").wakeToRun().maxNs();
            if (usched == 0) {
                assertTrue(waited > 20 * Lab.MS, "waited " + waited);
            }
            assertTrue(
                    Lab.thread(fixed, "better").wakeToRun().maxNs() < Lab.MS,
                    Lab.thread(fixed, "better").wakeToRun()::toString);
        }
    }

    /** the child is worse than both, and yet its parent has to give way to its equal. */
    @Test
    void a_fork_costs_the_parent_its_turn() {
        Workload workload = Workload.builder("q21")
                .thread("equal", t -> t.does(b -> b.compute("100ms")))
                .thread(
                        "parent",
                        t -> t.does(b -> b.sleep("41ms").fork("child", 1).compute("5ms")))
                .onDemand("child", t -> t.does(b -> b.compute("1ms")))
                .build();
        for (long usched = 0; usched <= 1; usched++) {
            RunResult seed = Lab.run("1", workload, 2_000, Map.of("usched", usched));
            RunResult fixed = Lab.run("1", workload, 2_000, Map.of("usched", usched, "fork_resched", 0L));
            assertTrue(
                    switchesOf(fixed) < switchesOf(seed),
                    "usched " + usched + ": " + switchesOf(seed) + ", fixed " + switchesOf(fixed));
        }
    }

    private static long switchesOf(RunResult result) {
        return result.switches().total();
    }

    /** an AST for nothing after each preemption of user mode. */
    @Test
    void a_preempted_thread_looks_for_a_better_one_for_nothing() {
        Workload workload = Workload.builder("q22")
                .device("nic", d -> d.threaded().handler("5us").every("1ms"))
                .thread("victim", t -> t.does(b -> b.compute("200ms")))
                .build();
        RunResult seed = Lab.run("1", workload, 1_000);
        RunResult fixed = Lab.run("1", workload, 1_000, Map.of("resched_after_preempt", 0L));
        assertEquals(Lab.counter(seed, "preempt_hit"), Lab.counter(fixed, "preempt_hit"));
        long spared = Lab.paid(seed, Charge.ATOMIC) - Lab.paid(fixed, Charge.ATOMIC);
        assertTrue(spared >= Lab.counter(seed, "preempt_hit"), "clears of the request spared: " + spared);
    }

    @Test
    void a_cpu_beyond_the_limit_is_refused_with_its_name() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> Lab.run("5x64x1", MIXED, 10));
        assertEquals("DragonFly runs on at most 256 CPUs (SMP_MAXCPU), the machine has 320", refused.getMessage());
    }
}
