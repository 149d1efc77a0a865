package dev.swtch.lwkt.usched;

import static dev.swtch.lwkt.sys.Kassert.kkassert;
import static dev.swtch.lwkt.sys.Lwp.LWP_MP_ONRUNQ;

import dev.swtch.lwkt.kern.LwktKernel;
import dev.swtch.lwkt.sys.Cpumask;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.lwkt.sys.Spinlock;
import dev.swtch.machine.Next;
import dev.swtch.machine.cost.Charge;
import dev.swtch.spi.plugin.CounterSink;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The older user scheduler, sys/kern/usched_bsd4.c: one set of run queues for all CPUs, under one lock.
 *
 * <p>Unlike usched_dfly it was written from a description of the kernel's behaviour alone: none of its decisions was ever
 * compared with the kernel's.
 */
public final class UschedBsd4 implements UserScheduler {
    private static final int FORK_BIAS = 2048;
    private static final int PARENT_DOCK = 32;
    private static final int CHILD_BATCH = Bsd4Priority.BATCHMAX / 2;

    /** Tunables. */
    public final Bsd4Tunables tunables = new Bsd4Tunables();

    final Spinlock spin = new Spinlock();
    final UserRunq runq = new UserRunq();
    final CpuRotor rotor;
    final Cpumask curprocmask;
    final Cpumask rdyprocmask;
    final Handover handover;

    private final LwktKernel k;
    private final Bsd4Pcpu[] pcpu;
    private final Bsd4Acquire acquire;
    private final Bsd4Chooseproc chooseproc;
    private final Bsd4Priority priority;
    private final Bsd4Setrunqueue setrunqueue;
    private final Bsd4Notify notify;
    private final HelperThread helper;

    /**
     * {@code sched_thread_cpu_init}, sys/kern/usched_bsd4.c, but for {@link #createHelper}.
     *
     * @param k the kernel
     * @param root the topology, whose lowest level may be hardware threads; null if it is unknown
     * @param smt whether it is
     * @param helpers structures for the helper threads, by CPU
     */
    public UschedBsd4(LwktKernel k, @Nullable CpuNode root, boolean smt, LwktThread... helpers) {
        this.k = k;
        tunables.smt = smt;
        tunables.cacheCoherent = root != null;
        rotor = new CpuRotor(k.smpActiveMask, k.ncpus(), cpu -> pcpu(cpu).upri);
        curprocmask = rotor.curprocmask;
        rdyprocmask = rotor.rdyprocmask;
        handover = new Handover(k);
        notify = new Bsd4Notify(k, this);
        chooseproc = new Bsd4Chooseproc(k, this, notify);
        priority = new Bsd4Priority(k, this, notify);
        setrunqueue = new Bsd4Setrunqueue(k, this, notify);
        acquire = new Bsd4Acquire(k, this);
        helper = new HelperThread(k, this::look);
        pcpu = new Bsd4Pcpu[k.ncpus()];
        for (int i = 0; i < pcpu.length; i++) {
            pcpu[i] = new Bsd4Pcpu(k.gd(i), helpers[i], root == null ? List.of() : root.groupsOf(i));
        }
    }

    @Override
    public Next createHelper(Globaldata gd, int cpu, String name) {
        return helper.create(gd, pcpu[cpu].helperThread, cpu, name);
    }

    /** {@code bsd4_pcpu}. */
    Bsd4Pcpu pcpu(int cpu) {
        return pcpu[cpu];
    }

    int ncpus() {
        return pcpu.length;
    }

    /** {@code usched_global_cpumask} and {@code smp_active_mask}. */
    Cpumask allCpus() {
        return k.smpActiveMask;
    }

    /** CPUs that were told that an LWP of theirs was left to them. */
    @Override
    public void counters(CounterSink sink) {
        sink.counter("usched_bsd4", "kicks", notify.kicks);
    }

    // ---- designation --------------------------------------------------------------------------------------------

    @Override
    public Next acquireCurproc(Globaldata gd, Lwp lp) {
        return acquire.acquireCurproc(gd, lp);
    }

    /** {@code bsd4_release_curproc}, sys/kern/usched_bsd4.c. */
    @Override
    public Next releaseCurproc(Globaldata gd, Lwp lp) {
        Bsd4Pcpu dd = pcpu[gd.cpuid];
        if (dd.uschedcp != lp) {
            return Next.RETURN;
        }
        gd.critEnter();
        kkassert(!lp.hasMp(LWP_MP_ONRUNQ), gd, "bsd4_release_curproc", "(lp->lwp_mpflags & LWP_MP_ONRUNQ) == 0");
        dd.uschedcp = null;
        dd.upri = UserPriority.PRIBASE_NULL;
        gd.cpu.charge(Charge.ATOMIC);
        curprocmask.remove(dd.cpuid);
        k.splz.pushCritExit(gd);
        return selectCurproc(gd, dd);
    }

    /** {@code bsd4_select_curproc}, sys/kern/usched_bsd4.c: designates the best LWP, or one that is nearer. */
    private Next selectCurproc(Globaldata gd, Bsd4Pcpu dd) {
        gd.critEnter();
        k.splz.pushCritExit(gd);
        spin.lock(gd);
        Lwp nlp = tunables.cacheCoherent
                ? chooseproc.cacheCoherent(gd, dd, dd.uschedcp)
                : chooseproc.locked(gd, dd.uschedcp);
        return designate(gd, dd, nlp);
    }

    /** Designates an LWP that was taken off a queue, if one was, and unlocks. */
    private Next designate(Globaldata gd, Bsd4Pcpu dd, @Nullable Lwp nlp) {
        if (nlp != null) {
            gd.cpu.charge(Charge.ATOMIC);
            curprocmask.add(dd.cpuid);
            dd.upri = nlp.priority;
            dd.uschedcp = nlp;
            dd.rrcount = 0;
            handover.pushToLwkt(gd, nlp);
        }
        spin.unlock(gd);
        return notify.sendKicks(gd);
    }

    /** The work of {@code bsd4_helper_thread}, sys/kern/usched_bsd4.c. */
    private Next look(Globaldata gd) {
        Bsd4Pcpu dd = pcpu[gd.cpuid];
        spin.lock(gd);
        gd.cpu.charge(Charge.ATOMIC);
        rdyprocmask.add(dd.cpuid);
        gd.clearUserResched();
        dd.rrcount = 0;
        if (dd.uschedcp == null) {
            return designate(gd, dd, chooseproc.locked(gd, null));
        }
        if (runq.runqcount != 0) {
            Lwp nlp = chooseproc.locked(gd, dd.uschedcp);
            return nlp == null ? notify.chain(gd) : designate(gd, dd, nlp);
        }
        spin.unlock(gd);
        return Next.RETURN;
    }

    @Override
    public Next setrunqueue(Globaldata gd, Lwp lp) {
        return setrunqueue.setrunqueue(gd, lp);
    }

    // ---- clock --------------------------------------------------------------------------------------------------

    /** {@code bsd4_schedulerclock}, sys/kern/usched_bsd4.c: the turn is the CPU's, whoever is designated. */
    @Override
    public Next schedulerclock(Globaldata gd, Lwp lp) {
        kkassert(gd.spinlocks == 0, gd, "bsd4_schedulerclock", "gd->gd_spinlocks == 0");
        Bsd4Pcpu dd = pcpu[gd.cpuid];
        if (++dd.rrcount >= tunables.rrinterval) {
            dd.rrcount = 0;
            gd.needUserResched();
        }
        lp.estcpu = UserPriority.docked(lp.estcpu);
        return priority.resetpriority(gd, lp);
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

    /** {@code bsd4_forking}, sys/kern/usched_bsd4.c: the child starts four queues worse and half a batch job. */
    @Override
    public void heuristicForking(Globaldata gd, Lwp parent, Lwp child) {
        child.estcpu = UserPriority.estcpulim(parent.estcpu + FORK_BIAS);
        child.batch = CHILD_BATCH;
        if (!tunables.forkRequestsResched) {
            UserPriority.set(child, UserPriority.of(gd, child, Bsd4Priority.detuned(child.estcpu, child.batch)));
        }
        parent.estcpu = UserPriority.estcpulim(parent.estcpu + PARENT_DOCK);
    }

    @Override
    public void heuristicExiting(Globaldata gd, Lwp lp) {}

    @Override
    public void uloadUpdate(Globaldata gd, Lwp lp) {}

    /** {@code bsd4_yield}, sys/kern/usched_bsd4.c. */
    @Override
    public Next schedYield(Globaldata gd, Lwp lp) {
        gd.needUserResched();
        return Next.RETURN;
    }

    @Override
    public void changedcpu(Globaldata gd, Lwp lp) {}
}
