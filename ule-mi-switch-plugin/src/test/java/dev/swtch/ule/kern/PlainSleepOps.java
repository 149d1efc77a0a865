package dev.swtch.ule.kern;

import static dev.swtch.ule.kern.SwitchFlags.SRQ_BORING;
import static dev.swtch.ule.kern.SwitchFlags.SWT_SLEEPQ;
import static dev.swtch.ule.kern.SwitchFlags.SWT_TURNSTILE;
import static dev.swtch.ule.kern.SwitchFlags.SW_VOL;
import static dev.swtch.ule.kern.ThreadFlags.TDI_LOCK;
import static dev.swtch.ule.kern.ThreadFlags.TDI_SLEEPING;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sleeping and blocking as the first kind of scripts has it: one list of sleepers, turnstiles without owners. */
final class PlainSleepOps {
    private final UleKernel k;
    private final RecordedScript s;
    private final Mtx chain = new Mtx("sleepq chain");

    /** The one turnstile of all that block; it has no owner, so nothing is ever lent. */
    private final Turnstile turnstile = new Turnstile();

    private final List<UleThread> sleepers = new ArrayList<>();
    private final Frame<UleThread> INTR_END = new Frame<>("INTR_END", this::intrEnd);

    PlainSleepOps(RecordedScript s) {
        this.s = s;
        this.k = s.k;
    }

    void define(Map<String, RecordedScript.Op> ops) {
        ops.put("sleep", this::sleep);
        ops.put("wakeup", (cpu, w) -> wakeup(cpu, w, false));
        ops.put("wakeup1", (cpu, w) -> wakeup(cpu, w, true));
        ops.put("block", this::block);
        ops.put("unblock", this::unblock);
    }

    private Next sleep(Cpu cpu, String[] w) {
        UleThread td = Pcpu.curthread(cpu);
        k.locks.mtxLockSpin(cpu, chain);
        s.wchans.put(td.number(), Integer.decode(w[2]));
        sleepers.add(td);
        k.locks.threadLock(cpu, td);
        k.sleep.schedSleep(cpu, td, Integer.decode(w[3]));
        k.locks.threadLockSet(cpu, td, chain);
        td.setInhib(TDI_SLEEPING);
        return k.mi.miSwitch(cpu, SW_VOL | SWT_SLEEPQ);
    }

    private Next wakeup(Cpu cpu, String[] w, boolean one) {
        int wchan = Integer.decode(w[2]);
        int pri = Integer.decode(w[3]);
        boolean intr = w.length > 4;
        UleThread td = Pcpu.curthread(cpu);
        if (intr) {
            k.critical.criticalEnter(cpu);
            td.intrNestingLevel++;
            cpu.push(INTR_END, td);
        }
        k.locks.mtxLockSpin(cpu, chain);
        UleThread best = one ? best(wchan) : null;
        for (UleThread sleeper : List.copyOf(sleepers)) {
            if (one ? sleeper == best : s.wchan(sleeper) == wchan) {
                resume(cpu, sleeper, pri);
            }
        }
        return k.locks.mtxUnlockSpin(cpu, chain);
    }

    private Next intrEnd(Cpu cpu, UleThread td, int a, long b) {
        td.intrNestingLevel--;
        return k.critical.criticalExit(cpu);
    }

    private @Nullable UleThread best(int wchan) {
        UleThread best = null;
        for (UleThread td : sleepers) {
            if (s.wchan(td) == wchan && (best == null || td.priority < best.priority)) {
                best = td;
            }
        }
        return best;
    }

    private void resume(Cpu cpu, UleThread td, int pri) {
        sleepers.remove(td);
        s.wchans.remove(td.number());
        if (pri != 0 && td.priority > pri && td.priClass == Pri.PRI_TIMESHARE) {
            k.prio.schedPrio(cpu, td, pri);
        }
        td.clrInhib(TDI_SLEEPING);
        k.sleep.schedWakeupHold(cpu, td);
    }

    private Next block(Cpu cpu, String[] w) {
        UleThread td = Pcpu.curthread(cpu);
        k.locks.mtxLockSpin(cpu, turnstile.lock);
        turnstile.insert(td);
        td.turnstile = null;
        td.blocked = turnstile;
        k.locks.threadLock(cpu, td);
        k.locks.threadLockSet(cpu, td, turnstile.lock);
        td.setInhib(TDI_LOCK);
        return k.mi.miSwitch(cpu, SW_VOL | SWT_TURNSTILE);
    }

    private Next unblock(Cpu cpu, String[] w) {
        UleThread td = s.thread(w[2]);
        k.locks.mtxLockSpin(cpu, turnstile.lock);
        turnstile.blocked.remove(td.lockq);
        td.turnstile = new Turnstile();
        td.blocked = null;
        td.clrInhib(TDI_LOCK);
        k.sched.schedAddHold(cpu, td, SRQ_BORING);
        return k.locks.mtxUnlockSpin(cpu, turnstile.lock);
    }
}
