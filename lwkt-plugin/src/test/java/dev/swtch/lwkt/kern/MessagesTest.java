package dev.swtch.lwkt.kern;

import static dev.swtch.lwkt.kern.ThreadLab.MS;
import static dev.swtch.lwkt.kern.ThreadLab.act;
import static dev.swtch.lwkt.kern.ThreadLab.work;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.Ident;
import dev.swtch.lwkt.sys.IpiFunction;
import dev.swtch.machine.Next;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages between CPUs in simulated time (DragonFly 3.6, sys/kern/lwkt_ipiq.c and kern_synch.c). */
class MessagesTest {
    private final ThreadLab lab = new ThreadLab(2);
    private final LwktKernel k = lab.kernel;

    /** B-9: both work off what the other sent while they wait, so both go on (section 3.3, step 3). */
    @Test
    void two_cpus_with_full_queues_towards_each_other_do_not_deadlock() {
        int[] received = new int[2];
        IpiFunction<Globaldata> counted = new IpiFunction<>("count", (gd, arg, arg2, frame) -> {
            received[gd.cpuid]++;
            return Next.RETURN;
        });
        for (int cpu = 0; cpu < 2; cpu++) {
            lab.thread(cpu, act(Globaldata::critEnter), work(MS), lab.floods(1 - cpu, counted), k.splz::critExit);
        }
        lab.machine.run(20 * MS);
        assertEquals(ThreadLab.FLOOD, received[0]);
        assertEquals(ThreadLab.FLOOD, received[1]);
        assertEquals(1, k.gd(0).ipiqFifofull);
        assertEquals(1, k.gd(1).ipiqFifofull);
    }

    /**
     * B-23: commit c068fb592b: which CPUs have sleepers is known by bucket only, so one that sleeps on something else in
     * the same of 4001 buckets is asked for nothing.
     */
    @ParameterizedTest
    @CsvSource({"4000, 0", "4001, 1", "8002, 1"})
    void a_wakeup_asks_a_cpu_that_sleeps_in_the_same_bucket_on_something_else(long apart, int messages) {
        Ident one = new Ident(100, "one");
        Ident other = new Ident(100 + apart, "other");
        lab.thread(1, gd -> k.synch.tsleep(gd, other, 0, "other", 0));
        lab.thread(0, work(MS), gd -> k.synch.wakeup(gd, one));
        lab.machine.run(20 * MS);
        assertEquals(messages, k.gd(0).ipiqCount);
        assertEquals(other, lab.threads.get(0).wchan, "it sleeps on");
    }
}
