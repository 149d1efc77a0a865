package dev.swtch.ule.kern;

import dev.swtch.machine.Arrival;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;
import dev.swtch.machine.Vector;
import dev.swtch.spi.PreemptContract;
import dev.swtch.spi.SwitchContract;
import dev.swtch.spi.SwitchReason;
import dev.swtch.spi.ThrowContract;
import dev.swtch.spi.thread.KThread;
import org.jspecify.annotations.Nullable;

/** What a CPU does by itself or is made to do: start, interrupts, the ways into and out of the kernel. */
final class CpuContracts implements SwitchContract, ThrowContract, PreemptContract {
    private final UleKernel k;
    private final ThreadContracts threads;

    private final Frame<Object> DORETI = new Frame<>("DORETI", this::doreti);
    private final Frame<Object> CRITICAL_END = new Frame<>("CRITICAL_END", this::criticalEnd);

    CpuContracts(UleKernel k, ThreadContracts threads) {
        this.k = k;
        this.threads = threads;
    }

    // ---- switching and throwing ---------------------------------------------------------------------------------

    @Override
    public Next switchOut(Cpu cpu, SwitchReason reason) {
        return switch (reason) {
            case YIELD -> k.yieldBySysYield ? k.relinquish.sysYield(cpu) : k.relinquish.schedRelinquish(cpu);
            case BLOCK -> threads.blockHere(cpu);
        };
    }

    @Override
    public Next start(Cpu cpu, @Nullable KThread first) {
        if (first == null) {
            k.clocks.cpuInitclocks(cpu);
            k.smpCpuStarted();
            return k.boot.apEntry(cpu);
        }
        return k.boot.bootCpu(cpu, UleScheduler.firstIdleNumber());
    }

    /** {@code thread0} never exits: when all is started it becomes the swapper, which sleeps ({@code swapper}). */
    @Override
    public Next exit(Cpu cpu) {
        if (Pcpu.curthread(cpu) == k.thread0()) {
            return threads.blockHere(cpu);
        }
        return k.threads.threadExit(cpu);
    }

    // ---- interrupts ---------------------------------------------------------------------------------------------

    /**
     * An interrupt's common entry and return, sys/amd64/amd64/exception.S.
     *
     * <p>Deviation: an interrupt that arrived while its CPU's path was in a critical section is served at the end of the
     * path, inside a section of its own, so that a preemption it asks for is owed as it would have been.
     */
    @Override
    public Next interrupt(Cpu cpu, int vector, Arrival arrival) {
        if (cpu.interruptedUser()) {
            cpu.push(DORETI);
        }
        if (arrival == Arrival.CRITICAL && Pcpu.curthread(cpu).critnest == 0) {
            k.critical.criticalEnter(cpu);
            cpu.push(CRITICAL_END);
        }
        if (vector == Vector.TIMER) {
            return k.clocks.timerIntr(cpu);
        }
        if (vector >= Vector.FIRST_DEVICE) {
            return k.intrEvents.intrEventHandle(cpu, vector);
        }
        return k.ipi.ipiBitmapHandler(cpu);
    }

    private Next criticalEnd(Cpu cpu, Object ref, int a, long b) {
        return k.critical.criticalExit(cpu);
    }

    /** {@code doreti_ast}: the return of an interrupt to user mode looks for ASTs only. */
    private Next doreti(Cpu cpu, Object ref, int a, long b) {
        return k.ast.doreti(cpu);
    }

    @Override
    public void enteredKernel(Cpu cpu) {}

    @Override
    public Next returnToUser(Cpu cpu) {
        return k.ast.userret(cpu);
    }

    // ---- critical sections --------------------------------------------------------------------------------------

    @Override
    public void criticalEnter(Cpu cpu) {
        k.critical.criticalEnter(cpu);
    }

    @Override
    public Next criticalExit(Cpu cpu) {
        return k.critical.criticalExit(cpu);
    }

    @Override
    public void spinEnter(Cpu cpu) {
        k.critical.spinlockEnter(cpu);
    }

    @Override
    public Next spinExit(Cpu cpu) {
        return k.critical.spinlockExit(cpu);
    }
}
