package dev.swtch.lwkt.golden;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swtch.lwkt.kern.LwktKernel;
import dev.swtch.lwkt.kern.Synch;
import dev.swtch.lwkt.kern.Systimer;
import dev.swtch.lwkt.kern.ThreadCache;
import dev.swtch.lwkt.sys.Cpusync;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.IntrInfo;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.LwktToken;
import dev.swtch.lwkt.sys.Tdf;
import dev.swtch.machine.CpuState;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Machine;
import dev.swtch.machine.Next;
import dev.swtch.machine.Vector;
import dev.swtch.machine.Violation;
import dev.swtch.machine.cost.CostModel;
import dev.swtch.machine.topology.Topology;
import dev.swtch.spi.thread.ThreadClass;
import dev.swtch.spi.thread.ThreadSpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Plays recordings on a kernel: what the formats have in common. */
abstract class KernelPlayer implements Player {
    static final int LINES = 8;

    int cpus = 1;
    int tokenCount;
    Machine machine = new Machine(Topology.of(1, 1, 1), CostModel.zero(), LINES);
    /** Only after the first operation, which boots. */
    LwktKernel kernel;

    int structures;
    final Map<String, LwktThread> threads = new LinkedHashMap<>();
    final Map<LwktThread, String> names = new IdentityHashMap<>();
    final Map<LwktThread, IntrInfo> ithreads = new IdentityHashMap<>();
    final Map<LwktThread, IntrInfo> registering = new IdentityHashMap<>();
    final Deque<LwktThread> objcache = new ArrayDeque<>();
    final List<LwktToken> tokens = new ArrayList<>();
    final List<String> console = new ArrayList<>();
    final Map<Integer, Cpusync> cpusyncs = new HashMap<>();
    private final KernelOperations operations = new KernelOperations(this);
    private Snapshot snapshot = new Snapshot(this);
    boolean[] leave = {};
    boolean[] halted = {};
    int[] stops = {};
    int[] csCalls = {};
    String source = "";
    private Words bootWords = new Words("boot");
    final Frame<Object> pause = new Frame<>("PAUSE", (cpu, ref, a, b) -> pause(Globaldata.of(cpu)));

    // ---- boot and surroundings ----------------------------------------------------------------------------------

    /** Boots anew; the operation is the recording's first. */
    private void boot(Words words) {
        machine = new Machine(Topology.of(1, cpus, 1), CostModel.zero(), LINES);
        structures = 1000;
        threads.clear();
        names.clear();
        ithreads.clear();
        registering.clear();
        objcache.clear();
        tokens.clear();
        cpusyncs.clear();
        snapshot = new Snapshot(this);
        leave = new boolean[cpus];
        halted = new boolean[cpus];
        stops = new int[cpus];
        csCalls = new int[cpus];
        kernel = new LwktKernel(
                machine,
                new LwktKernel.Parts(
                        this::synch,
                        this::systimer,
                        (gd, nothingPending) -> {
                            halted[gd.cpuid] = nothingPending;
                            return pause(gd);
                        },
                        console::add,
                        k -> new Cache(),
                        this::named,
                        null));
        for (int cpu = 0; cpu < cpus; cpu++) {
            named(kernel.gd(cpu).idlethread);
            machine.startNow(cpu);
            halted[cpu] = false;
        }
        for (int i = 0; i < tokenCount; i++) {
            tokens.add(new LwktToken(i, "K" + i));
        }
        booted(words);
    }

    /** The kernel's sleeping and waking. */
    abstract Synch synch(LwktKernel k);

    /** The kernel's timer interrupt. */
    abstract Systimer systimer(LwktKernel k);

    /** The kernel has booted. */
    abstract void booted(Words words);

    /** An operation that the formats do not have in common, by the current thread of a CPU. */
    abstract Next executeOther(Words words, Globaldata gd, ObjectNode result);

    /** An event that the formats do not have in common; false if the operation is none. */
    abstract boolean event(Words words, int cpu);

    /** A thread's command loop, an interrupt handler's body, the idle loop's halt: until told to leave. */
    Next pause(Globaldata gd) {
        if (leave[gd.cpuid]) {
            leave[gd.cpuid] = false;
            return Next.RETURN;
        }
        gd.cpu.push(pause);
        return gd.cpu.pause();
    }

    void named(LwktThread td) {
        String old = names.put(td, td.comm);
        if (old != null) {
            threads.remove(old);
        }
        ithreads.remove(td);
        IntrInfo info = registering.remove(td);
        if (info != null) {
            ithreads.put(td, info);
        }
        threads.put(td.comm, td);
    }

    LwktThread structure() {
        ThreadSpec spec = ThreadSpec.kernel(structures, "struct" + structures, ThreadClass.KERNEL);
        structures++;
        return new LwktThread(spec, null, kernel.gd(0));
    }

    /** The object cache: last in, first out. */
    private final class Cache implements ThreadCache {
        @Override
        public LwktThread get() {
            LwktThread td = objcache.pollLast();
            source = td == null ? "new" : "cache";
            if (td == null) {
                td = structure();
                td.flags = Tdf.TDF_ALLOCATED_THREAD;
            }
            return td;
        }

        @Override
        public void put(LwktThread td) {
            objcache.addLast(td);
        }
    }

    static Next sleep(LwktKernel k, Globaldata gd) {
        gd.critEnter();
        k.schedule.lwktDescheduleSelfInCrit(gd, gd.curthread);
        k.splz.pushCritExit(gd);
        return k.lwktSwitch.lwktSwitch(gd);
    }

    // ---- operations ---------------------------------------------------------------------------------------------

    @Override
    public ObjectNode play(String op) {
        Words words = new Words(op);
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        console.clear();
        try {
            operate(words, result);
        } catch (Violation violation) {
            result.set("panic", panic(violation));
        }
        if (!console.isEmpty()) {
            ArrayNode lines = result.putArray("kprintf");
            console.forEach(lines::add);
        }
        return result;
    }

    /** Performs an operation; a panic is thrown. */
    void operate(Words words, ObjectNode result) {
        switch (words.name()) {
            case "boot" -> {
                cpus = words.option("cpus", 1);
                tokenCount = words.option("tokens", 0);
                bootWords = words;
                boot(words);
                result.putNull("by");
            }
            case "reset" -> {
                boot(bootWords);
                result.putNull("by");
            }
            case "sysctl" -> sysctl(words.word(1), words.number(2));
            default -> perform(words, result);
        }
    }

    private static ObjectNode panic(Violation violation) {
        ObjectNode panic = JsonNodeFactory.instance.objectNode();
        panic.put("text", violation.getMessage());
        int colon = violation.rule().indexOf(": ");
        panic.put("func", colon < 0 ? null : violation.rule().substring(0, colon));
        panic.put("expr", colon < 0 ? null : violation.rule().substring(colon + 2));
        return panic;
    }

    void sysctl(String name, int value) {
        switch (name) {
            case "preempt_enable" -> kernel.sysctl.preemptEnable = value;
            case "spin_loops" -> kernel.sysctl.spinLoops = value;
            case "fairq_bypass" -> kernel.sysctl.fairqBypass = value;
            case "panic_on_cscount" -> kernel.sysctl.panicOnCscount = value;
            default -> throw new IllegalArgumentException("unknown tunable " + name);
        }
    }

    private void perform(Words words, ObjectNode result) {
        int c = words.number(1);
        Globaldata gd = kernel.gd(c);
        result.put("by", gd.curthread.comm);
        boolean waited = LwktState.waiting(gd) != null;
        halted[c] = false;
        switch (words.name()) {
            case "spin" -> spin(gd, words.size() > 2 ? words.number(2) : 1);
            case "ipi" -> machine.interruptNow(c, Vector.FIRST_IPI);
            case "intr" -> machine.interruptNow(c, Vector.FIRST_DEVICE + words.number(2));
            default -> {
                if (event(words, c)) {
                    break;
                }
                source = creates(words) ? "freetd" : "";
                machine.enter(
                        c,
                        new Frame<>("OP", (cpu, ref, a, b) -> operations.execute(words, Globaldata.of(cpu), result)));
                if (creates(words)) {
                    result.put("src", source);
                }
            }
        }
        if (!waited && !words.name().equals("spin")) {
            stops[c] = LwktState.waiting(gd) == null ? 0 : 1;
        }
    }

    /** Whether an operation makes a thread, so that the structure's source is recorded. */
    boolean creates(Words words) {
        return words.name().equals("create");
    }

    private void spin(Globaldata gd, int turns) {
        for (int i = 0; i < turns && gd.cpu.state() == CpuState.SPINNING; i++) {
            machine.lookNow(gd.cpuid);
            stops[gd.cpuid]++;
        }
        if (gd.cpu.state() != CpuState.SPINNING) {
            stops[gd.cpuid] = 0;
        }
    }

    /** Further attributes of a created thread. */
    void attributes(Words words, LwktThread td) {}

    LwktThread thread(Words words, int at) {
        LwktThread td = threads.get(words.word(at));
        if (td == null) {
            throw new IllegalArgumentException("unknown thread: " + words);
        }
        return td;
    }

    LwktToken token(Words words, int at) {
        return tokens.get(Integer.parseInt(words.word(at).substring(1)));
    }

    // ---- state --------------------------------------------------------------------------------------------------

    @Override
    public final ObjectNode state() {
        return snapshot.take();
    }

    abstract void addCpu(ObjectNode node, Globaldata gd);

    abstract void addThread(ObjectNode node, LwktThread td);

    abstract void addTokens(ObjectNode node);

    abstract void addSections(ObjectNode state, ObjectNode g);
}
