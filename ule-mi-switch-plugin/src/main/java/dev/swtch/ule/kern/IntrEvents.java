package dev.swtch.ule.kern;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;
import dev.swtch.machine.Vector;
import dev.swtch.spi.InterruptHandler;
import dev.swtch.spi.thread.ThreadClass;
import dev.swtch.spi.thread.ThreadSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Devices' interrupts: filters that run in the interrupt, and interrupt threads: sys/kern/kern_intr.c. */
final class IntrEvents {
    private final UleKernel k;
    private final List<IntrEvent> events = new ArrayList<>();

    private final Frame<IntrEvent> FILTER_DONE = new Frame<>("FILTER_DONE", this::filterDone);
    private final Frame<UleThread> INTR_NESTED = new Frame<>("INTR_NESTED", this::nested);
    private final Frame<UleThread> ITHREAD_LOOP = new Frame<>("ITHREAD_LOOP", this::ithreadLoop);

    IntrEvents(UleKernel k) {
        this.k = k;
    }

    /** {@code struct intr_event} with its one handler. */
    private static final class IntrEvent {
        final int line;
        final boolean threaded;
        final InterruptHandler handler;

        @Nullable
        UleThread thread;

        boolean need;

        IntrEvent(int line, boolean threaded, InterruptHandler handler) {
            this.line = line;
            this.threaded = threaded;
            this.handler = handler;
        }
    }

    /** {@code intr_event_add_handler}; its thread is made when the kernel boots. */
    void intrEventAddHandler(int line, boolean threaded, InterruptHandler handler) {
        events.add(new IntrEvent(line, threaded, handler));
    }

    /** Makes the interrupt threads, each waiting for its interrupt. */
    void boot(Cpu cpu) {
        for (IntrEvent event : events) {
            if (event.threaded) {
                ThreadSpec spec = ThreadSpec.kernel(k.nextThreadNumber(), "irq" + event.line, ThreadClass.INTERRUPT);
                event.thread = k.threads.ithreadCreate(cpu, spec, null, Pri.PRI_INTR, ITHREAD_LOOP);
            }
        }
    }

    /** {@code intr_event_handle}: in the context of the interrupted thread. */
    Next intrEventHandle(Cpu cpu, int vector) {
        IntrEvent event = eventOf(cpu, vector - Vector.FIRST_DEVICE);
        UleThread ithread = event.thread;
        if (ithread != null) {
            event.need = true;
            return k.ithread.intrEventHandle(cpu, ithread);
        }
        UleThread td = Pcpu.curthread(cpu);
        td.intrNestingLevel++;
        k.critical.criticalEnter(cpu);
        cpu.push(FILTER_DONE, event);
        return event.handler.serve(cpu, event.line);
    }

    private Next filterDone(Cpu cpu, IntrEvent event, int a, long b) {
        UleThread td = Pcpu.curthread(cpu);
        cpu.push(INTR_NESTED, td);
        return k.critical.criticalExit(cpu);
    }

    private Next nested(Cpu cpu, UleThread td, int a, long b) {
        td.intrNestingLevel--;
        return Next.RETURN;
    }

    /** {@code ithread_loop}: runs handlers while there is need, then waits. */
    private Next ithreadLoop(Cpu cpu, UleThread td, int a, long b) {
        IntrEvent event = eventOf(cpu, td);
        cpu.push(ITHREAD_LOOP, td);
        if (event.need) {
            event.need = false;
            return event.handler.serve(cpu, event.line);
        }
        return k.ithread.ithreadWait(cpu);
    }

    private IntrEvent eventOf(Cpu cpu, int line) {
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i).line == line) {
                return events.get(i);
            }
        }
        throw cpu.violation("stray-interrupt", "no handler for line " + line);
    }

    private IntrEvent eventOf(Cpu cpu, UleThread td) {
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i).thread == td) {
                return events.get(i);
            }
        }
        throw cpu.violation("stray-ithread", td.name() + " belongs to no interrupt");
    }
}
