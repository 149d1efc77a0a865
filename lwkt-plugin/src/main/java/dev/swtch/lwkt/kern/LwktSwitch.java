package dev.swtch.lwkt.kern;

import static dev.swtch.lwkt.sys.Kassert.kkassert;
import static dev.swtch.lwkt.sys.Rqf.RQF_IDLECHECK_WK_MASK;
import static dev.swtch.lwkt.sys.Tdf.TDF_EXITING;
import static dev.swtch.lwkt.sys.Tdf.TDF_MIGRATING;
import static dev.swtch.lwkt.sys.Tdf.TDF_MP_EXITSIG;
import static dev.swtch.lwkt.sys.Tdf.TDF_PANICWARN;
import static dev.swtch.lwkt.sys.Tdf.TDF_PREEMPT_DONE;
import static dev.swtch.lwkt.sys.Tdf.TDF_PREEMPT_LOCK;
import static dev.swtch.lwkt.sys.Tdf.TDF_RUNNING;
import static dev.swtch.lwkt.sys.Tdf.TDF_RUNQ;
import static dev.swtch.lwkt.sys.Tdpri.TDPRI_KERN_LPSCHED;

import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.Kassert;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.RunQueue;
import dev.swtch.lwkt.sys.ThreadHook;
import dev.swtch.lwkt.sys.Wait;
import dev.swtch.machine.Context;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Landing;
import dev.swtch.machine.Next;
import dev.swtch.machine.cost.Charge;
import org.jspecify.annotations.Nullable;

/** Leaving a CPU, sys/kern/lwkt_thread.c: {@code lwkt_switch} and what the next thread does for the previous one. */
public final class LwktSwitch {
    /** {@code DELAY(1)}: how long a contending CPU has the tokens to itself. */
    private static final long RESEQ_SLOT_NS = 1_000;

    private final LwktKernel k;
    private final Frame<Globaldata> switchIllegal = new Frame<>("SWITCH_ILLEGAL", this::switchIllegal);
    private final Frame<Object> switchReleased = new Frame<>("SWITCH_RELEASED", this::switchReleased);
    private final Frame<Object> switchSpin = new Frame<>("SWITCH_SPIN", this::switchSpin);
    private final Frame<Object> switchWaited = new Frame<>("SWITCH_WAITED", this::switchWaited);
    private final Frame<Object> switchRescan = new Frame<>("SWITCH_RESCAN", this::switchRescan);
    private final Frame<Object> switchReseq = new Frame<>(
            "SWITCH_RESEQ", (cpu, ref, spinning, ticket) -> resequence(Globaldata.of(cpu), spinning, ticket));
    private final Frame<Object> switchSlot =
            new Frame<>("SWITCH_SLOT", (cpu, ref, spinning, untilNs) -> slot(Globaldata.of(cpu), spinning, untilNs));
    private final Landing<LwktThread> switched = new Landing<>("SWITCHED", this::switched);
    private final Frame<Object> switchTail = new Frame<>("SWITCH_TAIL", this::switchTail);
    private final Frame<Object> switchExit = new Frame<>("SWITCH_EXIT", this::switchExit);

    private final Frame<LwktThread> exited = new Frame<>("SWITCH_EXITED", this::exited);

    LwktSwitch(LwktKernel k) {
        this.k = k;
    }

    /**
     * {@code lwkt_switch}, sys/kern/lwkt_thread.c: goes back to the thread that was preempted, or to the first thread of
     * the run queue whose tokens can be had, or to the idle thread.
     */
    public Next lwktSwitch(Globaldata gd) {
        LwktThread td = gd.curthread;
        kkassert(gd.processingIpiq == 0, gd, "lwkt_switch", "gd->gd_processing_ipiq == 0");
        kkassert(td.has(TDF_RUNNING), gd, "lwkt_switch", "td->td_flags & TDF_RUNNING");
        if (gd.intrNestingLevel != 0) {
            return switchFromInterrupt(gd, td);
        }
        ThreadHook release = td.release;
        if (release != null && (gd.userReschedWanted() || !td.has(TDF_RUNQ))) {
            gd.cpu.push(switchReleased);
            return release.call(gd, td, 0);
        }
        return releaseTokens(gd);
    }

    /** Only inside a trap: warns once and goes on with the nesting levels set aside. */
    private Next switchFromInterrupt(Globaldata gd, LwktThread td) {
        if (gd.trapNestingLevel == 0) {
            throw Kassert.panic(
                    gd,
                    "lwkt_switch: Attempt to switch from a fast interrupt, ipi, or hard code section, td " + td.comm
                            + "\n");
        }
        gd.cpu.push(switchIllegal, gd, gd.intrNestingLevel, gd.trapNestingLevel);
        gd.intrNestingLevel = 0;
        gd.trapNestingLevel = 0;
        if (!td.has(TDF_PANICWARN)) {
            td.flags |= TDF_PANICWARN;
            k.console.kprintf("Warning: thread switch from interrupt, IPI, or hard code section.\nthread " + td.comm
                    + " (" + td.comm + ")\n");
        }
        return lwktSwitch(gd);
    }

    /** The levels go back to the CPU that was left, even if the thread came back on another. */
    private Next switchIllegal(Cpu cpu, Globaldata gd, int savegdnest, long savegdtrap) {
        gd.intrNestingLevel = savegdnest;
        gd.trapNestingLevel = (int) savegdtrap;
        return Next.RETURN;
    }

    private Next switchReleased(Cpu cpu, Object ref, int a, long b) {
        return releaseTokens(Globaldata.of(cpu));
    }

    private Next releaseTokens(Globaldata gd) {
        LwktThread td = gd.curthread;
        gd.critEnter();
        if (td.toksHeld()) {
            k.tokens.lwktRelalltokens(gd, td);
        }
        if (gd.spinlocks != 0) {
            throw Kassert.failed(
                    gd,
                    "lwkt_switch",
                    "gd->gd_spinlocks == 0 || panicstr != NULL",
                    "lwkt_switch: still holding " + gd.spinlocks + " exclusive spinlocks!");
        }
        if (td.cscount != 0) {
            k.console.kprintf("Diagnostic: attempt to switch while mastering cpusync: " + td.comm + "\n");
            if (k.sysctl.panicOnCscount != 0) {
                throw Kassert.panic(gd, "switching while mastering cpusync");
            }
        }
        LwktThread ntd = td.preempted;
        if (ntd != null) {
            kkassert(ntd.has(TDF_PREEMPT_LOCK), gd, "lwkt_switch", "ntd->td_flags & TDF_PREEMPT_LOCK");
            ntd.flags |= TDF_PREEMPT_DONE;
            if (gd.tdrunq.first() != ntd && (gd.reschedWhenEmpty || gd.tdrunqcount != 0)) {
                gd.needLwktResched();
            }
            return switchTo(gd, td, ntd);
        }
        return scan(gd, td == gd.idlethread && k.sysctl.idleSortsTokens ? gd.idleSpinning : 0);
    }

    /** One turn of the loop that selects a thread; after {@code spinning} turns tokens are taken in order. */
    private Next scan(Globaldata gd, int spinning) {
        LwktThread td = gd.curthread;
        gd.clearLwktResched();
        LwktThread ntd = gd.tdrunq.first();
        if (ntd == null) {
            gd.idleSpinning = 0;
            return switchTo(gd, td, idle(gd));
        }
        boolean sorted = spinning >= k.sysctl.spinLoops;
        ntd = firstSchedulable(gd, ntd, sorted);
        if (ntd != null) {
            ntd.wmesg = null;
            ++gd.vSwtch;
            gd.idleRepeat = 0;
            return switchTo(gd, td, ntd);
        }
        ntd = idle(gd);
        if (!td.has(TDF_RUNQ) || !k.sysctl.splzWhileContended) {
            gd.idleSpinning = more(spinning);
            gd.needLwktResched();
            return switchTo(gd, td, ntd);
        }
        if (!gd.cpu.interruptsEnabled()) {
            throw Kassert.panic(gd, "lwkt_switch() called with interrupts disabled");
        }
        gd.cpu.push(switchSpin, spinning, 0);
        return gd.waitIn(Wait.SPIN);
    }

    /** The head of the queue or, past it, the first thread above user priorities whose tokens can be had. */
    private @Nullable LwktThread firstSchedulable(Globaldata gd, LwktThread head, boolean sorted) {
        LwktThread ntd = head;
        while (ntd.toksHeld() && !k.tokens.lwktGetalltokens(gd, ntd, sorted)) {
            gd.cpu.charge(Charge.SCAN_ITEM);
            ++ntd.contended;
            ++gd.vLockColls;
            if (k.sysctl.fairqBypass > 0) {
                return null;
            }
            ntd = RunQueue.next(ntd);
            if (ntd == null || ntd.pri < TDPRI_KERN_LPSCHED) {
                return null;
            }
        }
        return ntd;
    }

    private static LwktThread idle(Globaldata gd) {
        LwktThread ntd = gd.idlethread;
        if (gd.trapNestingLevel == 0) {
            kkassert(!ntd.toksHeld(), gd, "lwkt_switch", "(ntd)->td_toks_stop == &(ntd)->td_toks_base");
        }
        return ntd;
    }

    private static int more(int spinning) {
        return spinning < Integer.MAX_VALUE ? spinning + 1 : spinning;
    }

    /** The seed's mwait compares with a value that has RQF_SPINNING set, which never is: it returns at once. */
    private Next switchSpin(Cpu cpu, Object ref, int spinning, long b) {
        Globaldata gd = Globaldata.of(cpu);
        int passes = more(spinning);
        if (passes >= k.sysctl.spinLoops && k.sysctl.spinMonitor != 0) {
            ++gd.spinMonitors;
            if (k.sysctl.spinMonitorWaits && (gd.reqflags & RQF_IDLECHECK_WK_MASK) == 0) {
                cpu.push(switchWaited, passes, 0);
                return cpu.monitor();
            }
        }
        return switchWaited(cpu, cpu, passes, 0);
    }

    private Next switchWaited(Cpu cpu, Object ref, int passes, long b) {
        Globaldata gd = Globaldata.of(cpu);
        if (gd.splzWanted()) {
            gd.cpu.push(switchRescan, passes, 0);
            return k.splz.splz(gd);
        }
        return rescan(gd, passes);
    }

    private Next switchRescan(Cpu cpu, Object ref, int spinning, long b) {
        return rescan(Globaldata.of(cpu), spinning);
    }

    /** The resequencer, if it is on, makes contending CPUs retry one after another, each for a microsecond. */
    private Next rescan(Globaldata gd, int spinning) {
        int reseq = k.sysctl.spinReseq;
        if (reseq != 0 && spinning >= reseq) {
            gd.cpu.charge(Charge.ATOMIC);
            return resequence(gd, spinning, k.cseqWindex++);
        }
        return scan(gd, spinning);
    }

    private Next resequence(Globaldata gd, int spinning, long ticket) {
        if (k.cseqRindex != (int) ticket) {
            gd.cpu.push(switchReseq, spinning, ticket);
            return gd.waitIn(Wait.RESEQ);
        }
        return slot(gd, spinning, gd.cpu.now() + RESEQ_SLOT_NS);
    }

    private Next slot(Globaldata gd, int spinning, long untilNs) {
        if (gd.cpu.now() < untilNs) {
            gd.cpu.push(switchSlot, spinning, untilNs);
            return gd.waitIn(Wait.RESEQ);
        }
        gd.cpu.charge(Charge.ATOMIC);
        ++k.cseqRindex;
        return scan(gd, spinning);
    }

    private Next switchTo(Globaldata gd, LwktThread td, LwktThread ntd) {
        if (ntd.critcount == 0) {
            throw Kassert.failed(
                    gd,
                    "lwkt_switch",
                    "ntd->td_critcount",
                    "priority problem in lwkt_switch " + td.critcount + " " + ntd.critcount);
        }
        if (td != ntd) {
            kkassert(!ntd.has(TDF_RUNNING), gd, "lwkt_switch", "(ntd->td_flags & TDF_RUNNING) == 0");
            ++k.switchCount;
            ntd.flags |= TDF_RUNNING;
            return k.swtch.tdSwitch(gd, td, ntd, switched, td, 0);
        }
        return switchTail(gd.cpu, td, 0, 0);
    }

    private Next switched(Cpu cpu, @Nullable Context otd, LwktThread td, int a, long b) {
        LwktThread left = Swtch.previous(cpu, otd);
        if (hasJustLeft(left)) {
            return switchTail(cpu, td, 0, 0);
        }
        cpu.push(switchTail);
        return lwktSwitchReturn(Globaldata.of(cpu), left);
    }

    private Next switchTail(Cpu cpu, Object ref, int a, long b) {
        Globaldata gd = Globaldata.of(cpu);
        if (gd.splzWanted()) {
            cpu.push(switchExit);
            return k.splz.splz(gd);
        }
        return k.splz.critExit(gd);
    }

    private Next switchExit(Cpu cpu, Object ref, int a, long b) {
        return k.splz.critExit(Globaldata.of(cpu));
    }

    /** {@code lwkt_switch_return} of a thread that neither moves nor exits, which is nearly all: nothing can suspend. */
    static boolean hasJustLeft(LwktThread otd) {
        if (otd.migrateGd == null && !otd.has(TDF_EXITING)) {
            otd.flags &= ~TDF_RUNNING;
            return true;
        }
        return false;
    }

    /**
     * {@code lwkt_switch_return}, sys/kern/lwkt_thread.c: run by the thread that was switched to, for the one that was
     * left: completes its migration or its exit.
     */
    Next lwktSwitchReturn(Globaldata gd, LwktThread otd) {
        Globaldata rgd = otd.migrateGd;
        if (rgd != null && !otd.has(TDF_PREEMPT_LOCK)) {
            kkassert(
                    otd.has(TDF_MIGRATING | TDF_RUNNING),
                    gd,
                    "lwkt_switch_return",
                    "(otd->td_flags & (TDF_MIGRATING | TDF_RUNNING)) == (TDF_MIGRATING | TDF_RUNNING)");
            otd.migrateGd = null;
            otd.flags &= ~TDF_RUNNING;
            if (otd.has(TDF_EXITING)) {
                gd.cpu.push(exited, otd);
            }
            return k.ipiq.lwktSendIpiq(gd, rgd, k.migrate.setcpuRemote, otd);
        }
        otd.flags &= ~TDF_RUNNING;
        return otd.has(TDF_EXITING) ? exited(gd.cpu, otd, 0, 0) : Next.RETURN;
    }

    /** The thread is out for good: whoever waits for that may free it. */
    private Next exited(Cpu cpu, LwktThread otd, int a, long b) {
        cpu.charge(Charge.ATOMIC);
        otd.mpflags |= TDF_MP_EXITSIG;
        return k.synch.wakeup(Globaldata.of(cpu), otd.ident);
    }
}
