package dev.swtch.lwkt.usched;

import static dev.swtch.lwkt.sys.Kassert.kkassert;
import static dev.swtch.lwkt.sys.Lwp.LWP_MP_ONRUNQ;
import static dev.swtch.lwkt.sys.Lwp.LWP_MP_ULOAD;
import static dev.swtch.lwkt.sys.Tdf.TDF_MP_DIDYIELD;
import static dev.swtch.lwkt.sys.Tdf.TDF_RUNQ;

import dev.swtch.lwkt.kern.LwktKernel;
import dev.swtch.lwkt.sys.Cpumask;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;
import dev.swtch.machine.cost.Charge;
import org.jspecify.annotations.Nullable;

/** The user scheduler, sys/kern/usched_dfly.c. */
public final class UschedDfly implements UserScheduler {
    private static final int FORK_BIAS = 2048;
    private static final int PARENT_DOCK = 32;

    /** Tunables. */
    public final DflyTunables tunables = new DflyTunables();

    /** {@code dfly_curprocmask}: CPUs with a designated LWP. */
    public final Cpumask curprocmask;

    /** {@code dfly_rdyprocmask}: CPUs whose helper waits to be woken. */
    public final Cpumask rdyprocmask;

    final @Nullable CpuNode root;
    final CpuRotor rotor;
    final DflyQueues queues = new DflyQueues(tunables);
    final DflyPlacement placement = new DflyPlacement(this, tunables);

    private final LwktKernel k;
    private final DflyPcpu[] pcpu;
    private final DflyPriority priority;
    private final DflyAcquire acquire;
    private final HelperThread helper;
    private final Handover handover;
    private final DflySetrunqueue setrunqueue;
    private final Frame<Object> rover = new Frame<>("DFLY_ROVER", (cpu, ref, a, b) -> rover(Globaldata.of(cpu)));

    /**
     * {@code usched_dfly_cpu_init}, sys/kern/usched_dfly.c, but for {@link #createHelper}.
     *
     * @param k the kernel
     * @param root the topology; null if it is unknown
     * @param helpers structures for the helper threads, by CPU
     */
    public UschedDfly(LwktKernel k, @Nullable CpuNode root, LwktThread... helpers) {
        this.k = k;
        this.root = root;
        priority = new DflyPriority(k, this, tunables);
        acquire = new DflyAcquire(k, this, tunables);
        helper = new HelperThread(k, new DflyHelper(this, tunables));
        handover = new Handover(k);
        rotor = new CpuRotor(k.smpActiveMask, k.ncpus(), cpu -> pcpu(cpu).upri);
        curprocmask = rotor.curprocmask;
        rdyprocmask = rotor.rdyprocmask;
        setrunqueue = new DflySetrunqueue(k, this, tunables);
        pcpu = new DflyPcpu[k.ncpus()];
        for (int i = 0; i < pcpu.length; i++) {
            pcpu[i] = new DflyPcpu(k.gd(i), root == null ? null : root.find(i), helpers[i]);
        }
    }

    @Override
    public Next createHelper(Globaldata gd, int cpu, String name) {
        return helper.create(gd, pcpu[cpu].helperThread, cpu, name);
    }

    /** {@code dfly_pcpu}: the user run queues of a CPU. */
    public DflyPcpu pcpu(int cpu) {
        return pcpu[cpu];
    }

    /** {@code dfly_ucount}: LWPs counted as load. */
    public int ucount() {
        return queues.ucount;
    }

    /** {@code dfly_scancpu}. */
    public int scancpu() {
        return rotor.scancpu;
    }

    int ncpus() {
        return pcpu.length;
    }

    /** {@code usched_global_cpumask} and {@code smp_active_mask}. */
    Cpumask allCpus() {
        return k.smpActiveMask;
    }

    // ---- designation --------------------------------------------------------------------------------------------

    @Override
    public Next acquireCurproc(Globaldata gd, Lwp lp) {
        return acquire.acquireCurproc(gd, lp);
    }

    /** {@code dfly_release_curproc}, sys/kern/usched_dfly.c. */
    @Override
    public Next releaseCurproc(Globaldata gd, Lwp lp) {
        DflyPcpu dd = pcpu[gd.cpuid];
        if (dd.uschedcp != lp) {
            return Next.RETURN;
        }
        kkassert(!lp.hasMp(LWP_MP_ONRUNQ), gd, "dfly_release_curproc", "(lp->lwp_mpflags & LWP_MP_ONRUNQ) == 0");
        dd.spin.lock(gd);
        dd.uschedcp = null;
        dd.upri = UserPriority.PRIBASE_NULL;
        gd.cpu.charge(Charge.ATOMIC);
        curprocmask.remove(dd.cpuid);
        dd.spin.unlock(gd);
        return selectCurproc(gd);
    }

    /** {@code dfly_select_curproc}, sys/kern/usched_dfly.c: designates the best LWP of this CPU's queues. */
    private Next selectCurproc(Globaldata gd) {
        DflyPcpu dd = pcpu[gd.cpuid];
        gd.critEnter();
        dd.spin.lock(gd);
        Lwp nlp = queues.chooseprocLocked(gd, dd, dd, dd.uschedcp, false);
        if (nlp != null) {
            k.splz.pushCritExit(gd);
            return designate(gd, dd, nlp);
        }
        dd.spin.unlock(gd);
        return k.splz.critExit(gd);
    }

    /** Designates an LWP that was taken off a queue, and makes its thread this CPU's. */
    Next designate(Globaldata gd, DflyPcpu dd, Lwp nlp) {
        gd.cpu.charge(Charge.ATOMIC);
        curprocmask.add(dd.cpuid);
        dd.upri = nlp.priority;
        dd.uschedcp = nlp;
        dd.spin.unlock(gd);
        return handover.toLwkt(gd, nlp);
    }

    @Override
    public Next setrunqueue(Globaldata gd, Lwp lp) {
        return setrunqueue.setrunqueue(gd, lp);
    }

    Next setrunqueueDd(Globaldata gd, DflyPcpu rdd, Lwp lp) {
        return setrunqueue.setrunqueueDd(gd, rdd, lp);
    }

    Next sendUserResched(Globaldata gd, DflyPcpu rdd) {
        return setrunqueue.sendUserResched(gd, rdd);
    }

    // ---- clock --------------------------------------------------------------------------------------------------

    /** {@code dfly_schedulerclock}, sys/kern/usched_dfly.c. */
    @Override
    public Next schedulerclock(Globaldata gd, Lwp lp) {
        kkassert(gd.spinlocks == 0, gd, "dfly_schedulerclock", "gd->gd_spinlocks == 0 || dumping");
        if (++lp.rrcount >= tunables.rrinterval) {
            lp.thread().wakefromcpu = -1;
            gd.needUserResched();
        }
        lp.estcpu = UserPriority.docked(lp.estcpu);
        gd.cpu.push(rover);
        return priority.resetpriority(gd, lp);
    }

    /** The seed's rover runs on busy CPUs only: an idle one pulls when its helper is woken, and not by itself. */
    @Override
    public Next idleSchedulerclock(Globaldata gd) {
        return tunables.roverWhenIdle ? rover(gd) : Next.RETURN;
    }

    /** Every eighth tick one busy CPU in turn pulls an LWP from the most loaded one. */
    private Next rover(Globaldata gd) {
        int schedTicks = k.clock.schedTicks;
        if (!tunables.has(DflyTunables.ROVER)
                || (schedTicks & 7) != 0
                || Integer.remainderUnsigned(Integer.divideUnsigned(schedTicks, 8), ncpus()) != gd.cpuid) {
            return Next.RETURN;
        }
        DflyPcpu dd = pcpu[gd.cpuid];
        DflyPcpu rdd = placement.chooseWorstQueue(gd, dd);
        if (rdd == null) {
            return Next.RETURN;
        }
        dd.spin.lock(gd);
        Lwp nlp = null;
        if (rdd.spin.trylock(gd)) {
            nlp = queues.chooseprocLocked(gd, rdd, dd, null, true);
            rdd.spin.unlock(gd);
        }
        if (nlp != null && UserPriority.queue(nlp.priority) < UserPriority.queue(dd.upri)) {
            return designate(gd, dd, nlp);
        }
        if (nlp != null) {
            queues.setrunqueueLocked(gd, dd, nlp);
        }
        dd.spin.unlock(gd);
        return Next.RETURN;
    }

    @Override
    public boolean rtprioHasOwnQueues() {
        return tunables.rtprioOwnQueues;
    }

    @Override
    public Next recalculate(Globaldata gd, Lwp lp) {
        return priority.recalculate(gd, lp);
    }

    @Override
    public Next resetpriority(Globaldata gd, Lwp lp) {
        return priority.resetpriority(gd, lp);
    }

    // ---- life of an LWP -----------------------------------------------------------------------------------------

    /** {@code dfly_forking}, sys/kern/usched_dfly.c: the child starts four queues worse, the parent pays a little. */
    @Override
    public void heuristicForking(Globaldata gd, Lwp parent, Lwp child) {
        child.estcpu = UserPriority.estcpulim(parent.estcpu + FORK_BIAS);
        child.forked = true;
        child.estfast = 0;
        if (!tunables.forkRequestsResched) {
            UserPriority.set(child, UserPriority.of(gd, child, child.estcpu));
        }
        parent.estcpu = UserPriority.estcpulim(parent.estcpu + PARENT_DOCK);
    }

    /** {@code dfly_exiting}, sys/kern/usched_dfly.c. */
    @Override
    public void heuristicExiting(Globaldata gd, Lwp lp) {
        queues.removeLoad(gd, pcpu[lp.qcpu], lp);
    }

    /** {@code dfly_uload_update}, sys/kern/usched_dfly.c: a sleeper counts as load for its first second. */
    @Override
    public void uloadUpdate(Globaldata gd, Lwp lp) {
        DflyPcpu dd = pcpu[lp.qcpu];
        if (lp.thread().has(TDF_RUNQ)) {
            if (!lp.hasMp(LWP_MP_ULOAD)) {
                dd.spin.lock(gd);
                queues.addLoad(gd, dd, lp);
                dd.spin.unlock(gd);
            }
        } else if (lp.slptime > 0 && lp.hasMp(LWP_MP_ULOAD)) {
            dd.spin.lock(gd);
            queues.removeLoad(gd, dd, lp);
            dd.spin.unlock(gd);
        }
    }

    /** {@code dfly_yield}, sys/kern/usched_dfly.c: the LWP queues itself on its way to user mode. */
    @Override
    public Next schedYield(Globaldata gd, Lwp lp) {
        if (lp.qcpu != gd.cpuid) {
            return Next.RETURN;
        }
        kkassert(lp == gd.curthread.lwp, gd, "dfly_yield", "lp == curthread->td_lwp");
        gd.cpu.charge(Charge.ATOMIC);
        lp.thread().mpflags |= TDF_MP_DIDYIELD;
        return releaseCurproc(gd, lp);
    }

    /** {@code dfly_changedcpu}, sys/kern/usched_dfly.c: the LWP was moved here and is to stay. */
    @Override
    public void changedcpu(Globaldata gd, Lwp lp) {
        DflyPcpu dd = pcpu[lp.qcpu];
        DflyPcpu rdd = pcpu[gd.cpuid];
        if (dd != rdd) {
            dd.spin.lock(gd);
            queues.changeqcpuLocked(gd, lp, dd, rdd);
            dd.spin.unlock(gd);
        }
    }
}
