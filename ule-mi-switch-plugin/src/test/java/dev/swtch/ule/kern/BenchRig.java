package dev.swtch.ule.kern;

import static dev.swtch.ule.kern.SwitchFlags.SRQ_BORING;
import static dev.swtch.ule.kern.SwitchFlags.SWT_SLEEPQ;
import static dev.swtch.ule.kern.SwitchFlags.SW_VOL;
import static dev.swtch.ule.kern.ThreadFlags.TDI_SLEEPING;
import static dev.swtch.ule.kern.ThreadFlags.TDS_CAN_RUN;

import dev.swtch.machine.Arrival;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Kernel;
import dev.swtch.machine.Machine;
import dev.swtch.machine.Next;
import dev.swtch.machine.cost.CostModel;
import dev.swtch.machine.topology.Topology;
import dev.swtch.ule.topo.CpuGroupNode;
import java.util.ArrayList;
import java.util.List;

/** A kernel whose functions are called one at a time and again and again, for benchmarks. */
public final class BenchRig implements Kernel, IdleWait {
    private static final int FIRST_IDLE = 100_000;
    private static final int PID = 2_000;
    private static final int LONG_AGO = 100;

    private final Machine machine;
    private final UleKernel k;
    private final List<UleThread> threads = new ArrayList<>();
    private final Mtx chain = new Mtx("sleepq chain");
    private Op op = (cpu, times) -> Next.RETURN;
    private int times;
    private int turn;
    private long sum;

    private final Frame<UleThread> PAUSE = new Frame<>("PAUSE", (cpu, td, a, b) -> pause(cpu));
    private final Frame<Object> IDLE_PAUSE = new Frame<>("IDLE_PAUSE", (cpu, ref, a, b) -> idlePause(cpu));
    private final Frame<Object> OP = new Frame<>("OP", (cpu, ref, a, b) -> run(cpu));

    private final Op addChooseRemove = this::addChooseRemove;
    private final Op pickcpu = this::pickcpu;
    private final Op tick = this::tick;
    private final Op wakeup = this::wakeup;
    private final Op sleep = this::sleep;

    /** Some function, called a number of times in one path. */
    @FunctionalInterface
    private interface Op {
        Next run(Cpu cpu, int times);
    }

    /** Boots a machine of pairs of siblings, eight CPUs to a last-level cache. */
    public BenchRig(int cpus) {
        CpuGroupNode top = TopologyLine.parse(topology(cpus));
        machine = new Machine(Topology.of(1, cpus, 1), CostModel.zero(), 0);
        k = new UleKernel(machine, new SchedTunables(), top, this, Probes.NONE, FIRST_IDLE);
        machine.install(this);
        k.ticks = 1_000_000;
        k.boot.thread0(RecordedScript.spec(0), null, PAUSE);
        for (int cpu = 0; cpu < cpus; cpu++) {
            machine.startNow(cpu);
        }
        k.smpStarted = true;
        k.tune.rebalance = false;
    }

    private static String topology(int cpus) {
        if (cpus <= 2) {
            return cpus == 1 ? "(NONE 0)" : "(L2/SMT 0-1)";
        }
        StringBuilder text = new StringBuilder("(NONE");
        for (int cpu = 0; cpu < cpus; cpu += 2) {
            text.append(cpu % 8 == 0 ? " (L3" : "").append(" (L2/SMT ").append(cpu);
            text.append('-').append(cpu + 1).append(cpu % 8 == 6 ? "))" : ")");
        }
        return text.append(')').toString();
    }

    // ---- preparing ----------------------------------------------------------------------------------------------

    private void fork(boolean runnable) {
        call(0, (cpu, n) -> {
            int tid = threads.size() + 1;
            UleThread td = k.threads.fork(cpu, RecordedScript.spec(tid), null, new Proc(PID + tid), PAUSE);
            threads.add(td);
            td.setState(TDS_CAN_RUN);
            return runnable ? k.threads.start(cpu, td) : Next.RETURN;
        });
    }

    /** Makes one thread that is added and removed, and others that stay on the queue. */
    public void prepareQueue(int runnable) {
        fork(false);
        for (int i = 1; i < runnable; i++) {
            fork(true);
        }
    }

    /** Makes a thread whose CPU is to be picked: {@code fresh}, on an {@code idle} or on a {@code busy} machine. */
    public void preparePick(String where) {
        fork(false);
        UleThread td = threads.get(0);
        td.tsCpu = k.ncpus() - 1;
        td.rltick = where.equals("fresh") ? k.ticks : k.ticks - LONG_AGO;
        for (int cpu = 0; where.equals("busy") && cpu < k.ncpus(); cpu++) {
            k.tdq(cpu).lowpri = Pri.PRI_MIN_REALTIME;
            k.tdq(cpu).load = 1;
        }
    }

    /** Turns the long-term balancer on. */
    public void balance() {
        k.tune.rebalance = true;
    }

    /** Makes threads that sleep on other CPUs. */
    public void prepareSleepers(int count) {
        for (int i = 0; i < count; i++) {
            fork(false);
            UleThread td = threads.get(i);
            td.tsCpu = 1 + i % (k.ncpus() - 1);
            td.cpuset.remove(0);
            call(0, (cpu, n) -> k.threads.start(cpu, td));
            deliver(td.tsCpu);
            call(td.tsCpu, sleep);
        }
    }

    // ---- measured -----------------------------------------------------------------------------------------------

    /** Adds a thread, looks who is best, and removes it, a number of times. */
    public void addChooseRemove(int n) {
        call(0, addChooseRemove, n);
    }

    /** Picks a CPU a number of times; returns the sum of their numbers. */
    public long pickcpu(int n) {
        call(0, pickcpu, n);
        return sum;
    }

    /** Ticks of the statistics clock. */
    public void tick(int n) {
        call(0, tick, n);
    }

    /** CPU 0 wakes the next sleeper on its CPU; it takes the CPU from the idle thread there and sleeps again. */
    public void cycle() {
        UleThread td = threads.get(turn);
        call(0, wakeup);
        deliver(td.tsCpu);
        call(td.tsCpu, sleep);
        turn = turn + 1 < threads.size() ? turn + 1 : 0;
    }

    private void deliver(int cpu) {
        if (k.pcpu(cpu).ipiBitmap != 0) {
            machine.interruptNow(cpu, Ipi.IPI_BITMAP_VECTOR);
        }
    }

    private Next addChooseRemove(Cpu cpu, int n) {
        UleThread td = threads.get(0);
        Tdq tdq = Pcpu.tdqSelf(cpu);
        for (int i = 0; i < n; i++) {
            k.locks.threadLock(cpu, td);
            k.sched.schedAddHoldtd(cpu, td, SRQ_BORING);
            UleThread best = tdq.tdqChoose(cpu);
            sum += best == td ? 1 : 0;
            k.sched.schedRem(cpu, td);
            k.locks.threadUnlockHeld(cpu, td);
        }
        return Next.RETURN;
    }

    private Next pickcpu(Cpu cpu, int n) {
        UleThread td = threads.get(0);
        for (int i = 0; i < n; i++) {
            sum += k.pickcpu.schedPickcpu(cpu, td, SRQ_BORING);
        }
        return Next.RETURN;
    }

    private Next tick(Cpu cpu, int n) {
        UleThread td = Pcpu.curthread(cpu);
        k.critical.criticalEnter(cpu);
        for (int i = 0; i < n; i++) {
            k.locks.threadLock(cpu, td);
            k.clock.schedClock(cpu, td, 1);
            k.locks.threadUnlockHeld(cpu, td);
        }
        return k.critical.criticalExit(cpu);
    }

    private Next wakeup(Cpu cpu, int n) {
        UleThread td = threads.get(turn);
        k.locks.mtxLockSpin(cpu, chain);
        td.clrInhib(TDI_SLEEPING);
        k.sleep.schedWakeupHold(cpu, td);
        return k.locks.mtxUnlockSpin(cpu, chain);
    }

    private Next sleep(Cpu cpu, int n) {
        UleThread td = Pcpu.curthread(cpu);
        k.locks.mtxLockSpin(cpu, chain);
        k.locks.threadLock(cpu, td);
        k.sleep.schedSleep(cpu, td, 0);
        k.locks.threadLockSet(cpu, td, chain);
        td.setInhib(TDI_SLEEPING);
        return k.mi.miSwitch(cpu, SW_VOL | SWT_SLEEPQ);
    }

    // ---- the machine's side -------------------------------------------------------------------------------------

    private void call(int cpu, Op what) {
        call(cpu, what, 1);
    }

    private void call(int cpu, Op what, int n) {
        op = what;
        times = n;
        machine.enter(cpu, OP);
    }

    private Next run(Cpu cpu) {
        return op.run(cpu, times);
    }

    private Next pause(Cpu cpu) {
        cpu.push(PAUSE, Pcpu.curthread(cpu));
        return cpu.pause();
    }

    private Next idlePause(Cpu cpu) {
        cpu.push(IDLE_PAUSE);
        return cpu.pause();
    }

    @Override
    public Next interrupt(Cpu cpu, int vector, Arrival arrival) {
        return k.ipi.ipiBitmapHandler(cpu);
    }

    @Override
    public Next start(Cpu cpu) {
        return k.balanceTdq == null ? k.boot.bootCpu(cpu, FIRST_IDLE) : k.boot.apEntry(cpu);
    }

    @Override
    public Next cpuIdle(Cpu cpu, boolean busy) {
        return idlePause(cpu);
    }

    @Override
    public boolean cpuIdleWakeup(Cpu cpu, int target) {
        return false;
    }
}
