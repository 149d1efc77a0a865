package dev.swtch.lwkt.kern;

import static dev.swtch.lwkt.sys.Rqf.RQF_AST_LWKT_RESCHED;
import static dev.swtch.lwkt.sys.Rqf.RQF_RUNNING;
import static dev.swtch.lwkt.sys.Tdf.TDF_MIGRATING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.swtch.lwkt.golden.Script;
import org.junit.jupiter.api.Test;

/** Each code path of the run queue in its smallest scenario (DragonFly 3.6, sys/kern/lwkt_thread.c). */
class RunqPathsTest {
    private static boolean has(Script s, int flag) {
        return (s.gd(0).reqflags & flag) != 0;
    }

    /** DQ-1, DQ-2, EQ-2, EQ-5. */
    @Test
    void the_first_thread_raises_the_flags_and_the_last_clears_running() {
        Script s = new Script(1, 0).run("create 0 T");
        assertTrue(has(s, RQF_RUNNING) && has(s, RQF_AST_LWKT_RESCHED));
        s.run("idle 0");
        assertEquals(1, s.gd(0).tdrunqcount);
        s.run("deschedule_self 0");
        assertEquals(0, s.gd(0).tdrunqcount);
        assertFalse(has(s, RQF_RUNNING));
        assertEquals("T", s.current(0), "a descheduled thread runs on");
    }

    /** DQ-3. */
    @Test
    void descheduling_a_thread_that_is_not_queued_changes_nothing() {
        Script s = new Script(1, 0).run("create 0 T nostart", "create 0 U", "deschedule 0 T");
        assertEquals("U", s.runq(0));
        assertEquals(1, s.gd(0).tdrunqcount);
    }

    /** EQ-1: queued, migrating or blocked. */
    @Test
    void a_thread_is_queued_once_and_not_while_it_migrates_or_blocks() {
        Script s = new Script(1, 0).run("create 0 T", "schedule 0 T");
        assertEquals(1, s.gd(0).tdrunqcount);
        s.run("create 0 U nostart", "flag 0 U BLOCKQ on", "schedule 0 U", "create 0 V nostart");
        s.thread("V").flags |= TDF_MIGRATING;
        LwktRunq.enqueue(s.gd(0), s.thread("V"));
        assertEquals("T", s.runq(0));
    }

    /** EQ-3. */
    @Test
    void a_thread_stands_before_those_of_lower_priority() {
        Script s = new Script(1, 0).run("create 0 A pri=28", "create 0 B pri=10", "create 0 C pri=12");
        assertEquals("A C B", s.runq(0));
    }

    /** EQ-4: the comparison by td_upri is never reached in the seed. */
    @Test
    void equals_are_first_come_first_served_whatever_their_upri() {
        String[] ops = {"create 0 A pri=12", "create 0 B pri=12 upri=5", "create 0 C pri=12 upri=9"};
        assertEquals("A B C", new Script(1, 0).run(ops).runq(0));
        Script fixed = new Script(1, 0);
        fixed.gd(0).enqueueByUpri = true;
        assertEquals("C B A", fixed.run(ops).runq(0));
    }

    /** SP-1 to SP-4. */
    @Test
    void a_new_priority_puts_a_queued_thread_behind_its_equals() {
        Script s = new Script(1, 0).run("create 0 A", "create 0 B", "create 0 C", "idle 0");
        assertEquals("A B C", s.run("setpri 0 A 12").runq(0), "equal: nothing happens");
        assertEquals("B C A", s.run("setpri 0 A 11").runq(0));
        assertEquals("B C A", s.run("setpri 0 A 12").runq(0));
        assertEquals("B C A", s.run("setpri_self 0 12").runq(0), "A runs and stands last already");
        assertEquals("C A B", s.run("switch 0", "setpri_self 0 12").runq(0), "equal, but not for oneself");
        s.run("create 0 N nostart", "setpri 0 N 20");
        assertEquals(20, s.thread("N").pri);
        assertEquals("C A B", s.runq(0));
    }

    @Test
    void a_first_priority_may_be_given_from_another_cpu() {
        Script s = new Script(2, 0).run("create 1 N nostart", "setpri_init 0 N 28");
        assertEquals(28, s.thread("N").pri);
    }

    /** CK-1, CK-2. */
    @Test
    void a_tick_moves_the_running_thread_behind_its_equals_only() {
        Script s = new Script(1, 0).run("create 0 T", "create 0 U", "create 0 V pri=10", "idle 0", "clock 0");
        assertEquals("U T V", s.runq(0));
        assertTrue(has(s, RQF_AST_LWKT_RESCHED));
        Script alone = new Script(1, 0).run("create 0 T", "create 0 V pri=10", "idle 0", "clock 0");
        assertEquals("T V", alone.runq(0));
        assertFalse(has(alone, RQF_AST_LWKT_RESCHED));
    }

    /** CK-3: also on an idle CPU, unless that surprise is switched off. */
    @Test
    void a_tick_asks_for_the_head_of_the_queue_if_another_runs() {
        Script s = new Script(1, 0).run("create 0 T", "idle 0", "create 0 U pri=14");
        s.gd(0).clearLwktResched();
        assertTrue(has(s.run("clock 0"), RQF_AST_LWKT_RESCHED));
        assertTrue(has(new Script(1, 0).run("clock 0"), RQF_AST_LWKT_RESCHED));
        Script fixed = new Script(1, 0);
        fixed.gd(0).reschedWhenEmpty = false;
        assertFalse(has(fixed.run("clock 0"), RQF_AST_LWKT_RESCHED));
    }

    /** DS-1, DS-2, SC-1. */
    @Test
    void descheduling_is_at_once_here_and_by_a_message_elsewhere() {
        Script s = new Script(2, 0).run("create 0 T", "deschedule 0 T");
        assertEquals("", s.runq(0));
        s.run("create 1 X", "deschedule 0 X");
        assertEquals("X", s.runq(1));
        assertEquals("", s.run("ipi 1").runq(1));
        s.run("schedule 0 T", "idle 0", "deschedule_self 0", "schedule 0 T");
        assertEquals("T", s.runq(0), "a thread may queue itself again before it switches");
    }
}
