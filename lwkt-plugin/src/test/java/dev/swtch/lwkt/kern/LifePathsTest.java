package dev.swtch.lwkt.kern;

import static dev.swtch.lwkt.sys.Tdf.TDF_ALLOCATED_STACK;
import static dev.swtch.lwkt.sys.Tdf.TDF_ALLOCATED_THREAD;
import static dev.swtch.lwkt.sys.Tdf.TDF_MP_EXITSIG;
import static dev.swtch.lwkt.sys.Tdf.TDF_NOSTART;
import static dev.swtch.lwkt.sys.Tdf.TDF_TSLEEPQ;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.swtch.lwkt.golden.Script;
import dev.swtch.lwkt.sys.AllQueue;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.machine.Next;
import dev.swtch.spi.thread.ThreadClass;
import dev.swtch.spi.thread.ThreadSpec;
import org.junit.jupiter.api.Test;

/** Each code path of a thread's life in its smallest scenario (DragonFly 3.6, sys/kern/lwkt_thread.c). */
class LifePathsTest {
    private static final int LARGE_STACK = 2 * CreateRequest.LWKT_THREAD_STACK;

    private static boolean knows(Script s, int cpu, String name) {
        LwktThread td = s.gd(cpu).tdallq.first();
        while (td != null && td != s.thread(name)) {
            td = AllQueue.next(td);
        }
        return td != null;
    }

    private static String source(Script s, String op) {
        return s.result(op).path("src").asText();
    }

    private static LwktThread allocate(Script s, LwktThread template, int stksize) {
        CreateRequest request = new CreateRequest(template, TDF_NOSTART, 0, "made", (gd, td) -> Next.RETURN);
        request.stksize = stksize;
        s.enter(0, gd -> s.kernel().threads.lwktAllocThread(gd, request));
        return request.td();
    }

    private static LwktThread template(Script s) {
        return new LwktThread(ThreadSpec.kernel(5_000, "template", ThreadClass.KERNEL), null, s.gd(0));
    }

    /** AL-1, AL-3, AL-7. */
    @Test
    void a_structure_comes_from_the_caller_or_the_cache_and_gets_a_stack() {
        Script s = new Script(1, 0);
        assertEquals("tmpl", source(s, "create 0 A tmpl"));
        assertFalse(s.thread("A").has(TDF_ALLOCATED_THREAD));
        assertTrue(s.thread("A").has(TDF_ALLOCATED_STACK));
        assertEquals("new", source(s, "create 0 B"));
        assertTrue(s.thread("B").has(TDF_ALLOCATED_THREAD | TDF_ALLOCATED_STACK));
        assertEquals(CreateRequest.LWKT_THREAD_STACK, s.thread("B").kstackSize);
    }

    /** AL-2, AL-6, EX-2, EX-4: the last thread that exited is kept, the one before it goes to the cache. */
    @Test
    void exited_structures_are_used_again() {
        Script s = new Script(1, 0).run("create 0 A", "create 0 B", "idle 0", "exit 0");
        LwktThread first = s.thread("A");
        assertSame(first, s.gd(0).freetd);
        LwktThread second = s.thread("B");
        s.run("exit 0");
        assertSame(second, s.gd(0).freetd);
        assertEquals("freetd", source(s, "create 0 C"));
        assertSame(second, s.thread("C"));
        assertNull(s.gd(0).freetd);
        assertEquals("cache", source(s, "create 0 D"));
        assertSame(first, s.thread("D"));
        assertEquals(CreateRequest.LWKT_THREAD_STACK, first.kstackSize);
    }

    /** AL-4, AL-5: a foreign stack is kept although the recorded size is wrong. */
    @Test
    void a_stack_of_another_size_is_replaced_unless_the_caller_brought_it() {
        Script s = new Script(1, 0).run("create 0 A", "idle 0", "exit 0");
        LwktThread td = allocate(s, null, LARGE_STACK);
        assertEquals(LARGE_STACK, td.kstackSize);
        assertTrue(td.has(TDF_ALLOCATED_STACK));
        LwktThread foreign = template(s);
        foreign.kstackSize = 4_096;
        allocate(s, foreign, LARGE_STACK);
        assertEquals(LARGE_STACK, foreign.kstackSize);
        assertFalse(foreign.has(TDF_ALLOCATED_STACK));
    }

    /** AL-8: the header comment says the current CPU, the code takes the next in turn. */
    @Test
    void without_a_cpu_threads_go_round() {
        Script s = new Script(4, 0);
        int[] cpus = new int[5];
        for (int i = 0; i < cpus.length; i++) {
            s.run("create 0 T" + i + " cpu=-1 nostart");
            cpus[i] = s.thread("T" + i).gd.cpuid;
        }
        assertEquals("[1, 2, 3, 0, 1]", java.util.Arrays.toString(cpus));
    }

    /** IN-1, IN-2, CR-1, CR-2. */
    @Test
    void a_thread_is_known_to_its_cpu_at_once_or_by_a_message() {
        Script s = new Script(2, 0).run("create 0 A nostart");
        assertTrue(knows(s, 0, "A"));
        assertEquals("", s.runq(0));
        s.run("create 0 B cpu=1");
        assertFalse(knows(s, 1, "B"));
        s.run("ipi 1");
        assertTrue(knows(s, 1, "B"));
        assertEquals("B", s.runq(1), "the second message, which schedules it, comes after the first");
    }

    /** FR-1 to FR-3. */
    @Test
    void freeing_returns_what_was_allocated() {
        Script s = new Script(1, 0).run("create 0 A nostart", "free 0 A");
        assertEquals("cache", source(s, "create 0 B"));
        s.run("create 0 C tmpl nostart", "free 0 C");
        assertEquals(0, s.thread("C").kstackSize);
        LwktThread foreign = template(s);
        foreign.kstackSize = LARGE_STACK;
        allocate(s, foreign, LARGE_STACK);
        s.kernel().threads.lwktFreeThread(s.gd(0), foreign);
        assertEquals(LARGE_STACK, foreign.kstackSize);
    }

    /** The destructor of the cache gives the stack back. */
    @Test
    void a_structure_that_the_cache_has_no_room_for_loses_its_stack() {
        Script s = new Script(1, 0).run("create 0 A nostart");
        s.kernel().threads.lwktThreadDtor(s.thread("A"));
        assertEquals(0, s.thread("A").kstackSize);
        assertEquals(0, s.thread("A").flags);
    }

    /** EX-1: the stub's sleep ends when the script says so. */
    @Test
    void an_exit_waits_for_the_holders() {
        Script s = new Script(2, 0).run("create 0 A", "idle 0", "hold 1 A", "exit 0");
        assertEquals("idle0", s.current(0));
        assertNull(s.gd(0).freetd);
        s.run("schedule 0 A", "idle 0");
        assertNull(s.gd(0).freetd, "still held");
        s.run("rele 1 A", "schedule 0 A", "idle 0");
        assertSame(s.thread("A"), s.gd(0).freetd);
    }

    /** EX-3, EX-5, SR-3. */
    @Test
    void an_exit_leaves_the_sleep_queue_and_says_when_the_thread_is_out() {
        Script s = new Script(1, 0).run("create 0 A tmpl", "idle 0", "flag 0 A TSLEEPQ on", "exit 0");
        assertFalse(s.thread("A").has(TDF_TSLEEPQ));
        assertNull(s.gd(0).freetd, "a caller's structure is not kept");
        assertEquals(TDF_MP_EXITSIG, s.thread("A").mpflags & TDF_MP_EXITSIG);
        assertFalse(knows(s, 0, "A"));
    }
}
