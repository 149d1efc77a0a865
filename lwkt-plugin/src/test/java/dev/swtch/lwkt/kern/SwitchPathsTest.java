package dev.swtch.lwkt.kern;

import static dev.swtch.lwkt.sys.Tdf.TDF_MIGRATING;
import static dev.swtch.lwkt.sys.Tdf.TDF_PANICWARN;
import static dev.swtch.lwkt.sys.Tdf.TDF_PREEMPT_LOCK;
import static dev.swtch.lwkt.sys.Tdf.TDF_RUNNING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.swtch.lwkt.golden.Script;
import org.junit.jupiter.api.Test;

/** Each code path of lwkt_switch in its smallest scenario (DragonFly 3.6, sys/kern/lwkt_thread.c). */
class SwitchPathsTest {
    /** X holds K0 on CPU 1; on CPU 0 T runs, and what further operations make is queued. */
    private static Script contended(String... more) {
        return new Script(3, 2)
                .run("create 1 X", "idle 1", "get 1 K0", "create 0 T", "idle 0")
                .run(more);
    }

    /** SW-1, in a trap; outside one it is a panic. */
    @Test
    void a_switch_from_an_interrupt_in_a_trap_warns_once_and_keeps_the_levels() {
        Script s = new Script(1, 0).run("create 0 T", "idle 0", "crit_hard_enter 0", "trapnest 0 1", "switch 0");
        assertTrue(s.thread("T").has(TDF_PANICWARN));
        assertEquals(1, s.gd(0).intrNestingLevel);
        assertEquals(1, s.gd(0).trapNestingLevel);
        String once = s.printed();
        assertTrue(once.startsWith("Warning: thread switch from interrupt"), once);
        assertEquals(once, s.run("switch 0").printed());
    }

    /** SW-2. */
    @Test
    void a_thread_that_blocks_or_is_asked_to_gives_up_its_designation() {
        Script s = new Script(1, 0).run("create 0 L lwp release pri=6", "idle 0", "switch 0");
        assertNotNull(s.thread("L").release, "runnable and not asked: nothing is given up");
        s.run("user_resched 0 on", "switch 0");
        assertNull(s.thread("L").release);
        assertEquals(10, s.thread("L").pri);
        Script blocks = new Script(1, 0).run("create 0 L lwp release pri=6", "idle 0", "sleep 0");
        assertNull(blocks.thread("L").release);
        assertEquals(10, blocks.thread("L").pri);
    }

    /** SW-3. */
    @Test
    void tokens_are_released_at_the_switch_and_taken_again_before_the_thread_runs() {
        Script s = new Script(1, 1).run("create 0 T", "create 0 U", "idle 0", "get 0 K0", "clock 0", "switch 0");
        assertEquals("U", s.current(0));
        assertNull(s.token(0).ref);
        s.run("clock 0", "switch 0");
        assertEquals("T", s.current(0));
        assertSame(s.thread("T"), s.token(0).ref.owner);
    }

    /** SW-4 with the victim at the head, behind another, and off the queue. */
    @Test
    void the_way_back_from_a_preemption_asks_for_whoever_stands_before_the_victim() {
        assertFalse(reschedAfterPreemption(true));
        assertTrue(reschedAfterPreemption(true, "create 0 U pri=14"));
        assertTrue(reschedAfterPreemption(true, "deschedule 0 T"), "the seed asks although the queue is empty");
        assertFalse(reschedAfterPreemption(false, "deschedule 0 T"));
    }

    private static boolean reschedAfterPreemption(boolean whenEmpty, String... meanwhile) {
        Script s = new Script(1, 0);
        s.gd(0).reschedWhenEmpty = whenEmpty;
        s.run("create 0 T", "idle 0", "create 0 I pri=28 preempt").run(meanwhile);
        assertEquals("I", s.current(0));
        s.gd(0).clearLwktResched();
        s.run("sleep 0");
        assertEquals("T", s.current(0));
        return s.gd(0).lwktReschedWanted();
    }

    /** SW-5, SW-6, SW-17, SR-2. */
    @Test
    void a_switch_hands_over_to_the_head_of_the_queue_or_to_the_idle_thread() {
        Script s = new Script(1, 0).run("create 0 T", "create 0 U", "idle 0", "clock 0");
        long selected = s.gd(0).vSwtch;
        long switches = s.kernel().switchCount;
        s.run("switch 0");
        assertEquals("U", s.current(0));
        assertTrue(s.thread("U").has(TDF_RUNNING));
        assertFalse(s.thread("T").has(TDF_RUNNING));
        assertEquals(selected + 1, s.gd(0).vSwtch);
        assertEquals(switches + 1, s.kernel().switchCount);
        s.run("sleep 0", "sleep 0");
        assertEquals("idle0", s.current(0));
        assertEquals(selected + 2, s.gd(0).vSwtch, "the idle thread is not selected");
    }

    /** SW-16. */
    @Test
    void a_thread_that_is_the_head_itself_goes_on() {
        Script s = new Script(1, 0).run("create 0 T", "idle 0");
        s.gd(0).needLwktResched();
        long selected = s.gd(0).vSwtch;
        long switches = s.kernel().switchCount;
        s.run("yield 0");
        assertEquals("T", s.current(0));
        assertEquals(switches, s.kernel().switchCount);
        assertEquals(selected + 1, s.gd(0).vSwtch);
        assertFalse(s.gd(0).lwktReschedWanted());
    }

    /** SW-18. */
    @Test
    void what_was_put_off_is_run_at_the_end_of_a_switch_even_in_a_critical_section() {
        Script s = new Script(1, 0).run("ithread 0 I irq=1", "create 0 T", "idle 0", "crit_enter 0", "intr 0 1");
        assertEquals(2, s.gd(0).ipending);
        s.run("switch 0");
        assertEquals(0, s.gd(0).ipending);
        assertEquals(1, s.kernel().preemptMiss);
        assertEquals("I T", s.runq(0));
    }

    // ---- contention ---------------------------------------------------------------------------------------------

    /** SW-8, SW-10. */
    @Test
    void past_a_contended_head_the_next_thread_is_selected_and_the_order_stays() {
        Script s = contended("create 0 U", "get 0 K0");
        assertEquals("U", s.current(0));
        assertEquals("T U", s.runq(0));
        assertEquals(1, s.gd(0).vLockColls);
        assertEquals(1, s.thread("T").contended);
        assertEquals("K0", s.thread("T").wmesg);
    }

    /** SW-7. */
    @Test
    void with_fairq_bypass_nobody_runs_past_a_contended_head() {
        Script s = contended("create 0 U", "sysctl fairq_bypass 1", "get 0 K0");
        assertEquals("T", s.current(0));
        assertEquals("spin", s.waits(0));
    }

    /** SW-9: from 8 down; TDPRI_KERN_LPSCHED is 9. */
    @Test
    void no_thread_on_its_way_to_user_mode_runs_past_a_contended_head() {
        Script user = contended("create 0 U pri=8", "get 0 K0");
        assertEquals("spin", user.waits(0));
        assertEquals(0, user.thread("U").contended, "the scan stops before it");
        assertEquals("U", contended("create 0 U pri=9", "get 0 K0").current(0));
    }

    /** SW-11, SW-13. */
    @Test
    void a_runnable_thread_spins_and_runs_what_is_put_off_meanwhile() {
        Script s = contended("get 0 K0", "spin 0 3");
        assertEquals("spin", s.waits(0));
        assertEquals(4, s.gd(0).vLockColls);
        s.run("create 1 V cpu=0 pri=14", "ipi 0");
        assertEquals("T", s.runq(0), "the spinning thread is in a critical section");
        s.run("spin 0");
        assertEquals("V", s.current(0));
        assertEquals("V T", s.runq(0));
    }

    /** SW-12. */
    @Test
    void a_thread_that_blocked_leaves_the_spinning_to_the_idle_thread_which_does_not_halt() {
        Script s = contended("get 0 K0", "create 1 V cpu=0 pri=14", "ipi 0", "spin 0", "sleep 0");
        assertEquals("idle0", s.current(0));
        assertEquals("", s.waits(0));
        assertTrue(s.gd(0).lwktReschedWanted());
        s.run("rel 1 K0", "idle 0");
        assertEquals("T", s.current(0));
        assertSame(s.thread("T"), s.token(0).ref.owner);
    }

    /** SW-14: the value mwait compares with never occurs, so the CPU spins on. */
    @Test
    void with_spin_monitor_a_cpu_tries_to_wait_after_ten_passes() {
        Script s = contended("get 0 K0");
        s.kernel().sysctl.spinMonitor = 1;
        assertEquals(0, s.run("spin 0 9").gd(0).spinMonitors);
        assertEquals(2, s.run("spin 0 2").gd(0).spinMonitors);
        assertEquals("spin", s.waits(0));
    }

    /** Passes 1 to 10 in the order of taking, the 11th in the order of addresses. */
    @Test
    void the_eleventh_pass_takes_tokens_in_the_order_of_their_addresses() {
        Script s = contended("get 0 K1", "get 0 K0", "create 2 Y", "idle 2", "get 2 K1");
        long first = s.token(1).collisions;
        s.run("spin 0 9");
        assertEquals(first + 9, s.token(1).collisions, "K1 was taken first and fails first");
        long other = s.token(0).collisions;
        s.run("spin 0 1");
        assertEquals(first + 9, s.token(1).collisions);
        assertEquals(other + 1, s.token(0).collisions);
    }

    // ---- lwkt_switch_return -------------------------------------------------------------------------------------

    /** SR-1. */
    @Test
    void the_next_thread_sends_off_one_that_migrates() {
        Script s = new Script(2, 0).run("create 0 T", "idle 0", "migrate 0 1");
        assertEquals("idle0", s.current(0));
        assertEquals(1, s.gd(0).ipiq(1).pending());
        assertTrue(s.thread("T").has(TDF_MIGRATING));
        assertFalse(s.thread("T").has(TDF_RUNNING));
        assertNull(s.thread("T").migrateGd);
    }

    /** SR-1, suppressed. */
    @Test
    void one_that_was_preempted_while_it_wants_to_migrate_stays() {
        Script s = new Script(2, 0)
                .run("create 0 T", "idle 0", "create 0 I pri=28 preempt nostart", "mig_begin 0 1", "schedule 0 I");
        assertEquals("I", s.current(0));
        assertTrue(s.thread("T").has(TDF_PREEMPT_LOCK));
        assertFalse(s.thread("T").has(TDF_RUNNING));
        assertSame(s.gd(1), s.thread("T").migrateGd);
        assertEquals(0, s.gd(0).ipiq(1).pending());
    }
}
