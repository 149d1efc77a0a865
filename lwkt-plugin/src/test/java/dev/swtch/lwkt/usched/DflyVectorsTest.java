package dev.swtch.lwkt.usched;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.swtch.lwkt.kern.KernClock;
import dev.swtch.lwkt.sys.Cpumask;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.lwkt.sys.LwpQueue;
import dev.swtch.machine.Next;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers worked out by hand from the formulas of usched_dfly.c. */
class DflyVectorsTest {
    private static final int[] ESTCPUS = {0, 2048, 4096, 8192, 12288, 16384};

    private UschedLab lab = new UschedLab(1);
    private UschedDfly dfly = dfly(null);

    private UschedDfly dfly(CpuNode root) {
        return new UschedDfly(lab.kernel, root, lab.helpers());
    }

    private Lwp lwp() {
        return lab.lwp(dfly, 0);
    }

    @ParameterizedTest
    @CsvSource({
        "-20, 128, 137, 147, 167, 186, 206",
        "-10, 140, 149, 159, 179, 198, 218",
        "0,   152, 162, 171, 191, 210, 230",
        "10,  164, 174, 184, 203, 223, 242",
        "20,  176, 186, 196, 215, 235, 254"
    })
    void priority_by_nice_and_estcpu(int nice, int a, int b, int c, int d, int e, int f) {
        int[] expected = {a, b, c, d, e, f};
        for (int i = 0; i < ESTCPUS.length; i++) {
            assertEquals(expected[i], UserPriority.normal(nice, ESTCPUS[i]));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-20, 0, 249, 499, 999",
        "-10, 0, 188, 377, 755",
        "0, 0, 128, 256, 512",
        "10, 0, 68, 135, 269",
        "20, 0, 7, 13, 25"
    })
    void load_by_nice_and_estcpu(int nice, int a, int b, int c, int d) {
        assertEquals(a, DflyPriority.uload(nice, 0));
        assertEquals(b, DflyPriority.uload(nice, 4096));
        assertEquals(c, DflyPriority.uload(nice, 8192));
        assertEquals(d, DflyPriority.uload(nice, 16384));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 328, 153, 6, 10",
        "5, 1636, 159, 7, 51",
        "10, 3218, 167, 9, 100",
        "25, 7680, 188, 15, 240",
        "50, 14235, 220, 23, 444",
        "60, 15867, 227, 24, 495",
        "100, 16160, 229, 25, 505"
    })
    void a_cpu_bound_lwp_gets_worse(int ticks, int estcpu, int priority, int rqindex, int uload) {
        Lwp lp = lwp();
        lab.run(0, gd -> dfly.resetpriority(gd, lp));
        Globaldata gd = lab.kernel.gd(0);
        gd.schedclockTime = KernClock.SCHEDCLOCK_PERIOD;
        for (int tick = 1; tick <= ticks; tick++) {
            gd.schedclockTime += KernClock.SCHEDCLOCK_PERIOD;
            lp.cpticks++;
            lab.run(0, mycpu -> dfly.schedulerclock(mycpu, lp));
            if (tick % 5 == 0) {
                lab.run(0, mycpu -> dfly.recalculate(mycpu, lp));
            }
        }
        assertEquals(estcpu, lp.estcpu);
        assertEquals(priority, lp.priority);
        assertEquals(rqindex, lp.rqindex);
        assertEquals(uload, lp.uload);
    }

    // ---- placement on 2 chips x 2 cores -------------------------------------------------------------------------

    private void placement() {
        lab = new UschedLab(4);
        dfly = dfly(CpuNode.build(2, 2, 1));
    }

    private void load(int cpu, long uload, int ucount, boolean busy) {
        DflyPcpu dd = dfly.pcpu(cpu);
        dd.uload = uload;
        dd.ucount = ucount;
        dd.uschedcp = busy ? lwp() : null;
    }

    private int best(Lwp lp) {
        return dfly.placement.chooseBestQueue(lab.kernel.gd(0), lp).cpuid;
    }

    private Lwp counted(int uload) {
        Lwp lp = lwp();
        lp.uload = uload;
        lp.mpflags = Lwp.LWP_MP_ULOAD;
        return lp;
    }

    @Test
    void an_lwp_stays_on_an_idle_machine() {
        placement();
        assertEquals(0, best(lwp()));
    }

    @Test
    void an_lwp_leaves_a_loaded_cpu_for_an_idle_chip() {
        placement();
        load(0, 1024, 2, true);
        assertEquals(2, best(counted(512)));
        load(1, 512, 1, true);
        assertEquals(2, best(counted(512)));
    }

    @Test
    void an_idle_cpu_of_its_own_beats_the_waker() {
        placement();
        load(0, 20, 1, false);
        load(2, 100, 1, true);
        Lwp lp = counted(20);
        lp.thread().wakefromcpu = 2;
        assertEquals(0, best(lp));
    }

    @Test
    void an_lwp_stays_where_all_are_busy() {
        placement();
        load(0, 1024, 2, true);
        load(1, 512, 1, true);
        load(2, 512, 1, true);
        load(3, 512, 1, true);
        assertEquals(0, best(counted(512)));
    }

    @Test
    void without_topology_cpus_take_turns() {
        lab = new UschedLab(4);
        dfly = dfly(null);
        Lwp lp = lwp();
        for (int expected : new int[] {1, 2, 3, 0}) {
            assertEquals(expected, dfly.placement.chooseQueueSimple(lab.kernel.gd(0), lp).cpuid);
        }
    }

    /** 0x10, which a comment calls a default, is not in 0x8f: a woken LWP may go to the very CPU of its waker. */
    @Test
    void the_wakers_very_cpu_is_favoured_unless_feature_0x10_is_set() {
        placement();
        dfly.tunables.weight1 = 0;
        Lwp lp = lwp();
        lp.thread().wakefromcpu = 2;
        assertEquals(0x8f, dfly.tunables.features);
        assertEquals(2, best(lp));
        dfly.tunables.features = 0x9f;
        assertEquals(3, best(lp));
    }

    /** an LWP that was interrupted in its turn stands behind its equals and begins a new one; switchable. */
    @Test
    void the_rest_of_a_turn_is_lost() {
        assertEquals("waiting interrupted 0", requeued(false, 3));
        assertEquals("interrupted waiting 3", requeued(true, 3));
        assertEquals("waiting interrupted 0", requeued(true, 5));
    }

    private String requeued(boolean atHead, int rrcount) {
        lab = new UschedLab(1);
        dfly = dfly(null);
        dfly.tunables.requeueAtHead = atHead;
        Lwp waiting = lwp();
        Lwp interrupted = lwp();
        lab.run(0, gd -> dfly.resetpriority(gd, waiting));
        lab.run(0, gd -> dfly.resetpriority(gd, interrupted));
        interrupted.rrcount = rrcount;
        lab.run(0, gd -> {
            gd.critEnter();
            dfly.queues.setrunqueueLocked(gd, dfly.pcpu(0), waiting);
            dfly.queues.setrunqueueLocked(gd, dfly.pcpu(0), interrupted);
            gd.critExitNoyield();
            return Next.RETURN;
        });
        LwpQueue queue = dfly.pcpu(0).runq.queue(UserRunq.NORMAL, waiting.rqindex);
        String order = queue.first() == waiting ? "waiting interrupted " : "interrupted waiting ";
        assertSame(queue.first() == waiting ? interrupted : waiting, queue.last());
        return order + interrupted.rrcount;
    }

    /** what another CPU pulls is taken whether it may run there or not; switchable. */
    @Test
    void a_pull_takes_what_may_not_run_here() {
        placement();
        Lwp pinned = lwp();
        pinned.rqtype = Lwp.RTP_PRIO_NORMAL;
        pinned.cpumask.copyFrom(Cpumask.of(3));
        Lwp[] pulled = new Lwp[2];
        lab.run(0, gd -> {
            gd.critEnter();
            dfly.queues.setrunqueueLocked(gd, dfly.pcpu(0), pinned);
            dfly.tunables.pullChecksCpumask = true;
            pulled[0] = dfly.queues.chooseprocLocked(gd, dfly.pcpu(0), dfly.pcpu(1), null, true);
            dfly.tunables.pullChecksCpumask = false;
            pulled[1] = dfly.queues.chooseprocLocked(gd, dfly.pcpu(0), dfly.pcpu(1), null, true);
            gd.critExitNoyield();
            return Next.RETURN;
        });
        assertNull(pulled[0]);
        assertSame(pinned, pulled[1]);
        assertEquals(1, pinned.qcpu);
    }
}
