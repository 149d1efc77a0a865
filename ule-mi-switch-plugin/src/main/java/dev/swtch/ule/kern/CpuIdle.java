package dev.swtch.ule.kern;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.CpuState;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;
import dev.swtch.spi.plugin.CounterSink;
import org.jspecify.annotations.Nullable;

/**
 * How an x86 CPU waits without work: {@code cpu_idle}, sys/x86/x86/cpu_machdep.c.
 *
 * <p>A CPU that expects a short wait monitors the line of its idle state, so that a store wakes it; otherwise its clocks
 * go into idle mode inside a critical section and it halts until an interrupt comes. A preemption asked for by that
 * interrupt is then taken at the end of the section.
 */
final class CpuIdle implements IdleWait {
    private static final int STATE_RUNNING = 0;
    private static final int STATE_MWAIT = 1;
    private static final int STATE_SLEEPING = 2;

    private final boolean idleMwait;
    private final int[] idleState;
    private long polls;
    private long mwaits;
    private long halts;
    private @Nullable UleKernel kernel;

    private final Frame<Object> CPU_IDLE_DONE = new Frame<>("CPU_IDLE_DONE", this::awake);
    private final Frame<Object> CPU_ACTIVECLOCK = new Frame<>("CPU_ACTIVECLOCK", this::active);

    /**
     * Waits on the CPUs of a machine.
     *
     * @param cpus their number
     * @param idleMwait whether they can wait for a store
     */
    CpuIdle(int cpus, boolean idleMwait) {
        this.idleMwait = idleMwait;
        this.idleState = new int[cpus];
    }

    /** The kernel that waits; once it is made. */
    void attach(UleKernel k) {
        kernel = k;
    }

    /** How often CPUs polled, waited for a store and halted. */
    void counters(CounterSink sink) {
        sink.counter("cpu_idle", "polled", polls);
        sink.counter("cpu_idle", "mwait", mwaits);
        sink.counter("cpu_idle", "hlt", halts);
    }

    private UleKernel k() {
        UleKernel k = kernel;
        if (k == null) {
            throw new IllegalStateException("the idle loop runs before its kernel was made");
        }
        return k;
    }

    @Override
    public Next cpuIdle(Cpu cpu, boolean busy) {
        if (busy && idleMwait) {
            return cpuIdleMwait(cpu);
        }
        if (!busy) {
            k().critical.criticalEnter(cpu);
            k().clocks.cpuIdleclock(cpu);
            cpu.push(CPU_ACTIVECLOCK);
        }
        return cpuIdleHlt(cpu);
    }

    /** {@code cpu_idle_mwait}, sys/x86/x86/cpu_machdep.c. */
    private Next cpuIdleMwait(Cpu cpu) {
        if (schedRunnable(cpu)) {
            return Next.RETURN;
        }
        idleState[cpu.id()] = STATE_MWAIT;
        mwaits++;
        cpu.push(CPU_IDLE_DONE);
        return cpu.monitor();
    }

    /** {@code cpu_idle_hlt}, sys/x86/x86/cpu_machdep.c. */
    private Next cpuIdleHlt(Cpu cpu) {
        if (schedRunnable(cpu)) {
            return Next.RETURN;
        }
        idleState[cpu.id()] = STATE_SLEEPING;
        halts++;
        cpu.push(CPU_IDLE_DONE);
        return cpu.halt();
    }

    /** {@code sched_runnable}, sys/kern/sched_ule.c, for the idle thread. */
    private static boolean schedRunnable(Cpu cpu) {
        return Pcpu.tdqSelf(cpu).load > 0;
    }

    private Next awake(Cpu cpu, Object ref, int a, long b) {
        idleState[cpu.id()] = STATE_RUNNING;
        return Next.RETURN;
    }

    private Next active(Cpu cpu, Object ref, int a, long b) {
        k().clocks.cpuActiveclock(cpu);
        return k().critical.criticalExit(cpu);
    }

    @Override
    public boolean cpuIdleWakeup(Cpu cpu, int target) {
        switch (idleState[target]) {
            case STATE_SLEEPING -> {
                return false;
            }
            case STATE_MWAIT -> {
                idleState[target] = STATE_RUNNING;
                cpu.machine().store(cpu, cpu.machine().cpu(target));
                return true;
            }
            default -> {
                return true;
            }
        }
    }

    @Override
    public void loadSeen(Cpu cpu, int target) {
        Cpu poller = cpu.machine().cpu(target);
        if (poller.state() == CpuState.POLLING) {
            cpu.machine().store(cpu, poller);
        }
    }

    @Override
    public Next spin(Cpu cpu, int spins) {
        polls++;
        return cpu.poll(spins);
    }
}
