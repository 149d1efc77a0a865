package dev.swtch.lwkt.kern;

import static dev.swtch.lwkt.sys.Tdf.TDF_INTTHREAD;
import static dev.swtch.lwkt.sys.Tdf.TDF_NOSTART;

import dev.swtch.lwkt.sys.Callout;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.Softclock;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;
import dev.swtch.machine.cost.Charge;
import org.jspecify.annotations.Nullable;

/**
 * Callouts, sys/kern/kern_timeout.c: each CPU has a wheel of ticks and a thread that runs what is due, at the priority
 * of any kernel thread.
 */
public final class KernTimeout {
    /** Ticks between two runs of the slow timer every softclock thread has. */
    private static final int SLOTIMER_TICKS = 1000;

    private final LwktKernel k;
    private final @Nullable Softclock[] softclocks;
    private final Frame<Softclock> calloutExited = new Frame<>("SOFTCLOCK_EXITED", this::calloutExited);
    private final Frame<Softclock> calloutCalled = new Frame<>("SOFTCLOCK_CALLED", this::calloutCalled);
    private final Frame<Softclock> rescheduled = new Frame<>("SOFTCLOCK", this::rescheduled);

    KernTimeout(LwktKernel k, int ncpus) {
        this.k = k;
        this.softclocks = new Softclock[ncpus];
    }

    /** {@code swi_softclock_setup} for one CPU, sys/kern/kern_timeout.c: makes its softclock thread. */
    public Next softclockSetup(Globaldata gd, int cpu, LwktThread thread, String name) {
        Softclock sc = new Softclock(thread);
        softclocks[cpu] = sc;
        return k.threads.lwktCreate(
                gd,
                new CreateRequest(
                        thread, TDF_NOSTART | TDF_INTTHREAD, cpu, name, (mycpu, td) -> softclockHandler(mycpu, sc)));
    }

    /** The callouts of a CPU. */
    public Softclock softclock(int cpu) {
        Softclock sc = softclocks[cpu];
        if (sc == null) {
            throw new IllegalStateException("cpu" + cpu + " has no softclock thread yet");
        }
        return sc;
    }

    /** {@code hardclock_softtick}, sys/kern/kern_timeout.c: each tick, schedules the thread if anything may be due. */
    Next hardclockSofttick(Globaldata gd) {
        Softclock sc = softclock(gd.cpuid);
        ++sc.curticks;
        if (sc.isrunning) {
            return Next.RETURN;
        }
        if (sc.softticks == sc.curticks && sc.first(sc.softticks) == null) {
            ++sc.softticks;
            return Next.RETURN;
        }
        sc.isrunning = true;
        return k.schedule.lwktSchedule(gd, sc.thread);
    }

    // ---- the softclock thread -----------------------------------------------------------------------------------

    /** {@code softclock_handler}, sys/kern/kern_timeout.c. */
    private Next softclockHandler(Globaldata gd, Softclock sc) {
        gd.critEnter();
        calloutReset(gd, new Callout(this::slotimerCallback, null), SLOTIMER_TICKS);
        return loop(gd, sc, sc.first(sc.softticks));
    }

    /** {@code slotimer_callback}, sys/kern/kern_timeout.c; there are no slabs to clean. */
    private Next slotimerCallback(Globaldata gd, Callout self) {
        gd.critEnter();
        calloutReset(gd, self, SLOTIMER_TICKS);
        return k.splz.critExit(gd);
    }

    /** Goes on with the current tick's bucket at a callout; a bucket holds those of other turns of the wheel too. */
    private Next loop(Globaldata gd, Softclock sc, @Nullable Callout from) {
        Callout c = from;
        while (sc.softticks != sc.curticks + 1) {
            while (c != null && c.time != sc.softticks) {
                gd.cpu.charge(Charge.SCAN_ITEM);
                c = Softclock.next(c);
            }
            if (c != null) {
                return dispatch(gd, sc, c);
            }
            ++sc.softticks;
            c = sc.first(sc.softticks);
        }
        sc.isrunning = false;
        k.schedule.lwktDescheduleSelfInCrit(gd, sc.thread);
        gd.cpu.push(rescheduled, sc);
        return k.lwktSwitch.lwktSwitch(gd);
    }

    private Next rescheduled(Cpu cpu, Softclock sc, int a, long b) {
        return loop(Globaldata.of(cpu), sc, sc.first(sc.softticks));
    }

    /** Calls a callout's function outside the critical section. */
    private Next dispatch(Globaldata gd, Softclock sc, Callout c) {
        gd.cpu.charge(Charge.CALLOUT);
        sc.next = Softclock.next(c);
        sc.remove(c);
        sc.running = c;
        c.pending = false;
        if (gd.critExit()) {
            gd.cpu.push(calloutExited, sc);
            return k.splz.splz(gd);
        }
        return calloutExited(gd.cpu, sc, 0, 0);
    }

    private Next calloutExited(Cpu cpu, Softclock sc, int a, long b) {
        Callout c = sc.running;
        if (c == null) {
            throw cpu.violation("no-callout", "a softclock thread is to run a callout but has chosen none");
        }
        cpu.push(calloutCalled, sc);
        return c.func.run(Globaldata.of(cpu), c);
    }

    private Next calloutCalled(Cpu cpu, Softclock sc, int a, long b) {
        Globaldata gd = Globaldata.of(cpu);
        gd.critEnter();
        sc.running = null;
        return loop(gd, sc, sc.next);
    }

    // ---- arming and stopping ------------------------------------------------------------------------------------

    /** {@code callout_reset}, sys/kern/kern_timeout.c, in a critical section: due on this CPU in a number of ticks. */
    void calloutReset(Globaldata gd, Callout c, int ticks) {
        Softclock sc = softclock(gd.cpuid);
        if (c.active) {
            calloutStop(gd, c);
        }
        gd.cpu.charge(Charge.QUEUE_OP);
        c.active = true;
        c.pending = true;
        c.time = sc.curticks + Math.max(1, ticks);
        sc.insertTail(c);
    }

    /** {@code callout_stop}, sys/kern/kern_timeout.c, in a critical section of the CPU that armed it. */
    void calloutStop(Globaldata gd, Callout c) {
        c.active = false;
        if (c.pending) {
            Softclock sc = softclock(gd.cpuid);
            c.pending = false;
            if (sc.next == c) {
                sc.next = Softclock.next(c);
            }
            gd.cpu.charge(Charge.QUEUE_OP);
            sc.remove(c);
        }
    }
}
