package dev.swtch.lwkt.kern;

import static dev.swtch.lwkt.kern.ThreadLab.MS;
import static dev.swtch.lwkt.kern.ThreadLab.act;
import static dev.swtch.lwkt.kern.ThreadLab.work;
import static dev.swtch.lwkt.sys.Tdpri.TDPRI_INT_MED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.swtch.lwkt.kern.ThreadLab.Step;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.LwktToken;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Tokens in simulated time (DragonFly 3.6, sys/kern/lwkt_token.c): what a workload cannot ask for, sharing a token and
 * taking one in an interrupt.
 */
class TokenRunsTest {
    private static final int IRQ = 5;

    private final LwktToken token = new LwktToken(1, "token");
    private final List<Long> got = new ArrayList<>();

    // ---- shared and exclusive -----------------------------------------------------------------------------------

    private int shares;

    /** B-11: commits 54341a3b44 and 83c891d5d2: two CPUs share the token in turns that overlap; a third wants it alone. */
    @Test
    void many_sharers_starve_who_wants_a_token_alone_unless_its_request_counts() {
        starve(false);
        assertEquals(List.of(), got, "in 50 ms");
        assertTrue(shares > 900, shares + " shares of 100 us by two CPUs");
    }

    @Test
    void a_request_that_counts_is_served_when_those_who_share_are_done() {
        long asked = starve(true);
        long waited = got.get(0) - asked;
        assertTrue(waited > 0 && waited < 110_000, "no longer than a share of 100 us: " + waited);
        assertTrue(shares > 900, "afterwards it is shared again: " + shares);
    }

    /** Returns when the third CPU asks. */
    private long starve(boolean requestCounts) {
        ThreadLab lab = new ThreadLab(3);
        for (int cpu = 0; cpu < 3; cpu++) {
            lab.kernel.gd(cpu).exclreqBlocksShared = requestCounts;
        }
        lab.thread(0, gd -> share(lab, gd));
        lab.thread(1, work(50_000), gd -> share(lab, gd));
        lab.machine.run(lab.machine.now() + MS);
        long asked = lab.machine.now();
        lab.thread(
                2,
                gd -> lab.kernel.tokens.lwktGettoken(gd, token),
                act(gd -> got.add(gd.cpu.now())),
                act(gd -> lab.kernel.tokens.lwktReltoken(gd, token)));
        lab.machine.run(asked + 50 * MS);
        return asked;
    }

    /** Shares the token for 100 us again and again, with 1 us between. */
    private Next share(ThreadLab lab, Globaldata gd) {
        Step[] turn = {
            on -> lab.kernel.tokens.lwktGettokenShared(on, token),
            work(100_000),
            act(on -> lab.kernel.tokens.lwktReltoken(on, token)),
            work(1_000)
        };
        shares++;
        return turnStep(lab, gd, turn, 0);
    }

    private Next turnStep(ThreadLab lab, Globaldata gd, Step[] turn, int at) {
        if (at == turn.length) {
            return share(lab, gd);
        }
        gd.cpu.push(
                new Frame<>("TURN", (cpu, ref, next, b) -> turnStep(lab, Globaldata.of(cpu), turn, next)), at + 1, 0);
        return turn[at].run(gd);
    }

    // ---- in an interrupt ----------------------------------------------------------------------------------------

    /** B-3: lwkt_switch, step 5: back to the victim, which goes on until it gives way after it released the token. */
    @Test
    void an_interrupt_thread_that_wants_its_victims_token_waits_like_any_other_thread() {
        ThreadLab lab = new ThreadLab(1);
        LwktKernel k = lab.kernel;
        ithreadThatWantsTheToken(lab);
        List<Long> released = new ArrayList<>();
        List<Long> yielded = new ArrayList<>();
        lab.thread(
                0,
                gd -> k.tokens.lwktGettoken(gd, token),
                work(5 * MS),
                act(gd -> k.tokens.lwktReltoken(gd, token)),
                act(gd -> released.add(gd.cpu.now())),
                work(3 * MS),
                k.yields::lwktYield,
                act(gd -> yielded.add(gd.cpu.now())));
        lab.machine.raiseLine(IRQ, 0, lab.machine.now() + MS);
        lab.machine.run(lab.machine.now() + 20 * MS);
        assertEquals(1, k.preemptHit, "it preempts, and returns at once");
        assertEquals(1, got.size());
        assertTrue(got.get(0) > released.get(0) + 3 * MS, "not when the token is free");
        assertTrue(yielded.get(0) > got.get(0), "but in the yield, as it has the better priority");
        assertTrue(token.collisions >= 1);
    }

    /** B-3 where the victim keeps the token over its yield: a switch gives it up. */
    @Test
    void a_victim_that_yields_gives_its_token_up_to_the_interrupt_thread() {
        ThreadLab lab = new ThreadLab(1);
        LwktKernel k = lab.kernel;
        ithreadThatWantsTheToken(lab);
        List<Long> ends = new ArrayList<>();
        lab.thread(
                0,
                gd -> k.tokens.lwktGettoken(gd, token),
                work(5 * MS),
                k.yields::lwktYield,
                act(gd -> ends.add(gd.cpu.now())),
                work(3 * MS),
                act(gd -> k.tokens.lwktReltoken(gd, token)));
        lab.machine.raiseLine(IRQ, 0, lab.machine.now() + MS);
        lab.machine.run(lab.machine.now() + 20 * MS);
        assertEquals(1, got.size());
        assertTrue(ends.get(0) - got.get(0) > 10_000 && ends.get(0) - got.get(0) < 30_000, "its 10 us come between");
    }

    private void ithreadThatWantsTheToken(ThreadLab lab) {
        LwktKernel k = lab.kernel;
        lab.ithread(
                0,
                IRQ,
                TDPRI_INT_MED,
                gd -> k.tokens.lwktGettoken(gd, token),
                act(gd -> got.add(gd.cpu.now())),
                work(10_000),
                act(gd -> k.tokens.lwktReltoken(gd, token)));
    }
}
