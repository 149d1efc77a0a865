package dev.swtch.lwkt.usched;

import dev.swtch.lwkt.kern.LwktKernel;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;
import dev.swtch.spi.thread.WaitPlace;

/** A designated LWP goes from a user run queue to LWKT: {@code lwkt_acquire}, then {@code lwkt_schedule}. */
final class Handover {
    private final LwktKernel k;
    private final Frame<LwktThread> acquire = new Frame<>("HANDOVER", this::acquire);
    private final Frame<LwktThread> acquired = new Frame<>("HANDOVER_ACQUIRED", this::acquired);

    Handover(LwktKernel k) {
        this.k = k;
    }

    /** Makes the LWP's thread this CPU's and schedules it. */
    Next toLwkt(Globaldata gd, Lwp lp) {
        LwktThread td = lp.thread();
        gd.cpu.push(acquired, td);
        return k.migrate.lwktAcquire(gd, td);
    }

    /** The same as the next thing to do. */
    void pushToLwkt(Globaldata gd, Lwp lp) {
        gd.cpu.push(acquire, lp.thread());
    }

    private Next acquire(Cpu cpu, LwktThread td, int a, long b) {
        cpu.push(acquired, td);
        return k.migrate.lwktAcquire(Globaldata.of(cpu), td);
    }

    private Next acquired(Cpu cpu, LwktThread td, int a, long b) {
        Globaldata gd = Globaldata.of(cpu);
        td.noteWaitsAt(gd, WaitPlace.RUN_QUEUE);
        return k.schedule.lwktSchedule(gd, td);
    }
}
