package dev.swtch.lwkt.usched;

import static dev.swtch.lwkt.sys.Tdpri.TDPRI_USER_SCHEDULER;
import static dev.swtch.lwkt.sys.Tsleep.PINTERLOCKED;

import dev.swtch.lwkt.kern.LwktKernel;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;
import dev.swtch.machine.cost.Charge;

/**
 * {@code dfly_helper_thread}, sys/kern/usched_dfly.c: a thread per CPU that designates an LWP when another CPU queued one,
 * because that may not be done in an IPI.
 */
final class DflyHelper {
    private final LwktKernel k;
    private final UschedDfly dfly;
    private final DflyTunables tunables;
    private final Frame<Object> loop = new Frame<>("HELPER", this::loop);
    private final Frame<Object> looked = new Frame<>("HELPER_LOOKED", this::looked);
    private final Frame<Object> exited = new Frame<>("HELPER_EXITED", this::exited);

    DflyHelper(LwktKernel k, UschedDfly dfly, DflyTunables tunables) {
        this.k = k;
        this.dfly = dfly;
        this.tunables = tunables;
    }

    Next start(Globaldata gd) {
        gd.cpu.push(loop);
        return k.schedule.lwktSetpriSelf(gd, TDPRI_USER_SCHEDULER);
    }

    private Next loop(Cpu cpu, Object ref, int a, long b) {
        Globaldata gd = Globaldata.of(cpu);
        DflyPcpu dd = dfly.pcpu(gd.cpuid);
        gd.critEnter();
        k.synch.tsleepInterlockInCrit(gd, dd.helperThread.ident, 0);
        dd.spin.lock(gd);
        cpu.charge(Charge.ATOMIC);
        dfly.rdyprocmask.add(dd.cpuid);
        gd.clearUserResched();
        Lwp nlp = null;
        if (dd.runqcount != 0 || dd.uschedcp != null) {
            nlp = dfly.queues.chooseprocLocked(gd, dd, dd, dd.uschedcp, false);
        } else if (tunables.has(DflyTunables.IDLE_PULL)) {
            DflyPcpu rdd = dfly.placement.chooseWorstQueue(gd, dd);
            if (rdd != null && rdd.spin.trylock(gd)) {
                nlp = dfly.queues.chooseprocLocked(gd, rdd, dd, null, true);
                rdd.spin.unlock(gd);
            }
        }
        if (nlp != null) {
            cpu.push(looked);
            return dfly.designate(gd, dd, nlp);
        }
        dd.spin.unlock(gd);
        return looked(cpu, gd, 0, 0);
    }

    private Next looked(Cpu cpu, Object ref, int a, long b) {
        Globaldata gd = Globaldata.of(cpu);
        if (gd.critExit()) {
            cpu.push(exited);
            return k.splz.splz(gd);
        }
        return exited(cpu, gd, 0, 0);
    }

    private Next exited(Cpu cpu, Object ref, int a, long b) {
        Globaldata gd = Globaldata.of(cpu);
        cpu.push(loop);
        return k.synch.tsleep(gd, dfly.pcpu(gd.cpuid).helperThread.ident, PINTERLOCKED, "schslp", 0);
    }
}
