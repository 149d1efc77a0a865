package dev.swtch.lwkt.kern;

import static dev.swtch.lwkt.sys.Errno.ENOENT;
import static dev.swtch.lwkt.sys.Tdf.TDF_MIGRATING;
import static dev.swtch.lwkt.sys.Tdf.TDF_TSLEEPQ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.swtch.lwkt.golden.Script;
import dev.swtch.lwkt.sys.IpiFunction;
import dev.swtch.machine.Next;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Each code path between CPUs in its smallest scenario: schedule and migration (DragonFly 3.6,
 * sys/kern/lwkt_thread.c), IPI messages and cpusync (sys/kern/lwkt_ipiq.c).
 */
class RemotePathsTest {
    private final List<Integer> done = new ArrayList<>();
    private final IpiFunction<Object> note = new IpiFunction<>("note", (gd, arg1, arg2, frame) -> {
        done.add(arg2);
        return Next.RETURN;
    });

    // ---- remote schedule ----------------------------------------------------------------------------------------

    /** SC-3, SC-5: run by splz there is no frame, so nobody is preempted. */
    @Test
    void a_message_that_a_critical_section_put_off_preempts_nobody() {
        Script s = new Script(2, 0)
                .run("create 1 T", "idle 1", "create 1 I pri=28 preempt nostart", "crit_enter 1", "schedule 0 I")
                .run("ipi 1", "crit_exit 1");
        assertEquals("T", s.current(1));
        assertEquals("I T", s.runq(1));
        assertEquals(1, s.kernel().preemptMiss);
    }

    /** SC-4. */
    @Test
    void a_message_taken_by_an_interrupt_may_preempt() {
        Script s = new Script(2, 0)
                .run("create 1 T", "idle 1", "create 1 I pri=28 preempt nostart", "schedule 0 I", "ipi 1");
        assertEquals("I", s.current(1));
        assertEquals(1, s.kernel().preemptHit);
    }

    /** SC, forwarded. */
    @Test
    void a_message_for_a_thread_that_has_moved_is_forwarded() {
        Script s = new Script(3, 0).run("create 1 A", "idle 1", "schedule 0 A", "migrate 1 2", "ipi 2");
        assertEquals(1, s.gd(0).ipiq(1).pending());
        s.run("ipi 1");
        assertEquals(1, s.gd(1).ipiq(2).pending());
        assertEquals("A", s.run("ipi 2").runq(2));
    }

    // ---- migration ----------------------------------------------------------------------------------------------

    /** AQ-1. */
    @Test
    void pulling_waits_until_the_old_cpu_has_switched_the_thread_out() {
        Script s = new Script(2, 0).run("create 0 A", "idle 0", "deschedule_self 0", "giveaway 0 A", "acquire 1 A");
        assertEquals("acquire", s.run("spin 1 3").waits(1));
        assertSame(s.gd(0), s.thread("A").gd);
        s.run("switch 0", "spin 1");
        assertEquals("", s.waits(1));
        assertSame(s.gd(1), s.thread("A").gd);
        assertFalse(s.thread("A").has(TDF_MIGRATING));
    }

    /** AQ-2, and a sleep queue the thread was left on. */
    @Test
    void pulling_on_the_same_cpu_waits_for_nothing() {
        Script s = new Script(1, 0)
                .run("create 0 A", "idle 0", "deschedule_self 0", "flag 0 A TSLEEPQ on", "giveaway 0 A");
        assertFalse(s.thread("A").has(TDF_TSLEEPQ));
        assertEquals("", s.run("acquire 0 A").waits(0));
        assertFalse(s.thread("A").has(TDF_MIGRATING));
    }

    /** MG-1. */
    @Test
    void moving_to_the_same_cpu_is_nothing() {
        Script s = new Script(2, 0).run("create 0 A", "idle 0", "migrate 0 0");
        assertEquals("A", s.current(0));
        assertEquals(0, s.gd(0).ipiqCount);
    }

    /** MG-2. */
    @Test
    void a_thread_that_moves_gives_up_its_designation_and_its_sleep_queue_first() {
        Script s = new Script(2, 0).run("create 0 L lwp release pri=6", "idle 0", "flag 0 L TSLEEPQ on", "migrate 0 1");
        assertNull(s.thread("L").release);
        assertEquals(10, s.thread("L").pri);
        assertFalse(s.thread("L").has(TDF_TSLEEPQ));
        assertEquals("L", s.run("ipi 1", "idle 1").current(1));
        assertSame(s.thread("L"), s.gd(1).curthread);
    }

    // ---- messages -----------------------------------------------------------------------------------------------

    private Script send(Script s, int messages) {
        for (int i = 0; i < messages; i++) {
            int number = i;
            s.enter(0, gd -> s.kernel().ipiq.lwktSendIpiq3(gd, s.gd(1), note, s, number));
        }
        return s;
    }

    /** B-7: one interrupt, first in, first out. */
    @Test
    void messages_share_an_interrupt_and_keep_their_order() {
        Script s = send(new Script(2, 0), 5);
        assertEquals(5, s.gd(0).ipiqCount);
        assertEquals(4, s.gd(0).ipiqAvoided);
        s.run("ipi 1");
        assertEquals(List.of(0, 1, 2, 3, 4), done);
        assertEquals(0, s.gd(1).npoll);
    }

    /** B-8: above 16 the sender waits until 8 are left. */
    @Test
    void a_sender_waits_for_a_queue_that_is_half_full() {
        Script s = send(new Script(2, 0), 17);
        assertEquals("", s.waits(0));
        s.enter(0, gd -> s.kernel().ipiq.lwktSendIpiq3(gd, s.gd(1), note, s, 17));
        assertEquals("fifo", s.waits(0));
        assertEquals(1, s.gd(0).ipiqFifofull);
        assertEquals("fifo", s.run("spin 0").waits(0));
        s.run("ipi 1", "spin 0");
        assertEquals("", s.waits(0));
        assertEquals(1, s.gd(0).ipiq(1).pending());
        s.run("ipi 1");
        assertEquals(18, done.size());
        assertEquals(17, done.get(17));
    }

    /** B-9: each works off what the other sent while it waits. */
    @Test
    void two_cpus_with_full_queues_to_each_other_do_not_deadlock() {
        Script s = send(new Script(2, 0), 17);
        for (int i = 0; i < 17; i++) {
            s.enter(1, gd -> s.kernel().ipiq.lwktSendIpiq3(gd, s.gd(0), note, s, 100));
        }
        s.enter(0, gd -> s.kernel().ipiq.lwktSendIpiq3(gd, s.gd(1), note, s, 17));
        s.enter(1, gd -> s.kernel().ipiq.lwktSendIpiq3(gd, s.gd(0), note, s, 101));
        for (int turn = 0; turn < 3; turn++) {
            s.run(s.waits(0).isEmpty() ? "ipi 0" : "spin 0", s.waits(1).isEmpty() ? "ipi 1" : "spin 1");
        }
        assertEquals("", s.waits(0) + s.waits(1));
        assertEquals(36, done.size());
    }

    @Test
    void a_passive_message_waits_for_the_next_interrupt() {
        Script s = new Script(2, 0);
        s.enter(0, gd -> s.kernel().ipiq.lwktSendIpiq3Passive(gd, s.gd(1), note, s, 7));
        assertEquals(0, s.gd(1).npoll);
        assertEquals(1, s.gd(0).ipiqPassive);
        send(s, 1).run("ipi 1");
        assertEquals(List.of(7, 0), done);
    }

    @Test
    void a_message_that_may_not_wait_is_refused_when_two_thirds_are_taken() {
        Script s = new Script(2, 0).run("create 0 T", "idle 0", "crit_enter 0");
        for (int i = 0; i < 21; i++) {
            s.enter(0, gd -> s.kernel().ipiq.lwktSendIpiq3Nowait(gd, s.gd(1), note, s, 1));
            assertEquals(0, s.thread("T").error);
        }
        s.enter(0, gd -> s.kernel().ipiq.lwktSendIpiq3Nowait(gd, s.gd(1), note, s, 2));
        assertEquals(ENOENT, s.thread("T").error);
        assertEquals(21, s.gd(0).ipiq(1).pending());
    }

    @Test
    void who_waits_for_a_message_polls_until_it_is_done() {
        Script s = send(new Script(2, 0), 3);
        int seq = s.kernel().ipiqWait.lwktSeqIpiq(s.gd(0), s.gd(1));
        s.enter(0, gd -> s.kernel().ipiqWait.lwktWaitIpiq(gd, s.gd(1), seq));
        assertEquals("ipiq", s.run("spin 0").waits(0));
        s.enter(1, gd -> s.kernel().schedule.lwktDeschedule(gd, s.gd(0).idlethread));
        s.run("spin 0");
        assertEquals(0, s.gd(1).ipiq(0).pending(), "meanwhile it works off its own");
        s.run("ipi 1", "spin 0");
        assertEquals("", s.waits(0));
        assertEquals(3, done.size());
    }

    /** The stub's wake-up only counts, so that the script schedules the sleeper. */
    @Test
    void all_cpus_have_done_their_messages_when_a_synchronisation_ends() {
        Script s = new Script(3, 0).run("create 0 A", "idle 0");
        send(s, 1).enter(0, gd -> s.kernel().ipiqWait.lwktSynchronizeIpiqs(gd, "sync"));
        assertEquals("idle0", s.current(0));
        s.run("ipi 1", "schedule 0 A", "idle 0");
        assertEquals("idle0", s.current(0), "CPU 2 has not answered: asleep again");
        s.run("ipi 2", "schedule 0 A", "idle 0");
        assertEquals("A", s.current(0));
        assertEquals(0, s.thread("A").critcount);
        assertEquals(List.of(0), done);
    }

    /** {@code lwkt_smp_stopped}: a CPU the debugger stopped. */
    @Test
    void a_stopped_cpu_does_its_messages() {
        Script s = send(new Script(2, 0), 2).run("smp_stopped 1");
        assertEquals(List.of(0, 1), done);
        assertEquals(0, s.gd(0).ipiq(1).pending());
        assertEquals(0, s.gd(1).curthread.critcount);
    }

    // ---- cpusync ------------------------------------------------------------------------------------------------

    /** B-26: the target in a critical section delays the others, which are held still meanwhile. */
    @Test
    void cpus_are_held_still_until_all_have_answered_and_run_the_function_when_released() {
        Script s = new Script(3, 0).run("crit_enter 2", "cs_begin 0 6", "ipi 1", "ipi 2");
        assertEquals("cswait", s.waits(0));
        assertEquals("cspoll", s.waits(1));
        assertEquals("", s.waits(2));
        assertEquals(1, s.gd(0).curthread.cscount);
        assertEquals("cswait", s.run("spin 0 3", "spin 1 3").waits(0));
        s.run("crit_exit 2", "spin 0");
        assertEquals("", s.waits(0));
        assertEquals("cspoll", s.run("spin 1").waits(1));
        s.run("cs_end 0", "spin 1", "spin 2", "spin 0");
        assertEquals("", s.waits(0) + s.waits(1) + s.waits(2));
        assertEquals(0, s.gd(0).curthread.cscount);
        assertTrue(s.gd(0).ipiqCscount == 1);
    }
}
