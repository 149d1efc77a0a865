package dev.swtch.lwkt.kern;

import static dev.swtch.lwkt.kern.ThreadLab.MS;
import static dev.swtch.lwkt.kern.ThreadLab.act;
import static dev.swtch.lwkt.kern.ThreadLab.work;
import static dev.swtch.lwkt.sys.Tdpri.TDPRI_IDLE_THREAD;
import static dev.swtch.lwkt.sys.Tdpri.TDPRI_INT_MED;
import static dev.swtch.lwkt.sys.Tdpri.TDPRI_KERN_DAEMON;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.swtch.lwkt.golden.Script;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.LwktToken;
import dev.swtch.lwkt.sys.RunQueue;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What looks like a defect of DragonFly 3.6 (sys/kern/lwkt_thread.c and lwkt_token.c), both ways. */
class SurprisePathsTest {
    private final ThreadLab lab = new ThreadLab(2);
    private final LwktKernel k = lab.kernel;

    /** a preemptable thread of priority 12 is no better than the idle thread. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void the_idle_thread_keeps_the_priority_of_a_daemon(boolean fixed) {
        if (fixed) {
            k.gd(0).idlethread.pri = TDPRI_IDLE_THREAD;
        }
        lab.ithread(0, 5, TDPRI_KERN_DAEMON);
        lab.machine.raiseLine(5, 0, lab.machine.now() + MS);
        lab.machine.run(lab.machine.now() + 10 * MS);
        assertEquals(fixed ? 1 : 0, k.preemptHit);
        assertEquals(fixed ? 0 : 1, k.preemptMiss);
        assertEquals(1, lab.served.size());
    }

    /** the second comparison of the enqueue, by td_upri, is never reached. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void equal_priorities_are_first_come_first_served_whatever_the_user_scheduler_says(boolean fixed) {
        k.gd(0).enqueueByUpri = fixed;
        LwktThread worse = lab.thread(0);
        LwktThread better = lab.thread(0);
        worse.upri = -152;
        better.upri = -128;
        List<LwktThread> order = new ArrayList<>();
        LwktThread driver = lab.thread(
                0,
                act(Globaldata::critEnter),
                gd -> k.schedule.lwktSchedule(gd, worse),
                gd -> k.schedule.lwktSchedule(gd, better),
                act(gd -> order.addAll(queue(gd))),
                k.splz::critExit);
        lab.machine.run(lab.machine.now() + 10 * MS);
        assertEquals(fixed ? List.of(driver, better, worse) : List.of(driver, worse, better), order);
    }

    private static List<LwktThread> queue(Globaldata gd) {
        List<LwktThread> queued = new ArrayList<>();
        for (LwktThread td = gd.tdrunq.first(); td != null; td = RunQueue.next(td)) {
            queued.add(td);
        }
        return queued;
    }

    /** in the loop an interrupt finds a critical section and waits; the idle thread it preempts. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void an_interrupt_waits_for_a_thread_that_spins_for_a_token(boolean fixed) {
        k.sysctl.splzWhileContended = !fixed;
        LwktToken token = new LwktToken(1, "token");
        lab.ithread(0, 5, TDPRI_INT_MED);
        lab.thread(
                1, gd -> k.tokens.lwktGettoken(gd, token), work(5 * MS), act(gd -> k.tokens.lwktReltoken(gd, token)));
        lab.machine.run(lab.machine.now() + MS);
        List<Long> got = new ArrayList<>();
        lab.thread(
                0,
                gd -> k.tokens.lwktGettoken(gd, token),
                act(gd -> got.add(gd.cpu.now())),
                act(gd -> k.tokens.lwktReltoken(gd, token)));
        lab.machine.raiseLine(5, 0, lab.machine.now() + MS);
        lab.machine.run(lab.machine.now() + 20 * MS);
        assertEquals(fixed ? 1 : 0, k.preemptHit);
        assertEquals(fixed ? 0 : 1, k.preemptMiss);
        assertEquals(1, lab.served.size());
        assertEquals(1, got.size());
    }

    /** each failed turn of the idle thread is a first one: K1, wanted first, is tried first for good. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void the_idle_thread_never_comes_to_take_tokens_in_the_order_of_their_addresses(boolean fixed) {
        Script s = new Script(3, 2).run("create 1 X", "idle 1", "get 1 K0", "create 0 T", "idle 0");
        s.kernel().sysctl.idleSortsTokens = fixed;
        s.run("get 0 K1", "get 0 K0", "create 2 Y", "idle 2", "get 2 K1");
        s.run("create 1 V cpu=0 pri=14", "ipi 0", "spin 0", "sleep 0");
        assertEquals("idle0", s.current(0));
        long first = s.token(1).collisions;
        long second = s.token(0).collisions;
        for (int turn = 0; turn < 20; turn++) {
            s.run("idle 0");
        }
        assertEquals(fixed ? 9 : 20, s.token(1).collisions - first);
        assertEquals(fixed ? 11 : 0, s.token(0).collisions - second);
        s.run("rel 1 K0", "rel 2 K1", "idle 0");
        assertEquals("T", s.current(0));
    }

    /** Q-10, vector A.4: shared by one, wanted exclusively by another: 4 | 2; a second share makes it 8 | 2. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void an_exclusive_request_does_not_keep_others_from_sharing(boolean fixed) {
        k.gd(0).exclreqBlocksShared = fixed;
        LwktToken token = new LwktToken(1, "token");
        List<Long> words = new ArrayList<>();
        lab.thread(
                1,
                gd -> k.tokens.lwktGettokenShared(gd, token),
                work(5 * MS),
                act(gd -> k.tokens.lwktReltoken(gd, token)));
        lab.machine.run(lab.machine.now() + MS);
        token.count |= LwktToken.TOK_EXCLREQ;
        lab.thread(
                0,
                gd -> k.tokens.lwktGettokenShared(gd, token),
                act(gd -> words.add(token.count)),
                act(gd -> k.tokens.lwktReltoken(gd, token)));
        lab.machine.run(lab.machine.now() + MS);
        assertEquals(fixed ? List.of() : List.of(2L * LwktToken.TOK_INCR | LwktToken.TOK_EXCLREQ), words);
    }
}
