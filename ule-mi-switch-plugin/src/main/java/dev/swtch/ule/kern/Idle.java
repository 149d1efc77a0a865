package dev.swtch.ule.kern;

import static dev.swtch.ule.kern.SwitchFlags.SWT_IDLE;
import static dev.swtch.ule.kern.SwitchFlags.SW_VOL;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;

/** The idle thread's loop; its local variable, the old switch count, travels in its frames: sys/kern/sched_ule.c. */
final class Idle {
    private final UleKernel k;

    /** The loop's beginning, called by {@code fork_exit}. */
    final Frame<UleThread> SCHED_IDLETD = new Frame<>("SCHED_IDLETD", this::schedIdletd);

    private final Frame<Object> IDLE_TOP = new Frame<>("IDLE_TOP", this::top);
    private final Frame<Object> IDLE_SWITCHED = new Frame<>("IDLE_SWITCHED", this::switched);
    private final Frame<Object> IDLE_SEARCH = new Frame<>("IDLE_SEARCH", this::search);
    private final Frame<Object> IDLE_STOLEN = new Frame<>("IDLE_STOLEN", this::stolen);
    private final Frame<Object> IDLE_SPUN = new Frame<>("IDLE_SPUN", this::spun);
    private final Frame<Object> IDLE_WOKEN = new Frame<>("IDLE_WOKEN", this::woken);

    Idle(UleKernel k) {
        this.k = k;
    }

    /** {@code sched_idletd}, sys/kern/sched_ule.c. */
    private Next schedIdletd(Cpu cpu, UleThread ref, int a, long b) {
        cpu.push(IDLE_TOP, -1, 0);
        return k.idleWait.resumed(cpu);
    }

    private Next top(Cpu cpu, Object ref, int oldswitchcnt, long b) {
        return top(cpu, oldswitchcnt);
    }

    private Next top(Cpu cpu, int oldswitchcnt) {
        if (Pcpu.tdqSelf(cpu).load != 0) {
            cpu.push(IDLE_SWITCHED, oldswitchcnt, 0);
            k.locks.threadLock(cpu, Pcpu.curthread(cpu));
            return k.mi.miSwitch(cpu, SW_VOL | SWT_IDLE);
        }
        return search(cpu, oldswitchcnt);
    }

    private Next switched(Cpu cpu, Object ref, int oldswitchcnt, long b) {
        cpu.push(IDLE_SEARCH, oldswitchcnt, 0);
        return k.idleWait.resumed(cpu);
    }

    private Next search(Cpu cpu, Object ref, int oldswitchcnt, long b) {
        return search(cpu, oldswitchcnt);
    }

    private Next search(Cpu cpu, int oldswitchcnt) {
        Tdq tdq = Pcpu.tdqSelf(cpu);
        int switchcnt = tdq.switchCount();
        if (!k.tune.alwaysSteal && switchcnt == oldswitchcnt) {
            return spin(cpu, oldswitchcnt);
        }
        switch (k.steal.tdqIdled(cpu, tdq)) {
            case NOTHING -> {
                return spin(cpu, switchcnt);
            }
            case ASSIGNED -> {
                return top(cpu, switchcnt);
            }
            case SWITCH -> {
                cpu.push(IDLE_STOLEN, switchcnt, 0);
                return k.mi.miSwitch(cpu, SW_VOL | SWT_IDLE);
            }
        }
        throw new AssertionError("a search ended in no known way");
    }

    private Next stolen(Cpu cpu, Object ref, int oldswitchcnt, long b) {
        cpu.push(IDLE_TOP, oldswitchcnt, 0);
        return k.idleWait.resumed(cpu);
    }

    /** Polls for load for a while where switches are frequent and no sibling suffers from it. */
    private Next spin(Cpu cpu, int oldswitchcnt) {
        Tdq tdq = Pcpu.tdqSelf(cpu);
        if (!tdq.cg.isThreadGroup() && tdq.switchCount() > k.tune.idlespinthresh && tdq.load == 0) {
            cpu.push(IDLE_SPUN, oldswitchcnt, 0);
            return k.idleWait.spin(cpu, k.tune.idlespins);
        }
        return halt(cpu, oldswitchcnt);
    }

    private Next spun(Cpu cpu, Object ref, int oldswitchcnt, long b) {
        return halt(cpu, oldswitchcnt);
    }

    private Next halt(Cpu cpu, int oldswitchcnt) {
        Tdq tdq = Pcpu.tdqSelf(cpu);
        int switchcnt = tdq.switchCount();
        if (tdq.load != 0 || switchcnt != oldswitchcnt) {
            return top(cpu, oldswitchcnt);
        }
        tdq.line.write(cpu);
        tdq.cpuIdle = 1;
        if (tdq.load != 0) {
            tdq.cpuIdle = 0;
            return top(cpu, oldswitchcnt);
        }
        cpu.push(IDLE_WOKEN, oldswitchcnt, 0);
        return k.idleWait.cpuIdle(cpu, switchcnt * 4 > k.tune.idlespinthresh);
    }

    /** A wake-up without a thread counts like a switch, so that the loop does not search again for it. */
    private Next woken(Cpu cpu, Object ref, int oldswitchcnt, long b) {
        Tdq tdq = Pcpu.tdqSelf(cpu);
        tdq.line.write(cpu);
        tdq.cpuIdle = 0;
        if (tdq.switchCount() != oldswitchcnt) {
            return top(cpu, oldswitchcnt);
        }
        tdq.switchcnt++;
        return top(cpu, oldswitchcnt + 1);
    }
}
