package dev.swtch.lwkt.kern;

import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.IpiFunction;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.Tdf;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Machine;
import dev.swtch.machine.Mode;
import dev.swtch.machine.Next;
import dev.swtch.machine.cost.CostModel;
import dev.swtch.machine.topology.Topology;
import dev.swtch.spi.thread.ThreadClass;
import dev.swtch.spi.thread.ThreadSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Kernel threads and interrupt threads in simulated time, each doing a list of things; no periodic clocks tick. */
final class ThreadLab {
    static final long MS = 1_000_000;

    static final int FLOOD = 20;

    final Machine machine;
    final LwktKernel kernel;

    /** When each interrupt thread ran, in ns, in order. */
    final List<Long> served = new ArrayList<>();

    /** The kernel threads in the order they were made. */
    final List<LwktThread> threads = new ArrayList<>();

    private final List<LwktThread> ithreads = new ArrayList<>();
    private int structures;

    ThreadLab(int cpus) {
        machine = new Machine(Topology.of(1, cpus, 1), CostModel.defaults(), 4);
        kernel = new LwktKernel(
                machine,
                new LwktKernel.Parts(
                        KernSynch::new, k -> this::timer, new RunIdle(), text -> {}, k -> new Cache(), td -> {}, null));
        for (int i = 0; i < cpus; i++) {
            machine.startCpu(i, i * 1000L);
        }
        machine.run(100_000);
    }

    /** The timer's interrupt schedules the interrupt threads of its CPU: a callback of a systimer. */
    private Next timer(Globaldata gd) {
        for (LwktThread td : ithreads) {
            if (td.gd == gd) {
                return kernel.schedule.lwktSchedule(gd, td);
            }
        }
        return Next.RETURN;
    }

    private final class Cache implements ThreadCache {
        @Override
        public LwktThread get() {
            LwktThread td = structure("cached");
            td.flags = Tdf.TDF_ALLOCATED_THREAD;
            return td;
        }

        @Override
        public void put(LwktThread td) {}
    }

    private LwktThread structure(String name) {
        return new LwktThread(ThreadSpec.kernel(100 + structures++, name, ThreadClass.KERNEL), null, kernel.gd(0));
    }

    /** Makes an interrupt thread whose handler takes 10 us. */
    LwktThread ithread(int cpu, int irq, int pri) {
        return ithread(cpu, irq, pri, act(gd -> served.add(gd.cpu.now())), work(10_000));
    }

    /** Makes an interrupt thread whose handler does some things, one after the other. */
    LwktThread ithread(int cpu, int irq, int pri, Step... handler) {
        LwktThread td = structure("ithread");
        enter(
                cpu,
                gd -> kernel.ithreads.registerInt(
                        gd, gd, irq, td, "ithread", pri, (mycpu, self) -> handle(mycpu, handler, 0)));
        machine.run(machine.now() + 50_000);
        ithreads.add(td);
        return td;
    }

    private Next handle(Globaldata gd, Step[] steps, int at) {
        if (at == steps.length) {
            return Next.RETURN;
        }
        gd.cpu.push(new Frame<>("HANDLER", (cpu, ref, next, b) -> handle(Globaldata.of(cpu), steps, next)), at + 1, 0);
        return steps[at].run(gd);
    }

    /** Makes a kernel thread that does some things, one after the other, and sleeps for good. */
    LwktThread thread(int cpu, Step... steps) {
        LwktThread td = structure("thread");
        threads.add(td);
        enter(
                cpu,
                gd -> kernel.threads.lwktCreate(
                        gd, new CreateRequest(td, 0, cpu, "thread", (mycpu, self) -> step(mycpu, steps, 0))));
        return td;
    }

    private Next step(Globaldata gd, Step[] steps, int at) {
        if (at == steps.length) {
            gd.critEnter();
            kernel.schedule.lwktDescheduleSelfInCrit(gd, gd.curthread);
            return kernel.lwktSwitch.lwktSwitch(gd);
        }
        gd.cpu.push(new Frame<>("STEP", (cpu, ref, next, b) -> step(Globaldata.of(cpu), steps, next)), at + 1, 0);
        return steps[at].run(gd);
    }

    private void enter(int cpu, Step step) {
        machine.enter(cpu, new Frame<>("ENTER", (on, ref, a, b) -> step.run(Globaldata.of(on))));
    }

    /** Sends more messages to a CPU than may be under way at once. */
    Step floods(int target, IpiFunction<Globaldata> message) {
        return gd -> flood(gd, target, message, 0);
    }

    private Next flood(Globaldata gd, int target, IpiFunction<Globaldata> message, int sent) {
        if (sent == FLOOD) {
            return Next.RETURN;
        }
        Frame<Object> more =
                new Frame<>("FLOOD", (cpu, ref, next, b) -> flood(Globaldata.of(cpu), target, message, next));
        gd.cpu.push(more, sent + 1, 0);
        return kernel.ipiq.lwktSendIpiq(gd, kernel.gd(target), message, gd);
    }

    /** Kernel-mode work, which interrupts may come in the midst of. */
    static Step work(long ns) {
        return gd -> gd.cpu.work(Mode.KERNEL, ns);
    }

    /** Something that takes no other path. */
    static Step act(Consumer<Globaldata> action) {
        return gd -> {
            action.accept(gd);
            return Next.RETURN;
        };
    }

    /** What a thread does. */
    @FunctionalInterface
    interface Step {
        /** Does it. */
        Next run(Globaldata gd);
    }
}
