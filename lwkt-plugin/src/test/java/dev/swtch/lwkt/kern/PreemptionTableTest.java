package dev.swtch.lwkt.kern;

import static dev.swtch.lwkt.kern.ThreadLab.MS;
import static dev.swtch.lwkt.kern.ThreadLab.act;
import static dev.swtch.lwkt.kern.ThreadLab.work;
import static dev.swtch.lwkt.sys.Tdpri.TDPRI_INT_MED;
import static dev.swtch.lwkt.sys.Tdpri.TDPRI_SOFT_NORM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.IpiFunction;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.Spinlock;
import dev.swtch.machine.Mode;
import dev.swtch.machine.Next;
import org.junit.jupiter.api.Test;

/**
 * When an interrupt thread preempts, by the way it is scheduled: {@code lwkt_preempt} counts the critical sections of the
 * thread it would preempt (DragonFly 3.6, sys/kern/lwkt_thread.c, lines 963 to 1079, sys/platform/pc64/x86_64/ipl.s).
 */
class PreemptionTableTest {
    private static final int IRQ = 5;
    private static final int SWI = 3;

    private final ThreadLab lab = new ThreadLab(2);
    private final LwktKernel k = lab.kernel;

    private void assertCounts(long hits, long misses) {
        assertEquals(hits, k.preemptHit, "preempt_hit");
        assertEquals(misses, k.preemptMiss, "preempt_miss");
        assertEquals(0, k.preemptWeird, "preempt_weird");
        assertEquals(1, lab.served.size(), "the handler runs once in any case");
    }

    private void run(long ms) {
        lab.machine.run(lab.machine.now() + ms * MS);
    }

    // ---- devices ------------------------------------------------------------------------------------------------

    @Test
    void a_device_interrupt_outside_critical_sections_preempts() {
        lab.ithread(0, IRQ, TDPRI_INT_MED);
        lab.thread(0, work(5 * MS));
        long at = lab.machine.now() + MS;
        lab.machine.raiseLine(IRQ, 0, at);
        run(20);
        assertCounts(1, 0);
        assertTrue(lab.served.get(0) < at + 50_000, "at once");
    }

    @Test
    void a_pended_device_interrupt_preempts_at_the_end_of_the_outermost_critical_section() {
        lab.ithread(0, IRQ, TDPRI_INT_MED);
        lab.thread(0, act(Globaldata::critEnter), work(5 * MS), k.splz::critExit, work(5 * MS));
        long at = lab.machine.now() + MS;
        lab.machine.raiseLine(IRQ, 0, at);
        run(20);
        assertCounts(1, 0);
        assertTrue(lab.served.get(0) > at + 3 * MS && lab.served.get(0) < at + 5 * MS, "after the section");
    }

    @Test
    void a_pended_device_interrupt_run_inside_a_critical_section_misses() {
        lab.ithread(0, IRQ, TDPRI_INT_MED);
        lab.thread(0, act(Globaldata::critEnter), work(5 * MS), k.splz::splzCheck, work(5 * MS), k.splz::critExit);
        long at = lab.machine.now() + MS;
        lab.machine.raiseLine(IRQ, 0, at);
        run(20);
        assertCounts(0, 1);
        assertTrue(lab.served.get(0) > at + 8 * MS, "when the thread blocks");
    }

    // ---- soft interrupts ----------------------------------------------------------------------------------------

    @Test
    void a_soft_interrupt_preempts_when_splz_runs_it_at_depth_0() {
        lab.ithread(0, Globaldata.FIRST_SOFTINT + SWI, TDPRI_SOFT_NORM);
        lab.thread(
                0,
                act(Globaldata::critEnter),
                act(gd -> k.intr.setsoft(gd, SWI)),
                work(MS),
                k.splz::critExit,
                work(5 * MS));
        run(20);
        assertCounts(1, 0);
    }

    @Test
    void a_soft_interrupt_preempts_when_doreti_runs_it() {
        lab.ithread(0, Globaldata.FIRST_SOFTINT + SWI, TDPRI_SOFT_NORM);
        k.gd(0).intrInfo(IRQ).fast = (gd, td) -> {
            k.intr.setsoft(gd, SWI);
            return Next.RETURN;
        };
        lab.thread(0, work(5 * MS));
        long at = lab.machine.now() + MS;
        lab.machine.raiseLine(IRQ, 0, at);
        run(20);
        assertCounts(1, 0);
        assertTrue(lab.served.get(0) < at + 50_000, "at once");
    }

    @Test
    void a_soft_interrupt_run_inside_a_critical_section_misses() {
        lab.ithread(0, Globaldata.FIRST_SOFTINT + SWI, TDPRI_SOFT_NORM);
        lab.thread(
                0,
                act(Globaldata::critEnter),
                act(gd -> k.intr.setsoft(gd, SWI)),
                k.splz::splzCheck,
                work(5 * MS),
                k.splz::critExit);
        run(20);
        assertCounts(0, 1);
    }

    // ---- lwkt_schedule ------------------------------------------------------------------------------------------

    @Test
    void kernel_code_outside_critical_sections_is_preempted_by_what_it_schedules() {
        LwktThread ithread = ithread(0);
        lab.thread(0, gd -> k.schedule.lwktSchedule(gd, ithread), work(5 * MS));
        run(20);
        assertCounts(1, 0);
    }

    @Test
    void kernel_code_in_a_critical_section_is_not() {
        LwktThread ithread = ithread(0);
        lab.thread(
                0,
                act(Globaldata::critEnter),
                gd -> k.schedule.lwktSchedule(gd, ithread),
                work(5 * MS),
                k.splz::critExit);
        run(20);
        assertCounts(0, 1);
    }

    @Test
    void kernel_code_with_a_spin_lock_is_not() {
        LwktThread ithread = ithread(0);
        Spinlock spin = new Spinlock();
        lab.thread(0, act(spin::lock), gd -> k.schedule.lwktSchedule(gd, ithread), act(spin::unlock), work(5 * MS));
        run(20);
        assertCounts(0, 1);
    }

    @Test
    void a_timer_callback_misses_for_the_interrupt_holds_a_section() {
        ithread(0);
        lab.thread(0, act(gd -> gd.cpu.armTimer(gd.cpu.now() + MS)), work(5 * MS));
        run(20);
        assertCounts(0, 1);
    }

    /** An interrupt thread that is due without its device: its handler runs all the same. */
    private LwktThread ithread(int cpu) {
        LwktThread td = lab.ithread(cpu, IRQ, TDPRI_INT_MED);
        k.gd(cpu).intrInfo(IRQ).running = true;
        return td;
    }

    // ---- from another CPU ---------------------------------------------------------------------------------------

    @Test
    void a_remote_schedule_preempts_when_its_ipi_interrupts_at_depth_0() {
        LwktThread ithread = ithread(1);
        lab.thread(1, work(5 * MS));
        lab.thread(0, work(MS), gd -> k.schedule.lwktSchedule(gd, ithread));
        run(20);
        assertCounts(1, 0);
    }

    /** The message comes while a fast handler runs on the other CPU, and waits for its way back. */
    @Test
    void a_remote_schedule_preempts_when_doreti_processes_it() {
        LwktThread ithread = ithread(1);
        k.gd(1).intrInfo(IRQ + 1).fast = (gd, td) -> gd.cpu.work(Mode.KERNEL, 2 * MS);
        lab.thread(1, work(5 * MS));
        lab.thread(0, work(MS), gd -> k.schedule.lwktSchedule(gd, ithread));
        long at = lab.machine.now() + MS / 2;
        lab.machine.raiseLine(IRQ + 1, 1, at);
        run(20);
        assertCounts(1, 0);
        assertTrue(lab.served.get(0) > at + 2 * MS && lab.served.get(0) < at + 3 * MS, "behind the handler");
    }

    @Test
    void a_remote_schedule_misses_when_splz_processes_it() {
        LwktThread ithread = ithread(1);
        lab.thread(1, act(Globaldata::critEnter), work(3 * MS), k.splz::critExit, work(3 * MS));
        lab.thread(0, work(MS), gd -> k.schedule.lwktSchedule(gd, ithread));
        run(20);
        assertCounts(0, 1);
    }

    /** In a wait for the other's full queue to drain. */
    @Test
    void a_remote_schedule_misses_when_a_busy_wait_processes_it() {
        LwktThread ithread = ithread(1);
        IpiFunction<Globaldata> nothing = new IpiFunction<>("nothing", (gd, arg, arg2, frame) -> Next.RETURN);
        lab.thread(
                0,
                act(Globaldata::critEnter),
                work(MS),
                gd -> k.schedule.lwktSchedule(gd, ithread),
                work(3 * MS),
                k.splz::critExit);
        lab.thread(1, act(Globaldata::critEnter), lab.floods(0, nothing), work(3 * MS), k.splz::critExit);
        run(20);
        assertCounts(0, 1);
        assertEquals(1, k.gd(1).ipiqFifofull);
    }
}
