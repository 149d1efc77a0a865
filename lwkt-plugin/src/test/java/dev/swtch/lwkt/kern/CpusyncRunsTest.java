package dev.swtch.lwkt.kern;

import static dev.swtch.lwkt.kern.ThreadLab.MS;
import static dev.swtch.lwkt.kern.ThreadLab.act;
import static dev.swtch.lwkt.kern.ThreadLab.work;
import static dev.swtch.lwkt.sys.Tdpri.TDPRI_INT_MED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.swtch.lwkt.sys.Cpusync;
import dev.swtch.lwkt.sys.Globaldata;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holding CPUs still in simulated time (DragonFly 3.6, sys/kern/lwkt_ipiq.c). */
class CpusyncRunsTest {
    private static final int IRQ = 5;

    /** B-26: section 3.4: CPU 0 asks 1 and 2; 2 is in a critical section of 5 ms, so 0 and 1 spin, and 0 cannot be preempted. */
    @Test
    void a_critical_section_on_one_cpu_delays_all_that_are_to_be_held_still() {
        ThreadLab lab = new ThreadLab(3);
        LwktKernel k = lab.kernel;
        List<Integer> ran = new ArrayList<>();
        List<Long> held = new ArrayList<>();
        Cpusync cs = new Cpusync();
        cs.mask.copyFrom(k.smpActiveMask);
        cs.func = gd -> ran.add(gd.cpuid);
        lab.ithread(0, IRQ, TDPRI_INT_MED);
        long begin = lab.machine.now();
        lab.thread(2, act(Globaldata::critEnter), work(5 * MS), k.splz::critExit, work(MS));
        lab.thread(1, work(10 * MS));
        lab.thread(
                0,
                work(MS),
                gd -> k.cpusync.lwktCpusyncInterlock(gd, cs),
                act(gd -> held.add(gd.cpu.now())),
                gd -> k.cpusync.lwktCpusyncDeinterlock(gd, cs),
                work(MS));
        lab.machine.raiseLine(IRQ, 0, begin + 2 * MS);
        lab.machine.run(begin + 4 * MS);
        assertEquals(List.of(), held);
        assertEquals(List.of(), lab.served, "the master of a cpusync is in a critical section");
        lab.machine.run(begin + 20 * MS);
        long until = held.get(0) - begin;
        assertTrue(until > 5 * MS && until < 5 * MS + 50_000, "until the section ends: " + until);
        assertEquals(0, ran.get(0), "its own CPU first");
        assertEquals(3, ran.size());
        assertEquals(1, lab.served.size());
    }
}
