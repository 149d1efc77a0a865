package dev.swtch.lwkt.kern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.Ident;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.LwktToken;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.lwkt.sys.Proc;
import dev.swtch.lwkt.usched.CpuNode;
import dev.swtch.lwkt.usched.UschedDfly;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Machine;
import dev.swtch.machine.Mode;
import dev.swtch.machine.Next;
import dev.swtch.machine.Pmap;
import dev.swtch.machine.cost.CostModel;
import dev.swtch.machine.topology.Topology;
import dev.swtch.spi.thread.ThreadClass;
import dev.swtch.spi.thread.ThreadSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The whole kernel in simulated time: clocks, sleeps, interrupts and LWPs that compute. */
class RunTest {
    private static final long MS = 1_000_000;
    private static final long BURST_NS = 3 * MS;

    private final int cpus = 4;
    private final Machine machine = new Machine(Topology.of(1, cpus, 1), CostModel.defaults(), 4);
    private final LwktKernel kernel = new LwktKernel(
            machine,
            new LwktKernel.Parts(
                    KernSynch::new,
                    k -> new RunClocks(k, cpus),
                    new RunIdle(),
                    text -> {},
                    k -> new Cache(k),
                    td -> {},
                    new Pmap(0, cpus)));
    private final LwktThread[] helpers = {structure(), structure(), structure(), structure()};
    private final UschedDfly dfly = new UschedDfly(kernel, CpuNode.build(2, 2, 1), helpers);
    private final Lwp lwp0 = new Lwp(new Proc("lwp0", dfly, 0), new LwktToken(0, "lwp0"));
    private final List<Lwp> lwps = new ArrayList<>();
    private final List<LwktThread> reaped = new ArrayList<>();
    private final Ident never = new Ident(17, "never");
    private int structures;
    private long turns;
    private final Frame<Object> computed = new Frame<>("COMPUTED", (cpu, ref, a, b) -> computed(Globaldata.of(cpu)));
    private final Frame<Object> slept = new Frame<>("SLEPT", (cpu, ref, a, b) -> slept(Globaldata.of(cpu)));
    private final Frame<Object> inUser = new Frame<>("IN_USER", (cpu, ref, a, b) -> compute(Globaldata.of(cpu)));

    private LwktThread structure() {
        int number = 100 + structures++;
        return new LwktThread(ThreadSpec.kernel(number, "td" + number, ThreadClass.KERNEL), null, kernel.gd(0));
    }

    private final class Cache implements ThreadCache {
        Cache(LwktKernel k) {}

        @Override
        public LwktThread get() {
            LwktThread td = structure();
            td.flags = dev.swtch.lwkt.sys.Tdf.TDF_ALLOCATED_THREAD;
            return td;
        }

        @Override
        public void put(LwktThread td) {
            reaped.add(td);
        }
    }

    // A boot thread on CPU 0 makes the helpers and the LWPs, one frame after the other.

    private Next boot(Globaldata gd, int step, int spinners, int sleepers) {
        Frame<Object> again =
                new Frame<>("BOOT", (cpu, ref, next, b) -> boot(Globaldata.of(cpu), next, spinners, sleepers));
        gd.cpu.push(again, step + 1, 0);
        if (step < cpus) {
            return kernel.timeout.softclockSetup(gd, step, structure(), "soft" + step);
        }
        if (step < 2 * cpus) {
            return dfly.createHelper(gd, step - cpus, "usched" + (step - cpus));
        }
        int lwp = step - 2 * cpus;
        if (lwp < spinners + sleepers) {
            Proc p = new Proc("p" + lwp, dfly, 1000 + lwp);
            ForkRequest request = new ForkRequest(
                    lwp0,
                    p,
                    null,
                    gd.cpuid,
                    "p" + lwp,
                    new LwktToken(1000 + lwp, "lwp_token"),
                    (mycpu, td) -> lwp < spinners ? spin(mycpu) : compute(mycpu));
            gd.cpu.push(new Frame<>("FORKED", (cpu, ref, a, b) -> {
                lwps.add(request.child());
                return Next.RETURN;
            }));
            return kernel.fork.lwpFork(gd, request);
        }
        return kernel.threads.lwktExit(gd);
    }

    private Next spin(Globaldata gd) {
        gd.cpu.push(new Frame<>("SPIN", (cpu, ref, a, b) -> spin(Globaldata.of(cpu))));
        return gd.cpu.work(Mode.USER, 1000 * MS);
    }

    private Next compute(Globaldata gd) {
        gd.cpu.push(computed);
        return gd.cpu.work(Mode.USER, BURST_NS);
    }

    private Next computed(Globaldata gd) {
        kernel.trap.userenter(gd);
        gd.cpu.push(slept);
        return kernel.synch.tsleep(gd, never, 0, "nap", 2);
    }

    private Next slept(Globaldata gd) {
        turns++;
        gd.cpu.push(inUser);
        return kernel.trap.returnToUser(gd);
    }

    private void run(int spinners, int sleepers, long untilNs) {
        lwp0.cpumask.copyFrom(kernel.smpActiveMask);
        Globaldata gd0 = kernel.gd(0);
        for (int i = 0; i < cpus; i++) {
            machine.startCpu(i, i * 1000L);
        }
        machine.run(100_000);
        machine.enter(
                0,
                new Frame<>(
                        "CREATE",
                        (cpu, ref, a, b) -> kernel.threads.lwktCreate(
                                gd0,
                                new CreateRequest(
                                        structure(), 0, 0, "boot", (gd, td) -> boot(gd, 0, spinners, sleepers)))));
        machine.run(untilNs);
    }

    @Test
    void spinners_share_all_cpus() {
        run(6, 0, 2000 * MS);
        assertEquals(6, lwps.size());
        long total = 0;
        for (Lwp lp : lwps) {
            long work = lp.thread().userWorkNs();
            total += work;
            assertTrue(work > 600 * MS, lp.proc.name + " worked " + work);
        }
        assertTrue(total > 7900 * MS, "CPUs were left idle: " + total);
        assertTrue(kernel.clock.ticks >= 198, "ticks " + kernel.clock.ticks);
    }

    @Test
    void sleepers_wake_by_the_tick_beside_spinners() {
        run(4, 8, 1000 * MS);
        assertEquals(12, lwps.size());
        assertTrue(turns > 8 * 20, "turns " + turns);
    }

    @Test
    void an_idle_machine_halts_between_ticks() {
        run(0, 1, 1000 * MS);
        assertTrue(turns >= 40 && turns <= 50, "turns " + turns);
    }
}
