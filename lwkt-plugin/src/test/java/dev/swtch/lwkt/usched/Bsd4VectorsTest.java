package dev.swtch.lwkt.usched;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.swtch.lwkt.kern.KernClock;
import dev.swtch.lwkt.sys.Cpumask;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.machine.Next;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Decisions worked out by hand from the description of usched_bsd4.c. */
@DisplayName("decisions of usched_bsd4, not recorded")
class Bsd4VectorsTest {
    private UschedLab lab = new UschedLab(4);
    private UschedBsd4 bsd4 = bsd4(null, false);

    private UschedBsd4 bsd4(CpuNode root, boolean smt) {
        return new UschedBsd4(lab.kernel, root, smt, lab.helpers());
    }

    private void on(CpuNode root, boolean smt) {
        lab = new UschedLab(root.members().count());
        bsd4 = bsd4(root, smt);
    }

    private Globaldata gd(int cpu) {
        return lab.kernel.gd(cpu);
    }

    private Lwp lwp(int cpu, int estcpu) {
        Lwp lp = lab.lwp(bsd4, cpu);
        lp.estcpu = estcpu;
        lab.run(cpu, gd -> bsd4.resetpriority(gd, lp));
        return lp;
    }

    private Lwp queued(int cpu, int estcpu) {
        Lwp lp = lwp(cpu, estcpu);
        lp.rebalTicks = lab.kernel.clock.schedTicks;
        inCrit(0, () -> bsd4.runq.insertTail(gd(0), lp, "test"));
        return lp;
    }

    private void designated(int cpu, int upri) {
        bsd4.pcpu(cpu).uschedcp = lwp(cpu, 0);
        bsd4.pcpu(cpu).upri = upri;
        bsd4.curprocmask.add(cpu);
    }

    private void inCrit(int cpu, Runnable action) {
        lab.run(cpu, gd -> {
            gd.critEnter();
            action.run();
            gd.critExitNoyield();
            return Next.RETURN;
        });
    }

    // ---- estimates ----------------------------------------------------------------------------------------------

    /** A batch job's estimate counts in full, another's half: priority 191 to 230 (appendix A.1). */
    @ParameterizedTest
    @CsvSource({"0, 8192, 191", "750, 12288, 210", "1500, 16384, 230"})
    void what_used_much_of_a_cpu_for_long_has_a_worse_priority(int batch, int detuned, int priority) {
        assertEquals(detuned, Bsd4Priority.detuned(16384, batch));
        Lwp lp = lab.lwp(bsd4, 0);
        lp.estcpu = 16384;
        lp.batch = batch;
        lab.run(0, gd -> bsd4.resetpriority(gd, lp));
        assertEquals(priority, lp.priority);
        assertEquals(-(priority & ~3), lp.thread().upri);
    }

    /** Each schedclock tick docks 328; an estimate after 5 ticks of use on one of 4 idle CPUs is 16384 (4.2.6). */
    @Test
    void a_full_interval_averages_towards_the_highest_estimate_and_makes_a_batch_job() {
        Lwp lp = lwp(0, 0);
        Globaldata gd = gd(0);
        gd.schedclockTime = KernClock.SCHEDCLOCK_PERIOD;
        for (int tick = 1; tick <= 5; tick++) {
            gd.schedclockTime += KernClock.SCHEDCLOCK_PERIOD;
            lp.cpticks++;
            lab.run(0, mycpu -> bsd4.schedulerclock(mycpu, lp));
        }
        assertEquals(5 * 328, lp.estcpu);
        lab.run(0, mycpu -> bsd4.recalculate(mycpu, lp));
        assertEquals((5 * 328 * 8 + 16384) / 9, lp.estcpu);
        assertEquals(5, lp.batch);
        assertEquals(0, lp.cpticks);
    }

    /** 2 of 10 ticks with 4 CPUs and 4 LWPs in the queues: 2 x 16384 x 8 / (4 x 10) = 6553, no batch job. */
    @Test
    void the_queues_weigh_in_the_estimate_and_a_light_interval_ends_a_batch_job() {
        for (int i = 0; i < 4; i++) {
            queued(0, 0);
        }
        Lwp lp = lwp(0, 900);
        lp.batch = 7;
        lp.cpticks = 2;
        gd(0).schedclockTime = 11 * KernClock.SCHEDCLOCK_PERIOD;
        lab.run(0, mycpu -> bsd4.recalculate(mycpu, lp));
        assertEquals((900 * 8 + 6553) / 9, lp.estcpu);
        assertEquals(0, lp.batch);
    }

    @Test
    void a_long_sleep_halves_the_estimate_and_takes_a_second_off_the_batch() {
        Lwp lp = lwp(0, 9000);
        lp.batch = 120;
        lp.slptime = 2;
        lab.run(0, gd -> bsd4.recalculate(gd, lp));
        assertEquals(4500, lp.estcpu);
        assertEquals(70, lp.batch);
    }

    /** B-21: batch 750 to 1500 in 15 s of 50 ticks, priority 230 then. */
    @Test
    void fifteen_seconds_of_a_whole_cpu_make_a_batch_job() {
        Lwp lp = lwp(0, 16384);
        lp.batch = 750;
        Globaldata gd = gd(0);
        gd.schedclockTime = KernClock.SCHEDCLOCK_PERIOD;
        for (int tick = 1; tick <= 15 * KernClock.ESTCPUFREQ; tick++) {
            gd.schedclockTime += KernClock.SCHEDCLOCK_PERIOD;
            lp.cpticks++;
            lab.run(0, mycpu -> bsd4.schedulerclock(mycpu, lp));
            if (tick % 5 == 0) {
                assertTrue(lp.batch < 1500, "after " + tick + " ticks");
                lab.run(0, mycpu -> bsd4.recalculate(mycpu, lp));
            }
        }
        assertEquals(1500, lp.batch);
        assertEquals(230, lp.priority);
    }

    /** The child is four queues worse; nothing else of it is known (4.2.11). */
    @Test
    void a_fork_costs_the_child_2048_and_the_parent_32() {
        Lwp parent = lwp(0, 1000);
        Lwp child = lab.lwp(bsd4, 0);
        bsd4.heuristicForking(gd(0), parent, child);
        assertEquals(3048, child.estcpu);
        assertEquals(750, child.batch);
        assertEquals(1032, parent.estcpu);
    }

    /** Any change of queue asks the LWP's CPU to reschedule; the CPU is another's only once until its helper ran. */
    @Test
    void a_change_of_queue_requests_a_reschedule() {
        Lwp lp = lwp(0, 0);
        gd(0).clearUserResched();
        lp.estcpu = 100;
        lab.run(0, gd -> bsd4.resetpriority(gd, lp));
        assertFalse(gd(0).userReschedWanted(), "the queue is the same");
        lp.estcpu = 4096;
        lab.run(0, gd -> bsd4.resetpriority(gd, lp));
        assertTrue(gd(0).userReschedWanted());
        Lwp far = lab.lwp(bsd4, 2);
        far.estcpu = 4096;
        lab.run(0, gd -> bsd4.resetpriority(gd, far));
        assertFalse(bsd4.rdyprocmask.has(2));
        assertEquals(1, gd(0).ipiqCount);
        far.estcpu = 0;
        lab.run(0, gd -> bsd4.resetpriority(gd, far));
        assertEquals(1, gd(0).ipiqCount);
    }

    /** The turn belongs to the CPU: 5 ticks, whoever they hit (4.2.5). */
    @Test
    void a_turn_is_five_ticks_of_the_cpu() {
        List<Lwp> lwps = List.of(lwp(0, 16384), lwp(0, 16384));
        lwps.forEach(lp -> lp.batch = 1500);
        lwps.forEach(lp -> lab.run(0, gd -> bsd4.resetpriority(gd, lp)));
        gd(0).clearUserResched();
        for (int tick = 1; tick <= 5; tick++) {
            assertFalse(gd(0).userReschedWanted(), "before tick " + tick);
            Lwp lp = lwps.get(tick % 2);
            lab.run(0, gd -> bsd4.schedulerclock(gd, lp));
        }
        assertTrue(gd(0).userReschedWanted());
    }

    // ---- which CPU is told --------------------------------------------------------------------------------------

    private int choice(Lwp lp) {
        int[] chosen = new int[1];
        inCrit(
                0,
                () -> chosen[0] =
                        new Bsd4Setrunqueue(lab.kernel, bsd4, new Bsd4Notify(lab.kernel, bsd4)).choose(gd(0), lp));
        return chosen[0];
    }

    /** Appendix A.7. */
    @Test
    void free_cpus_take_turns() {
        Lwp lp = lwp(0, 0);
        for (int expected : new int[] {1, 2, 3, 0, 1}) {
            assertEquals(expected, choice(lp));
        }
    }

    @Test
    void a_cpu_that_runs_a_worse_lwp_comes_next_and_then_whose_turn_it_is() {
        Lwp lp = lwp(0, 4096);
        for (int cpu = 0; cpu < 4; cpu++) {
            designated(cpu, cpu == 2 ? lp.priority + 4 : lp.priority);
        }
        assertEquals(2, choice(lp));
        bsd4.pcpu(2).upri = lp.priority;
        assertEquals(2, choice(lp), "the second turn ends where it began");
        assertEquals(3, choice(lp));
    }

    @Test
    void a_cpu_that_was_told_and_one_that_is_forbidden_are_passed_over() {
        Lwp lp = lwp(0, 0);
        bsd4.rdyprocmask.remove(1);
        lp.cpumask.remove(2);
        assertEquals(3, choice(lp));
    }

    /** 2 cores x 2 threads: a free CPU whose sibling is free too; else the one beside the best LWP (4.2.4). */
    @Test
    void with_hardware_threads_a_free_core_is_preferred() {
        on(CpuNode.build(1, 2, 2), true);
        Lwp lp = lwp(0, 0);
        designated(1, 160);
        assertEquals(2, choice(lp), "0 is beside a busy one, 2 and 3 are free");
        designated(3, 170);
        assertEquals(0, choice(lp), "turn 2, but the one beside the better LWP");
        bsd4.pcpu(1).upri = 180;
        assertEquals(2, choice(lp));
    }

    // ---- which LWP is taken -------------------------------------------------------------------------------------

    private Lwp taken(int cpu, Lwp chklp) {
        Lwp[] found = new Lwp[1];
        inCrit(
                cpu,
                () -> found[0] =
                        new Bsd4Chooseproc(lab.kernel, bsd4, new Bsd4Notify(lab.kernel, bsd4)).locked(gd(cpu), chklp));
        return found[0];
    }

    @Test
    void the_best_queue_comes_first_and_realtime_before_all() {
        Lwp worse = queued(0, 8192);
        Lwp better = queued(0, 0);
        Lwp second = queued(0, 0);
        Lwp realtime = lab.lwp(bsd4, 0);
        realtime.rtprioType = Lwp.RTP_PRIO_REALTIME;
        realtime.rtprioPrio = 31;
        lab.run(0, gd -> bsd4.resetpriority(gd, realtime));
        inCrit(0, () -> bsd4.runq.insertTail(gd(0), realtime, "test"));
        assertEquals(4, bsd4.runq.runqcount);
        for (Lwp expected : List.of(realtime, better, second, worse)) {
            assertSame(expected, taken(0, null));
        }
        assertNull(taken(0, null));
        assertEquals(0, bsd4.runq.bits[UserRunq.NORMAL]);
    }

    @Test
    void the_current_one_is_kept_unless_another_is_better_by_a_queue() {
        Lwp waiting = queued(0, 4096);
        Lwp current = lwp(0, 4096);
        current.priority = waiting.priority + 3;
        assertNull(taken(0, current));
        current.priority = waiting.priority + 4;
        assertSame(waiting, taken(0, current));
    }

    @Test
    void what_may_not_run_here_stays() {
        Lwp pinned = queued(0, 0);
        pinned.cpumask.copyFrom(Cpumask.of(1));
        Lwp other = queued(0, 8192);
        assertSame(other, taken(0, null));
        assertNull(taken(0, null));
        assertSame(pinned, taken(1, null));
    }

    /** the successor is taken because it was here last, though it may not run here; switchable. */
    @Test
    void the_successor_that_was_here_last_is_taken_whatever_cpus_it_may_use() {
        for (boolean checked : new boolean[] {false, true}) {
            on(CpuNode.build(1, 4, 1), false);
            bsd4.tunables.pullChecksCpumask = checked;
            Lwp first = queued(1, 0);
            Lwp successor = queued(0, 0);
            successor.cpumask.copyFrom(Cpumask.of(3));
            assertSame(checked ? first : successor, taken(0, null));
        }
    }

    private Lwp near(int cpu, Lwp chklp, Bsd4Notify notify) {
        Lwp[] found = new Lwp[1];
        inCrit(
                cpu,
                () -> found[0] =
                        new Bsd4Chooseproc(lab.kernel, bsd4, notify).cacheCoherent(gd(cpu), bsd4.pcpu(cpu), chklp));
        return found[0];
    }

    /** 2 chips x 2 cores: what was queued in this or the last sched tick is left to its own CPU, which is told. */
    @Test
    void an_lwp_that_was_just_queued_is_left_to_its_cpu_for_a_tick() {
        on(CpuNode.build(2, 2, 1), false);
        Lwp far = queued(3, 0);
        Bsd4Notify notify = new Bsd4Notify(lab.kernel, bsd4);
        assertNull(near(0, null, notify));
        assertEquals(1, notify.kicks);
        assertFalse(bsd4.rdyprocmask.has(3));
        assertNull(near(0, null, notify));
        assertEquals(1, notify.kicks, "a CPU that was told is not told again");
        lab.kernel.clock.schedTicks = 2;
        assertSame(far, near(0, null, notify));
    }

    /** usched_bsd4.upri_affinity: 16 queues of 4. */
    @Test
    void it_is_not_left_if_some_cpu_runs_a_much_worse_one() {
        on(CpuNode.build(2, 2, 1), false);
        Lwp far = queued(3, 0);
        Bsd4Notify notify = new Bsd4Notify(lab.kernel, bsd4);
        designated(1, far.priority + 64);
        assertNull(near(0, null, notify));
        bsd4.pcpu(1).upri++;
        assertSame(far, near(0, null, notify));
    }

    /** Of 2 chips x 2 cores CPU 1 is nearer to 0 than 2 and 3; after queue_checks the nearest is taken all the same. */
    @Test
    void after_some_checks_the_nearest_is_taken_and_the_others_are_told() {
        on(CpuNode.build(2, 2, 1), false);
        bsd4.tunables.queueChecks = 3;
        queued(2, 0);
        Lwp near = queued(1, 0);
        queued(3, 0);
        queued(3, 0);
        Bsd4Notify notify = new Bsd4Notify(lab.kernel, bsd4);
        assertSame(near, near(0, null, notify));
        assertFalse(bsd4.rdyprocmask.has(2), "the one remembered before");
        assertFalse(bsd4.rdyprocmask.has(3), "the one that was no nearer");
        assertTrue(bsd4.rdyprocmask.has(1));
    }

    /** usched_bsd4.stick_to_level 1: the chip's other core is near enough. */
    @Test
    void stick_to_level_widens_what_is_near() {
        on(CpuNode.build(2, 2, 1), false);
        Lwp sibling = queued(1, 0);
        Bsd4Notify notify = new Bsd4Notify(lab.kernel, bsd4);
        assertNull(near(0, null, notify));
        bsd4.tunables.stickToLevel = 1;
        assertSame(sibling, near(0, null, notify));
    }

    @Test
    void one_that_is_no_better_than_the_current_is_left_to_its_cpu_too() {
        on(CpuNode.build(2, 2, 1), false);
        Lwp own = queued(0, 0);
        Lwp current = lwp(0, 0);
        Bsd4Notify notify = new Bsd4Notify(lab.kernel, bsd4);
        assertNull(near(0, current, notify));
        assertEquals(1, notify.kicks);
        current.priority = own.priority + 4;
        assertSame(own, near(0, current, notify));
    }
}
