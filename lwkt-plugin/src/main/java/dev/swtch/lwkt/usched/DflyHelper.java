package dev.swtch.lwkt.usched;

import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.machine.Next;
import dev.swtch.machine.cost.Charge;

/** The work of {@code dfly_helper_thread}, sys/kern/usched_dfly.c: its own queues first, idle it pulls. */
final class DflyHelper implements HelperThread.Work {
    private final UschedDfly dfly;
    private final DflyTunables tunables;

    DflyHelper(UschedDfly dfly, DflyTunables tunables) {
        this.dfly = dfly;
        this.tunables = tunables;
    }

    @Override
    public Next look(Globaldata gd) {
        DflyPcpu dd = dfly.pcpu(gd.cpuid);
        dd.spin.lock(gd);
        gd.cpu.charge(Charge.ATOMIC);
        dfly.rdyprocmask.add(dd.cpuid);
        gd.clearUserResched();
        Lwp nlp = null;
        if (dd.runq.runqcount != 0 || dd.uschedcp != null) {
            nlp = dfly.queues.chooseprocLocked(gd, dd, dd, dd.uschedcp, false);
        } else if (tunables.has(DflyTunables.IDLE_PULL)) {
            DflyPcpu rdd = dfly.placement.chooseWorstQueue(gd, dd);
            if (rdd != null && rdd.spin.trylock(gd)) {
                nlp = dfly.queues.chooseprocLocked(gd, rdd, dd, null, true);
                rdd.spin.unlock(gd);
            }
        }
        if (nlp != null) {
            return dfly.designate(gd, dd, nlp);
        }
        dd.spin.unlock(gd);
        return Next.RETURN;
    }
}
