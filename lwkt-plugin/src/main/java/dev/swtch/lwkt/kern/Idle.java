package dev.swtch.lwkt.kern;

import static dev.swtch.lwkt.sys.Rqf.RQF_IDLECHECK_WK_MASK;
import static dev.swtch.lwkt.sys.Tdf.TDF_RUNNING;
import static dev.swtch.lwkt.sys.Tdpri.TDPRI_KERN_DAEMON;

import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.machine.Context;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Landing;
import dev.swtch.machine.Next;
import org.jspecify.annotations.Nullable;

/** The idle thread of a CPU, platform/pc64/x86_64/machdep.c: {@code cpu_idle_hlt} is 2, MONITOR is not used. */
public final class Idle {
    private final LwktKernel k;
    private final Landing<LwktThread> idleRestore = new Landing<>("IDLE_RESTORE", this::idleRestore);
    private final Frame<Object> idleLoop = new Frame<>("IDLE_LOOP", this::idleLoop);
    private final Frame<Object> idleSwitched = new Frame<>("IDLE_SWITCHED", this::idleSwitched);
    private final Frame<Object> idleSplzed = new Frame<>("IDLE_SPLZED", this::idleSplzed);

    Idle(LwktKernel k) {
        this.k = k;
    }

    /**
     * {@code lwkt_init_thread} for an idle thread. It keeps the first priority every thread gets; never being queued, it
     * needs no lower one.
     */
    void init(Globaldata gd) {
        LwktThread td = gd.idlethread;
        td.pri = TDPRI_KERN_DAEMON;
        td.critcount = 1;
        gd.tdallq.insertTail(td);
        td.start(idleRestore, td);
    }

    /** A CPU starts, and from now on counts as active: loads its idle thread. */
    Next start(Globaldata gd) {
        k.smpActiveMask.add(gd.cpuid);
        gd.curthread = gd.idlethread;
        return gd.cpu.load(gd.idlethread);
    }

    /** {@code cpu_idle_restore}, platform/pc64/x86_64/swtch.s, and the critical exit at the start of {@code cpu_idle}. */
    private Next idleRestore(Cpu cpu, @Nullable Context previous, LwktThread td, int a, long b) {
        td.flags |= TDF_RUNNING;
        --td.critcount;
        cpu.enableInterrupts();
        Globaldata gd = Globaldata.of(cpu);
        k.systimer.initclocksPcpu(gd);
        return rest(gd);
    }

    /** {@code cpu_idle}, platform/pc64/x86_64/machdep.c. */
    private Next idleLoop(Cpu cpu, Object ref, int a, long b) {
        cpu.push(idleSwitched);
        return k.lwktSwitch.lwktSwitch(Globaldata.of(cpu));
    }

    private Next idleSwitched(Cpu cpu, Object ref, int a, long b) {
        Globaldata gd = Globaldata.of(cpu);
        ++gd.idleRepeat;
        cpu.push(idleSplzed);
        return k.splz.splz(gd);
    }

    private Next idleSplzed(Cpu cpu, Object ref, int a, long b) {
        return rest(Globaldata.of(cpu));
    }

    private Next rest(Globaldata gd) {
        gd.cpu.push(idleLoop);
        return k.idleRest.rest(gd, (gd.reqflags & RQF_IDLECHECK_WK_MASK) == 0);
    }
}
