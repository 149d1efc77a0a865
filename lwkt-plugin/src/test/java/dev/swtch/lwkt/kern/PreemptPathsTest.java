package dev.swtch.lwkt.kern;

import static dev.swtch.lwkt.sys.Rqf.RQF_AST_LWKT_RESCHED;
import static dev.swtch.lwkt.sys.Rqf.RQF_IPIQ;
import static dev.swtch.lwkt.sys.Tdf.TDF_INTTHREAD;
import static dev.swtch.lwkt.sys.Tdf.TDF_PREEMPT_DONE;
import static dev.swtch.lwkt.sys.Tdf.TDF_PREEMPT_LOCK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.swtch.lwkt.golden.Script;
import org.junit.jupiter.api.Test;

/**
 * Each code path of lwkt_preempt, of the yields and of what critical sections put off, in its smallest scenario
 * (DragonFly 3.6, sys/kern/lwkt_thread.c). The causes of a miss are tested before those of a weird one, and these before
 * a hit.
 */
class PreemptPathsTest {
    /** T runs on CPU 0; I may preempt and was never scheduled. */
    private static Script script() {
        return new Script(2, 1).run("create 0 T", "idle 0", "create 0 I pri=28 preempt nostart");
    }

    private static void assertCounts(Script s, long hit, long miss, long weird) {
        assertEquals(
                "hit " + hit + " miss " + miss + " weird " + weird,
                "hit " + s.kernel().preemptHit + " miss " + s.kernel().preemptMiss + " weird "
                        + s.kernel().preemptWeird);
    }

    /** PR-1. */
    @Test
    void preemption_can_be_switched_off() {
        Script s = script().run("sysctl preempt_enable 0", "schedule 0 I");
        assertCounts(s, 0, 1, 0);
        assertEquals("I T", s.runq(0));
        assertEquals("T", s.current(0));
    }

    /** PR-2. */
    @Test
    void only_a_better_thread_preempts() {
        Script s = script().run("schedule 0 I", "create 0 J pri=28 preempt");
        assertCounts(s, 1, 1, 0);
        assertEquals("I", s.current(0));
    }

    /** PR-3. */
    @Test
    void nobody_is_preempted_in_a_critical_section() {
        assertCounts(script().run("crit_enter 0", "schedule 0 I"), 0, 1, 0);
        assertCounts(script().run("spinlock 0", "schedule 0 I"), 0, 1, 0);
    }

    /** PR-4: mastering a cpusync, though at no critical depth of its own. */
    @Test
    void nobody_is_preempted_while_it_holds_other_cpus_still() {
        Script s = script();
        s.thread("T").cscount = 1;
        assertCounts(s.run("schedule 0 I"), 0, 1, 0);
    }

    /** PR-5. */
    @Test
    void a_thread_of_another_cpu_preempts_nobody_here() {
        assertCounts(script().run("create 1 X pri=28 nostart", "preempt 0 X 1"), 0, 1, 0);
    }

    /** PR-6: X holds K0; I wants it and waits on the queue. */
    @Test
    void a_thread_that_wants_tokens_preempts_nobody() {
        Script s = script().run(
                        "create 1 X", "idle 1", "get 1 K0", "sysctl preempt_enable 0", "schedule 0 I", "switch 0")
                .run("get 0 K0", "sysctl preempt_enable 1");
        assertEquals("T", s.current(0));
        assertCounts(s.run("schedule 0 I"), 0, 2, 0);
    }

    /** PR-7: I was itself preempted, and made better than who did. */
    @Test
    void a_preempted_thread_does_not_preempt() {
        Script s = script().run("schedule 0 I", "create 0 J pri=29 preempt");
        assertEquals("J", s.current(0));
        s.run("setpri 0 I 30", "schedule 0 I");
        assertCounts(s, 2, 0, 1);
        assertEquals("J", s.current(0));
    }

    /** PR-8. */
    @Test
    void a_thread_that_preempts_already_counts_as_a_hit() {
        Script s = script();
        s.thread("I").preempted = s.gd(0).idlethread;
        assertCounts(s.run("schedule 0 I"), 1, 0, 0);
        assertEquals("T", s.current(0));
    }

    /** PR-9 to depth 2, and back with PREEMPT_DONE. */
    @Test
    void preemptions_nest_and_unwind() {
        Script s = script().run("get 0 K0", "schedule 0 I", "create 0 J pri=29 preempt");
        assertSame(s.thread("I"), s.thread("J").preempted);
        assertSame(s.thread("T"), s.thread("I").preempted);
        assertTrue(s.thread("T").has(TDF_PREEMPT_LOCK) && s.thread("I").has(TDF_PREEMPT_LOCK));
        assertSame(s.thread("T"), s.token(0).ref.owner, "a victim keeps its tokens");
        s.run("sleep 0");
        assertEquals("I", s.current(0));
        assertNull(s.thread("J").preempted);
        s.run("sleep 0");
        assertEquals("T", s.current(0));
        assertFalse(s.thread("T").hasAny(TDF_PREEMPT_LOCK | TDF_PREEMPT_DONE));
        assertCounts(s, 2, 0, 0);
    }

    /** The preemptor wants a token of its victim: it goes back, and is scheduled like any other thread. */
    @Test
    void a_preemptor_that_needs_a_token_of_its_victim_lets_it_go_on() {
        Script s = script().run("get 0 K0", "schedule 0 I", "get 0 K0");
        assertEquals("T", s.current(0));
        assertEquals("I T", s.runq(0));
        s.run("rel 0 K0", "switch 0");
        assertEquals("I", s.current(0));
        assertSame(s.thread("I"), s.token(0).ref.owner);
    }

    @Test
    void a_tick_is_charged_to_the_lwp_beneath_a_chain_of_preemptions() {
        Script s = new Script(1, 0).run("create 0 L lwp", "idle 0", "create 0 I pri=28 preempt");
        assertEquals("L", s.result("preempted_proc 0").path("ret").asText());
        assertTrue(new Script(1, 0)
                .run("create 0 K", "idle 0")
                .result("preempted_proc 0")
                .path("ret")
                .isNull());
    }

    @Test
    void a_helper_of_interrupt_threads_preempts_at_priority_20() {
        Script s = new Script(1, 0).run("create 0 H", "create 0 T", "idle 0", "intsupport 0", "sleep 0");
        assertEquals(20, s.thread("H").pri);
        assertTrue(s.thread("H").has(TDF_INTTHREAD));
        assertEquals("T", s.current(0));
        s.run("schedule 0 H");
        assertEquals("H", s.current(0));
        assertCounts(s, 1, 0, 0);
    }

    // ---- splz ---------------------------------------------------------------------------------------------------

    /** SZ-1, SZ-2 and their guards. */
    @Test
    void what_is_put_off_runs_when_the_last_critical_section_ends_unless_nested_too_deep() {
        Script s = pended();
        assertEquals("", s.run("crit_exit 0").runq(0), "one section is left");
        assertEquals("V", s.run("crit_exit 0").runq(0));
        Script nested = pended().run("nest 0 2", "crit_exit 0", "crit_exit 0", "splz_check 0");
        assertEquals("", nested.runq(0));
        assertEquals("V", nested.run("nest 0 -1", "splz_check 0").runq(0));
        Script hard = pended().run("crit_hard_enter 0", "splz_check 0", "crit_exit 0", "crit_exit 0");
        assertEquals("", hard.runq(0));
        assertEquals("V", hard.run("crit_hard_exit 0").runq(0));
        assertEquals("V", pended().run("splz_check 0").runq(0), "it runs even inside critical sections");
    }

    /** The idle thread is in two critical sections when a message arrives that schedules V. */
    private static Script pended() {
        Script s = new Script(2, 0).run("crit_enter 0", "crit_enter 0", "create 1 V cpu=0", "ipi 0");
        assertEquals(RQF_IPIQ, s.gd(0).reqflags & RQF_IPIQ);
        return s;
    }

    // ---- yields -------------------------------------------------------------------------------------------------

    /** YD-1. */
    @Test
    void a_yield_gives_way_to_an_equal_once_per_tick() {
        Script s = new Script(1, 0).run("create 0 T", "create 0 U", "idle 0", "yield 0");
        assertEquals("T", s.current(0));
        assertEquals("U", s.run("clock 0", "yield 0").current(0));
    }

    /** YD-2 to YD-4. */
    @Test
    void a_quick_yield_gives_way_to_a_better_thread_only() {
        Script s = new Script(1, 0).run("create 0 T", "create 0 U", "idle 0");
        s.gd(0).needLwktResched();
        s.run("yield_quick 0");
        assertEquals("T", s.current(0));
        assertEquals(0, s.gd(0).reqflags & RQF_AST_LWKT_RESCHED);
        assertEquals("V", s.run("create 0 V pri=14", "yield_quick 0").current(0));
    }

    /** YD-5. */
    @Test
    void a_yield_for_a_user_gives_up_the_designation_if_asked() {
        Script s = new Script(1, 0).run("create 0 L lwp release pri=6", "idle 0", "user_yield 0");
        assertNotNull(s.thread("L").release);
        s.run("user_resched 0 on", "user_yield 0");
        assertNull(s.thread("L").release);
        assertEquals(10, s.thread("L").pri);
    }
}
