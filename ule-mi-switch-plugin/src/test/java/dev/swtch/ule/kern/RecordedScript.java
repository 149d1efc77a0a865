package dev.swtch.ule.kern;

import dev.swtch.machine.Arrival;
import dev.swtch.machine.Context;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Kernel;
import dev.swtch.machine.Machine;
import dev.swtch.machine.Next;
import dev.swtch.machine.Observer;
import dev.swtch.machine.Vector;
import dev.swtch.machine.Violation;
import dev.swtch.machine.cost.CostModel;
import dev.swtch.machine.topology.CpuSet;
import dev.swtch.machine.topology.Topology;
import dev.swtch.spi.thread.ThreadClass;
import dev.swtch.spi.thread.ThreadSpec;
import dev.swtch.ule.topo.CpuGroupNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Performs the operations of a recorded script on a kernel, one at a time: each runs on the named CPU's current
 * stack, above a frame that rests there until the next.
 */
public final class RecordedScript implements Kernel, IdleWait, Observer {
    static final int FIRST_IDLE = 100_000;

    final Machine machine;
    final UleKernel k;
    final RecordedEvents events = new RecordedEvents();
    final Map<Integer, UleThread> threads = new TreeMap<>();
    /** What the threads of the first kind of scripts sleep on, by thread. */
    final Map<Integer, Integer> wchans = new HashMap<>();

    final Frame<UleThread> PAUSE = new Frame<>("PAUSE", (cpu, td, a, b) -> pause(cpu));

    /** Threads whose callouts were run in this operation. */
    final List<UleThread> fired = new ArrayList<>();

    final @Nullable BlockingOps blockingOps;
    private final Map<String, Op> ops = new HashMap<>();
    private final Frame<Object> IDLE_PAUSE = new Frame<>("IDLE_PAUSE", (cpu, td, a, b) -> idlePause(cpu));
    private final Frame<Object> OP = new Frame<>("OP", (cpu, td, a, b) -> runOp(cpu));
    private boolean mwait;
    private boolean resumeIdle;
    private @Nullable Op op;
    private String[] words = {};

    /** What an operation does on its CPU. */
    @FunctionalInterface
    interface Op {
        /** Runs it; {@code w} holds the words of the line, the first being the name. */
        Next run(Cpu cpu, String[] w);
    }

    /**
     * Makes a machine whose CPUs have not started.
     *
     * @param topology the script's topology line without its keyword
     * @param blocking whether sleep queues, turnstiles and mutexes are the kernel's own
     */
    public RecordedScript(String topology, boolean blocking) {
        CpuGroupNode top = TopologyLine.parse(topology);
        machine = new Machine(Topology.of(1, top.count(), 1), CostModel.zero(), 0);
        k = new UleKernel(machine, new SchedTunables(), top, this, events, FIRST_IDLE);
        events.fired = fired;
        k.clocks.stoppedUptime = blocking ? 1L << 32 : 0;
        machine.install(this);
        machine.observe(this);
        new CommonOps(this).define(ops);
        if (blocking) {
            blockingOps = new BlockingOps(this);
            blockingOps.define(ops);
        } else {
            blockingOps = null;
            new PlainSleepOps(this).define(ops);
        }
    }

    /** What happened in the operation that was performed last. */
    public RecordedEvents events() {
        return events;
    }

    /** The state after the operation that was performed last. */
    public RecordedState state() {
        return new RecordedState(this);
    }

    // ---- performing ---------------------------------------------------------------------------------------------

    /** Performs one line of the script. */
    public void perform(String line) {
        events.clear();
        try {
            performOn(line);
        } catch (Violation e) {
            if (!e.rule().equals("sleeping-thread")) {
                throw e;
            }
            events.panic("sleeping thread");
        }
    }

    private void performOn(String line) {
        words = line.split(" ");
        switch (words[0]) {
            case "idlewake" -> mwait = words[1].equals("mwait");
            case "ticks0" -> k.ticks = number(1);
            case "boot" -> boot();
            case "ap" -> machine.startNow(number(1));
            case "smp" -> k.smpStarted = number(1) != 0;
            case "seed" -> k.pcpu(number(1)).randomval = Integer.parseUnsignedInt(words[2]);
            case "tick" -> tick(number(1));
            case "set" -> set(words[1], number(2));
            case "ipi" -> ipi(number(1));
            case "spin" -> machine.lookNow(number(1));
            default -> {
                op = ops.get(words[0]);
                if (op == null) {
                    throw new IllegalArgumentException("unknown operation: " + line);
                }
                enter(number(1));
            }
        }
    }

    /** A spinning CPU takes an operation as an interrupt, after which it spins on. */
    private void enter(int cpu) {
        UleThread td = k.pcpu(cpu).curthreadOrNull();
        if (td != null && td.spinning != null) {
            machine.interruptNow(cpu, Vector.TIMER);
        } else {
            machine.enter(cpu, OP);
        }
    }

    private void tick(int n) {
        k.ticks += n;
        k.clocks.stoppedUptime += n * KernSynch.TICK_SBT;
    }

    private int number(int i) {
        return Integer.decode(words[i]);
    }

    private void boot() {
        k.boot.thread0(spec(0), null, PAUSE);
        machine.startNow(0);
        threads.put(0, k.thread0());
        for (int i = 0; i < k.ncpus(); i++) {
            threads.put(FIRST_IDLE + i, k.pcpu(i).idlethread());
        }
        events.clear();
    }

    private void set(String name, int value) {
        if (name.equals("balance_ticks")) {
            k.balanceTicks = value;
        } else {
            k.tune.set(name, value);
        }
    }

    private void ipi(int cpu) {
        if (k.pcpu(cpu).ipiBitmap != 0) {
            machine.interruptNow(cpu, Ipi.IPI_BITMAP_VECTOR);
        }
    }

    private Next runOp(Cpu cpu) {
        Op now = op;
        if (now == null) {
            throw new IllegalStateException("no operation");
        }
        return now.run(cpu, words);
    }

    private Next pause(Cpu cpu) {
        cpu.push(PAUSE, Pcpu.curthread(cpu));
        return cpu.pause();
    }

    private Next idlePause(Cpu cpu) {
        if (resumeIdle) {
            resumeIdle = false;
            return Next.RETURN;
        }
        cpu.push(IDLE_PAUSE);
        return cpu.pause();
    }

    /** The operation {@code idle}: the loop goes on behind its pause. */
    Next goOnIdle() {
        resumeIdle = true;
        return Next.RETURN;
    }

    UleThread thread(String tid) {
        UleThread td = threads.get(Integer.decode(tid));
        if (td == null) {
            throw new IllegalArgumentException("no thread " + tid);
        }
        return td;
    }

    long wchan(UleThread td) {
        return blockingOps == null ? wchans.getOrDefault(td.number(), 0) : td.wchan;
    }

    CpuSet cpus(String ranges) {
        return TopologyLine.cpus(ranges, k.ncpus());
    }

    static ThreadSpec spec(int tid) {
        return ThreadSpec.kernel(tid, "t" + tid, ThreadClass.TIMESHARE);
    }

    // ---- what the kernel calls ----------------------------------------------------------------------------------

    @Override
    public Next interrupt(Cpu cpu, int vector, Arrival arrival) {
        return vector == Vector.TIMER ? runOp(cpu) : k.ipi.ipiBitmapHandler(cpu);
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
    public Next resumed(Cpu cpu) {
        return idlePause(cpu);
    }

    @Override
    public boolean cpuIdleWakeup(Cpu cpu, int target) {
        boolean woken = mwait && k.tdq(target).cpuIdle != 0;
        if (woken) {
            events.wake(target);
        }
        return woken;
    }

    @Override
    public void switched(Cpu cpu, @Nullable Context from, Context to) {
        events.sw(cpu.id(), from, to);
    }

    @Override
    public void pathEnded(Cpu cpu) {}
}
