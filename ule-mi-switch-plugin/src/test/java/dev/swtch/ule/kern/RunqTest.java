package dev.swtch.ule.kern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.swtch.machine.topology.Topology;
import org.junit.jupiter.api.Test;

class RunqTest {
    private final TestKernel test = new TestKernel(Topology.of(1, 1, 1));
    private final Runq runq = new Runq();
    private final UleThread a = test.thread(1);
    private final UleThread b = test.thread(2);
    private final UleThread c = test.thread(3);

    @Test
    void four_priorities_share_a_list_in_order_of_arrival() {
        a.priority = 51;
        b.priority = 48;
        runq.runqAdd(a, 0);
        runq.runqAdd(b, 0);
        assertSame(a, runq.runqChoose());
        assertEquals(12, b.rqindex);
    }

    @Test
    void a_preempted_thread_goes_to_the_head_of_its_list() {
        runq.runqAddPri(a, 5, 0);
        runq.runqAddPri(b, 5, 0);
        runq.runqAddPri(c, 5, SwitchFlags.SRQ_PREEMPTED);
        assertSame(c, runq.first(5));
        runq.runqRemoveIdx(a, -1);
        assertSame(b, c.runqNext);
    }

    @Test
    void choosing_from_an_index_wraps_once() {
        runq.runqAddPri(a, 3, 0);
        runq.runqAddPri(b, 63, 0);
        assertSame(b, runq.runqChooseFrom(4));
        runq.runqRemoveIdx(b, -1);
        assertSame(a, runq.runqChooseFrom(4));
        runq.runqRemoveIdx(a, -1);
        assertNull(runq.runqChooseFrom(4));
    }

    @Test
    void the_removal_index_follows_when_its_list_becomes_empty() {
        runq.runqAddPri(a, 63, 0);
        runq.runqAddPri(b, 63, 0);
        assertEquals(63, runq.runqRemoveIdx(a, 63));
        assertEquals(0, runq.runqRemoveIdx(b, 63));
        assertTrue(runq.isEmpty(63));
    }
}
