package dev.swtch.lwkt.usched;

import static dev.swtch.lwkt.sys.Tdpri.TDPRI_USER_SCHEDULER;
import static dev.swtch.lwkt.sys.Tsleep.PINTERLOCKED;

import dev.swtch.lwkt.kern.CreateRequest;
import dev.swtch.lwkt.kern.LwktKernel;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;

/**
 * {@code dfly_helper_thread}, sys/kern/usched_dfly.c, and its like in usched_bsd4.c: a thread per CPU that designates an
 * LWP when another CPU queued one, because that may not be done in an IPI.
 *
 * <p>Deviation: the kernel's helpers sleep before they look for the first time; here an LWP may be queued before its
 * CPU's helper has run at all.
 */
final class HelperThread {
    private final LwktKernel k;
    private final Work work;
    private final Frame<LwktThread> loop = new Frame<>("HELPER", this::loop);
    private final Frame<LwktThread> looked = new Frame<>("HELPER_LOOKED", this::looked);
    private final Frame<LwktThread> exited = new Frame<>("HELPER_EXITED", this::exited);

    HelperThread(LwktKernel k, Work work) {
        this.k = k;
        this.work = work;
    }

    /** What a helper does each time it was woken, in a critical section. */
    @FunctionalInterface
    interface Work {
        /** Makes its CPU ready to be asked again, and looks at the queues. */
        Next look(Globaldata gd);
    }

    /** Creates the helper thread of a CPU. */
    Next create(Globaldata gd, LwktThread structure, int cpu, String name) {
        return k.threads.lwktCreate(gd, new CreateRequest(structure, 0, cpu, name, this::start));
    }

    private Next start(Globaldata gd, LwktThread td) {
        gd.cpu.push(loop, td);
        return k.schedule.lwktSetpriSelf(gd, TDPRI_USER_SCHEDULER);
    }

    private Next loop(Cpu cpu, LwktThread td, int a, long b) {
        Globaldata gd = Globaldata.of(cpu);
        gd.critEnter();
        k.synch.tsleepInterlockInCrit(gd, td.ident, 0);
        cpu.push(looked, td);
        return work.look(gd);
    }

    private Next looked(Cpu cpu, LwktThread td, int a, long b) {
        cpu.push(exited, td);
        return k.splz.critExit(Globaldata.of(cpu));
    }

    private Next exited(Cpu cpu, LwktThread td, int a, long b) {
        cpu.push(loop, td);
        return k.synch.tsleep(Globaldata.of(cpu), td.ident, PINTERLOCKED, "schslp", 0);
    }
}
