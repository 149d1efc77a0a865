package dev.swtch.lwkt.kern;

import static dev.swtch.lwkt.sys.Kassert.kkassert;
import static dev.swtch.lwkt.sys.Tdf.TDF_ALLOCATED_STACK;
import static dev.swtch.lwkt.sys.Tdf.TDF_ALLOCATED_THREAD;
import static dev.swtch.lwkt.sys.Tdf.TDF_NOSTART;
import static dev.swtch.lwkt.sys.Tdf.TDF_PREEMPT_LOCK;
import static dev.swtch.lwkt.sys.Tdf.TDF_RUNNING;
import static dev.swtch.lwkt.sys.Tdf.TDF_RUNQ;
import static dev.swtch.lwkt.sys.Tdf.TDF_TSLEEPQ;
import static dev.swtch.lwkt.sys.Tdf.TDF_VERBOSE;
import static dev.swtch.lwkt.sys.Tdpri.TDPRI_KERN_DAEMON;

import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.IpiFunction;
import dev.swtch.lwkt.sys.Kassert;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.ThreadFunction;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;
import dev.swtch.machine.cost.Charge;

/** The life of a thread, sys/kern/lwkt_thread.c: creation, holds, exit. */
public final class LwktThreads {
    private final LwktKernel k;
    private final Frame<CreateRequest> allocated = new Frame<>("ALLOC_THREAD", this::allocated);
    private final Frame<CreateRequest> created = new Frame<>("CREATE", this::created);
    private final Frame<Globaldata> exitLoop = new Frame<>("EXIT_LOOP", this::exitLoop);
    private final IpiFunction<LwktThread> initThreadRemote =
            new IpiFunction<>("init", (gd, td, arg2, frame) -> initThreadRemote(gd, td));
    private int cpuRotator;

    LwktThreads(LwktKernel k) {
        this.k = k;
    }

    // ---- creation -----------------------------------------------------------------------------------------------

    /** {@code lwkt_create}, sys/kern/lwkt_thread.c. */
    public Next lwktCreate(Globaldata gd, CreateRequest request) {
        gd.cpu.push(created, request);
        return lwktAllocThread(gd, request);
    }

    private Next created(Cpu cpu, CreateRequest request, int a, long b) {
        LwktThread td = request.td();
        ThreadFunction func = request.func;
        if (func != null) {
            k.swtch.cpuSetThreadHandler(td, func);
        }
        if (td.has(TDF_NOSTART)) {
            td.flags &= ~TDF_NOSTART;
            return Next.RETURN;
        }
        return k.schedule.lwktSchedule(Globaldata.of(cpu), td);
    }

    /**
     * {@code lwkt_alloc_thread}, sys/kern/lwkt_thread.c. Of a stack only the size is modelled and who allocated it: each
     * is part of its structure.
     */
    Next lwktAllocThread(Globaldata gd, CreateRequest request) {
        LwktThread td = request.template;
        if (td == null) {
            gd.critEnter();
            td = gd.freetd;
            if (td != null) {
                gd.freetd = null;
            } else {
                td = k.threadCache.get();
            }
            kkassert(
                    !td.hasAny(TDF_RUNNING | TDF_PREEMPT_LOCK | TDF_RUNQ),
                    gd,
                    "lwkt_alloc_thread",
                    "(td->td_flags & (TDF_RUNNING|TDF_PREEMPT_LOCK| TDF_RUNQ)) == 0");
            request.setTd(td);
            if (gd.critExit()) {
                gd.cpu.push(allocated, request);
                return k.splz.splz(gd);
            }
            return allocated(gd.cpu, request, 0, 0);
        }
        request.setTd(td);
        return initThread(gd, request);
    }

    private Next allocated(Cpu cpu, CreateRequest request, int a, long b) {
        Globaldata gd = Globaldata.of(cpu);
        LwktThread td = request.td();
        if ((td.flags & (TDF_ALLOCATED_THREAD | TDF_RUNNING | TDF_PREEMPT_LOCK)) != TDF_ALLOCATED_THREAD) {
            throw Kassert.failed(
                    gd,
                    "lwkt_alloc_thread",
                    "(td->td_flags & (TDF_ALLOCATED_THREAD|TDF_RUNNING|TDF_PREEMPT_LOCK)) == TDF_ALLOCATED_THREAD",
                    "lwkt_alloc_thread: corrupted td flags 0x" + Integer.toHexString(td.flags));
        }
        request.flags |= td.flags & (TDF_ALLOCATED_THREAD | TDF_ALLOCATED_STACK);
        return initThread(gd, request);
    }

    /** The rest of {@code lwkt_alloc_thread}: stack and CPU. */
    private Next initThread(Globaldata gd, CreateRequest request) {
        gd.cpu.charge(Charge.THREAD_CREATE);
        LwktThread td = request.td();
        if (td.kstackSize != request.stksize && (request.flags & TDF_ALLOCATED_STACK) != 0) {
            td.kstackSize = 0;
        }
        if (td.kstackSize == 0) {
            request.flags |= TDF_ALLOCATED_STACK;
        }
        int cpu = request.cpu;
        if (cpu < 0) {
            do {
                cpu = ++cpuRotator % k.ncpus();
            } while (!k.smpActiveMask.has(cpu) && !k.smpActiveMask.isEmpty());
        }
        return lwktInitThread(gd, request, k.gd(cpu));
    }

    /**
     * {@code lwkt_init_thread}, sys/kern/lwkt_thread.c. The name, which {@code lwkt_create} sets a little later, is set
     * here.
     */
    private Next lwktInitThread(Globaldata mygd, CreateRequest request, Globaldata gd) {
        LwktThread td = request.td();
        td.recycle();
        td.zero();
        td.comm = request.name;
        td.kstackSize = request.stksize;
        td.flags = request.flags;
        td.gd = gd;
        td.pri = TDPRI_KERN_DAEMON;
        td.critcount = 1;
        k.named.threadNamed(td);
        if (gd == mygd) {
            mygd.critEnter();
            mygd.cpu.charge(Charge.QUEUE_OP);
            gd.tdallq.insertTail(td);
            return k.splz.critExit(mygd);
        }
        return k.ipiq.lwktSendIpiq(mygd, gd, initThreadRemote, td);
    }

    /** {@code lwkt_init_thread_remote}, sys/kern/lwkt_thread.c. */
    private static Next initThreadRemote(Globaldata gd, LwktThread td) {
        gd.cpu.charge(Charge.QUEUE_OP);
        td.gd.tdallq.insertTail(td);
        return Next.RETURN;
    }

    // ---- holds --------------------------------------------------------------------------------------------------

    /** {@code lwkt_hold}, sys/kern/lwkt_thread.c. */
    public void lwktHold(Globaldata gd, LwktThread td) {
        gd.cpu.charge(Charge.ATOMIC);
        ++td.refs;
    }

    /** {@code lwkt_rele}, sys/kern/lwkt_thread.c. */
    public void lwktRele(Globaldata gd, LwktThread td) {
        kkassert(td.refs > 0, gd, "lwkt_rele", "td->td_refs > 0");
        gd.cpu.charge(Charge.ATOMIC);
        --td.refs;
    }

    /** {@code lwkt_free_thread}, sys/kern/lwkt_thread.c. */
    public void lwktFreeThread(Globaldata gd, LwktThread td) {
        kkassert(td.refs == 0, gd, "lwkt_free_thread", "td->td_refs == 0");
        kkassert(
                !td.hasAny(TDF_RUNNING | TDF_PREEMPT_LOCK | TDF_RUNQ | TDF_TSLEEPQ),
                gd,
                "lwkt_free_thread",
                "(td->td_flags & (TDF_RUNNING | TDF_PREEMPT_LOCK | TDF_RUNQ | TDF_TSLEEPQ)) == 0");
        gd.cpu.charge(Charge.THREAD_REAP);
        if (td.has(TDF_ALLOCATED_THREAD)) {
            k.threadCache.put(td);
        } else if (td.has(TDF_ALLOCATED_STACK)) {
            if (td.kstackSize <= 0) {
                throw Kassert.failed(
                        gd,
                        "lwkt_free_thread",
                        "td->td_kstack && td->td_kstack_size > 0",
                        "lwkt_free_thread: corrupted stack");
            }
            td.kstackSize = 0;
        }
    }

    /** {@code _lwkt_thread_dtor}, sys/kern/lwkt_thread.c: the cache gives a structure and its stack back. */
    public void lwktThreadDtor(LwktThread td) {
        Globaldata gd = td.gd;
        if (!td.has(TDF_ALLOCATED_THREAD)) {
            throw Kassert.failed(
                    gd,
                    "_lwkt_thread_dtor",
                    "td->td_flags & TDF_ALLOCATED_THREAD",
                    "_lwkt_thread_dtor: not allocated from objcache");
        }
        if (!td.has(TDF_ALLOCATED_STACK) || td.kstackSize <= 0) {
            throw Kassert.failed(
                    gd,
                    "_lwkt_thread_dtor",
                    "(td->td_flags & TDF_ALLOCATED_STACK) && td->td_kstack && td->td_kstack_size > 0",
                    "_lwkt_thread_dtor: corrupted stack");
        }
        td.kstackSize = 0;
        td.flags = 0;
    }

    // ---- exit ---------------------------------------------------------------------------------------------------

    /** {@code lwkt_exit}, sys/kern/lwkt_thread.c: the current kernel thread leaves for good. */
    public Next lwktExit(Globaldata gd) {
        LwktThread td = gd.curthread;
        if (td.has(TDF_VERBOSE)) {
            k.console.kprintf("kthread " + td.comm + " " + td.comm + " has exited\n");
        }
        gd.critEnter();
        return exitTurn(gd, gd);
    }

    private Next exitLoop(Cpu cpu, Globaldata gd, int a, long b) {
        return exitTurn(Globaldata.of(cpu), gd);
    }

    /** The exiting thread keeps the CPU it began on, {@code gd}, even if it slept and woke on another. */
    private Next exitTurn(Globaldata mycpu, Globaldata gd) {
        LwktThread td = mycpu.curthread;
        if (td.refs != 0) {
            mycpu.cpu.push(exitLoop, gd);
            return k.synch.tsleep(mycpu, td.ident, 0, "tdreap", 1);
        }
        LwktThread std = gd.freetd;
        if (std != null) {
            kkassert(
                    !std.hasAny(TDF_RUNNING | TDF_PREEMPT_LOCK),
                    mycpu,
                    "lwkt_exit",
                    "(std->td_flags & (TDF_RUNNING|TDF_PREEMPT_LOCK)) == 0");
            gd.freetd = null;
            mycpu.cpu.charge(Charge.THREAD_REAP);
            k.threadCache.put(std);
        }
        if (td.has(TDF_TSLEEPQ)) {
            k.synch.tsleepRemove(mycpu, td);
        }
        k.schedule.lwktDescheduleSelfInCrit(mycpu, td);
        lwktRemoveTdallq(mycpu, td);
        kkassert(td.refs == 0, mycpu, "lwkt_exit", "td->td_refs == 0");
        kkassert(gd.freetd == null, mycpu, "lwkt_exit", "gd->gd_freetd == NULL");
        if (td.has(TDF_ALLOCATED_THREAD)) {
            gd.freetd = td;
        }
        return k.swtch.cpuThreadExit(mycpu);
    }

    /** {@code lwkt_remove_tdallq}, sys/kern/lwkt_thread.c. */
    void lwktRemoveTdallq(Globaldata mycpu, LwktThread td) {
        kkassert(td.gd == mycpu, mycpu, "lwkt_remove_tdallq", "td->td_gd == mycpu");
        mycpu.cpu.charge(Charge.QUEUE_OP);
        td.gd.tdallq.remove(td);
    }
}
