package dev.swtch.lwkt.usched;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.swtch.lwkt.kern.KernClock;
import dev.swtch.lwkt.kern.KernSynch;
import dev.swtch.lwkt.kern.LwktKernel;
import dev.swtch.lwkt.kern.ThreadCache;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.LwktToken;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.lwkt.sys.Proc;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Machine;
import dev.swtch.machine.Next;
import dev.swtch.machine.cost.CostModel;
import dev.swtch.machine.topology.Topology;
import dev.swtch.spi.thread.ThreadClass;
import dev.swtch.spi.thread.ThreadSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers worked out by hand from the formulas of usched_dfly.c. */
class DflyVectorsTest {
    private static final int[] ESTCPUS = {0, 2048, 4096, 8192, 12288, 16384};

    private Machine machine = new Machine(Topology.of(1, 1, 1), CostModel.zero(), 0);
    private LwktKernel kernel = boot(1);
    private UschedDfly dfly = dfly(null);
    private int numbers = 100;

    private LwktKernel boot(int cpus) {
        machine = new Machine(Topology.of(1, cpus, 1), CostModel.zero(), 0);
        LwktKernel booted = new LwktKernel(
                machine,
                new LwktKernel.Parts(
                        KernSynch::new,
                        k -> gd -> Next.RETURN,
                        (gd, nothingPending) -> gd.cpu.pause(),
                        text -> {},
                        k -> new NoCache(),
                        td -> {},
                        null));
        for (int cpu = 0; cpu < cpus; cpu++) {
            machine.startNow(cpu);
        }
        return booted;
    }

    private static final class NoCache implements ThreadCache {
        @Override
        public LwktThread get() {
            throw new AssertionError("no thread is made here");
        }

        @Override
        public void put(LwktThread td) {}
    }

    private UschedDfly dfly(CpuNode root) {
        LwktThread[] helpers = new LwktThread[kernel.ncpus()];
        for (int i = 0; i < helpers.length; i++) {
            helpers[i] = thread();
        }
        return new UschedDfly(kernel, root, helpers);
    }

    private LwktThread thread() {
        ThreadSpec spec = ThreadSpec.kernel(++numbers, "td" + numbers, ThreadClass.KERNEL);
        LwktThread td = new LwktThread(spec, null, kernel.gd(0));
        td.wakefromcpu = -1;
        return td;
    }

    private Lwp lwp() {
        Lwp lp = new Lwp(new Proc("p", dfly, 0), new LwktToken(0, "token"));
        lp.setThread(thread());
        return lp;
    }

    private void run(Action action) {
        machine.enter(0, new Frame<>("TEST", (cpu, ref, a, b) -> {
            cpu.push(new Frame<>("REST", (on, unused, c, d) -> on.pause()));
            return action.run(Globaldata.of(cpu));
        }));
    }

    @FunctionalInterface
    private interface Action {
        Next run(Globaldata gd);
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
            assertEquals(expected[i], DflyPriority.normalPriority(nice, ESTCPUS[i]));
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
        run(gd -> dfly.resetpriority(gd, lp));
        Globaldata gd = kernel.gd(0);
        gd.schedclockTime = KernClock.SCHEDCLOCK_PERIOD;
        for (int tick = 1; tick <= ticks; tick++) {
            gd.schedclockTime += KernClock.SCHEDCLOCK_PERIOD;
            lp.cpticks++;
            run(mycpu -> dfly.schedulerclock(mycpu, lp));
            if (tick % 5 == 0) {
                run(mycpu -> dfly.recalculate(mycpu, lp));
            }
        }
        assertEquals(estcpu, lp.estcpu);
        assertEquals(priority, lp.priority);
        assertEquals(rqindex, lp.rqindex);
        assertEquals(uload, lp.uload);
    }

    // ---- placement on 2 chips x 2 cores -------------------------------------------------------------------------

    private void placement() {
        kernel = boot(4);
        dfly = dfly(CpuNode.build(2, 2, 1));
    }

    private void load(int cpu, long uload, int ucount, boolean busy) {
        DflyPcpu dd = dfly.pcpu(cpu);
        dd.uload = uload;
        dd.ucount = ucount;
        dd.uschedcp = busy ? lwp() : null;
    }

    private int best(Lwp lp) {
        return dfly.placement.chooseBestQueue(kernel.gd(0), lp).cpuid;
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
        kernel = boot(4);
        dfly = dfly(null);
        Lwp lp = lwp();
        for (int expected : new int[] {1, 2, 3, 0}) {
            assertEquals(expected, dfly.placement.chooseQueueSimple(kernel.gd(0), lp).cpuid);
        }
    }
}
