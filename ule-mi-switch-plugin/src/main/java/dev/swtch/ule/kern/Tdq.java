package dev.swtch.ule.kern;

import static dev.swtch.ule.kern.Pri.PRI_BATCH_RANGE;
import static dev.swtch.ule.kern.Pri.PRI_MAX_BATCH;
import static dev.swtch.ule.kern.Pri.PRI_MIN_BATCH;
import static dev.swtch.ule.kern.Runq.RQ_NQS;
import static dev.swtch.ule.kern.SwitchFlags.SRQ_BORROWING;
import static dev.swtch.ule.kern.SwitchFlags.SRQ_PREEMPTED;
import static dev.swtch.ule.kern.ThreadFlags.TDF_NOLOAD;
import static dev.swtch.ule.kern.ThreadFlags.TDS_RUNQ;
import static dev.swtch.ule.kern.ThreadFlags.TSF_XFERABLE;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.SharedLine;
import dev.swtch.machine.Violation;
import dev.swtch.machine.cost.Charge;
import dev.swtch.ule.topo.CpuGroupNode;
import org.jspecify.annotations.Nullable;

/** The thread queue of one CPU: {@code struct tdq}, sys/kern/sched_ule.c. */
final class Tdq {
    final int id;
    final Mtx lock;
    final CpuGroupNode cg;
    final Runq realtime = new Runq();
    final Runq timeshare = new Runq();
    final Runq idle = new Runq();

    /** Load, priority and idle state, which other CPUs read without the lock. */
    final SharedLine line;

    private @Nullable UleThread curthread;
    int load;
    int sysload;
    int transferable;
    int cpuIdle;
    short switchcnt;
    short oldswitchcnt;
    int lowpri;
    boolean owepreempt;
    int idx;
    int ridx;

    Tdq(int id, CpuGroupNode cg) {
        this.id = id;
        this.cg = cg;
        lock = new Mtx("sched lock " + id);
        line = new SharedLine(id);
    }

    /** The thread chosen last, which runs here: {@code tdq_curthread}. */
    UleThread curthread() {
        UleThread td = curthread;
        if (td == null) {
            throw new Violation("tdq-curthread", id, 0, "cpu" + id + " has not chosen a thread");
        }
        return td;
    }

    void setCurthread(UleThread td) {
        curthread = td;
    }

    /** {@code TDQ_SWITCHCNT}: switches in this and the previous stat tick. */
    int switchCount() {
        return switchcnt + oldswitchcnt;
    }

    /**
     * Puts a thread on a list of its own queue: {@code tdq_runq_add}, sys/kern/sched_ule.c.
     *
     * <p>The batch queue is a calendar: a thread is put as far behind the insertion index as its priority is worse,
     * and the removal index follows one step behind.
     */
    void tdqRunqAdd(Cpu cpu, UleThread td, int flags) {
        lock.assertOwned(cpu);
        cpu.charge(Charge.QUEUE_OP);
        int pri = td.priority;
        td.setState(TDS_RUNQ);
        if (td.canMigrate()) {
            transferable++;
            td.tsFlags |= TSF_XFERABLE;
        }
        if (pri < PRI_MIN_BATCH) {
            td.tsRunq = realtime;
        } else if (pri <= PRI_MAX_BATCH) {
            td.tsRunq = timeshare;
            timeshare.runqAddPri(td, calendarSlot(pri, flags), flags);
            return;
        } else {
            td.tsRunq = idle;
        }
        td.tsRunq.runqAdd(td, flags);
    }

    private int calendarSlot(int pri, int flags) {
        if ((flags & (SRQ_BORROWING | SRQ_PREEMPTED)) != 0) {
            return ridx;
        }
        int slot = (RQ_NQS * (pri - PRI_MIN_BATCH) / PRI_BATCH_RANGE + idx) % RQ_NQS;
        if (ridx != idx && slot == ridx) {
            slot = (slot - 1 & 0xff) % RQ_NQS;
        }
        return slot;
    }

    /** Takes a thread off its list: {@code tdq_runq_rem}, sys/kern/sched_ule.c. */
    void tdqRunqRem(Cpu cpu, UleThread td) {
        lock.assertOwned(cpu);
        cpu.charge(Charge.QUEUE_OP);
        Runq runq = td.tsRunq;
        if (runq == null) {
            throw cpu.violation("runq-rem", td.name() + " is taken off a run queue but is on none");
        }
        if ((td.tsFlags & TSF_XFERABLE) != 0) {
            transferable--;
            td.tsFlags &= ~TSF_XFERABLE;
        }
        if (runq == timeshare && idx != ridx) {
            ridx = runq.runqRemoveIdx(td, ridx);
        } else {
            runq.runqRemoveIdx(td, -1);
        }
    }

    /** Counts a thread that runs or waits here: {@code tdq_load_add}, sys/kern/sched_ule.c. */
    void tdqLoadAdd(Cpu cpu, UleThread td) {
        lock.assertOwned(cpu);
        line.write(cpu);
        load++;
        if ((td.flags & TDF_NOLOAD) == 0) {
            sysload++;
        }
    }

    /** Counts a thread no more: {@code tdq_load_rem}, sys/kern/sched_ule.c. */
    void tdqLoadRem(Cpu cpu, UleThread td) {
        lock.assertOwned(cpu);
        line.write(cpu);
        if (load == 0) {
            throw cpu.violation("tdq-load", "load was removed from the empty queue of cpu" + id);
        }
        load--;
        if ((td.flags & TDF_NOLOAD) == 0) {
            sysload--;
        }
    }

    /** The best thread that waits here, still on its list: {@code tdq_choose}, sys/kern/sched_ule.c. */
    @Nullable
    UleThread tdqChoose(Cpu cpu) {
        lock.assertOwned(cpu);
        UleThread td = realtime.runqChoose();
        if (td != null) {
            return td;
        }
        td = timeshare.runqChooseFrom(ridx);
        if (td != null) {
            return td;
        }
        return idle.runqChoose();
    }

    /** Makes {@code lowpri} exact: {@code tdq_setlowpri}, sys/kern/sched_ule.c. */
    void tdqSetlowpri(Cpu cpu, UleThread ctd) {
        UleThread td = tdqChoose(cpu);
        line.write(cpu);
        lowpri = td == null || td.priority > ctd.priority ? ctd.priority : td.priority;
    }
}
