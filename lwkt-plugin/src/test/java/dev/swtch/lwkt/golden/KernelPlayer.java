package dev.swtch.lwkt.golden;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swtch.lwkt.kern.CreateRequest;
import dev.swtch.lwkt.kern.LwktKernel;
import dev.swtch.lwkt.kern.LwktPreempt;
import dev.swtch.lwkt.kern.Synch;
import dev.swtch.lwkt.kern.Systimer;
import dev.swtch.lwkt.kern.ThreadCache;
import dev.swtch.lwkt.sys.Cpusync;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.IntrInfo;
import dev.swtch.lwkt.sys.Kassert;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.LwktToken;
import dev.swtch.lwkt.sys.Lwp;
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
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
    private final Set<String> seenQueues = new HashSet<>();
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
        seenQueues.clear();
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
                machine.enter(c, new Frame<>("OP", (cpu, ref, a, b) -> execute(words, Globaldata.of(cpu), result)));
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

    Next execute(Words words, Globaldata gd, ObjectNode result) {
        LwktThread td = gd.curthread;
        switch (words.name()) {
            case "create" -> {
                return create(words, gd);
            }
            case "ithread" -> {
                return ithread(words, gd);
            }
            case "schedule" -> {
                return kernel.schedule.lwktSchedule(gd, thread(words, 2));
            }
            case "schedule_self" -> {
                return kernel.schedule.lwktScheduleSelf(gd, td);
            }
            case "deschedule" -> {
                return kernel.schedule.lwktDeschedule(gd, thread(words, 2));
            }
            case "deschedule_self" -> {
                return kernel.schedule.lwktDescheduleSelf(gd, td);
            }
            case "switch" -> {
                return kernel.lwktSwitch.lwktSwitch(gd);
            }
            case "yield" -> {
                return kernel.yields.lwktYield(gd);
            }
            case "yield_quick" -> {
                return kernel.yields.lwktYieldQuick(gd);
            }
            case "user_yield" -> {
                return kernel.yields.lwktUserYield(gd);
            }
            case "sleep" -> {
                return sleep(kernel, gd);
            }
            case "setpri" -> {
                return kernel.schedule.lwktSetpri(gd, thread(words, 2), words.number(3));
            }
            case "setpri_init" -> kernel.schedule.lwktSetpriInitial(gd, thread(words, 2), words.number(3));
            case "setpri_self" -> {
                return kernel.schedule.lwktSetpriSelf(gd, words.number(2));
            }
            case "upri" -> thread(words, 2).upri = words.number(3);
            case "get" -> {
                return kernel.tokens.lwktGettoken(gd, token(words, 2));
            }
            case "getsh" -> {
                return kernel.tokens.lwktGettokenShared(gd, token(words, 2));
            }
            case "try" -> result.put("ret", kernel.tokens.lwktTrytoken(gd, token(words, 2)) ? 1 : 0);
            case "rel" -> kernel.tokens.lwktReltoken(gd, token(words, 2));
            case "cnt" -> result.put("ret", kernel.tokens.lwktCnttoken(token(words, 2), td));
            case "tokswap" -> {
                return kernel.tokens.lwktTokenSwap(gd);
            }
            case "crit_enter" -> gd.critEnter();
            case "crit_exit" -> {
                return kernel.splz.critExit(gd);
            }
            case "crit_exit_noyield" -> gd.critExitNoyield();
            case "crit_hard_enter" -> gd.critEnterHard();
            case "crit_hard_exit" -> {
                return kernel.splz.critExitHard(gd);
            }
            case "migrate" -> {
                return kernel.migrate.lwktMigratecpu(gd, words.number(2));
            }
            case "mig_begin" -> {
                td.flags |= Tdf.TDF_MIGRATING;
                gd.cpu.push(
                        new Frame<LwktThread>("MIG_BEGIN", (cpu, self, a, b) -> {
                            self.gd.tdallq.remove(self);
                            self.migrateGd = kernel.gd(words.number(2));
                            return Next.RETURN;
                        }),
                        td);
                return kernel.schedule.lwktDescheduleSelf(gd, td);
            }
            case "mig_end" -> {
                Globaldata rgd = td.migrateGd;
                gd.cpu.push(
                        new Frame<LwktThread>("MIG_END", (cpu, self, a, b) -> {
                            Kassert.kkassert(rgd == Globaldata.of(cpu), Globaldata.of(cpu), "mig_end", "rgd == mycpu");
                            Globaldata.of(cpu).tdallq.insertTail(self);
                            return Next.RETURN;
                        }),
                        td);
                return kernel.lwktSwitch.lwktSwitch(gd);
            }
            case "giveaway" -> {
                return kernel.migrate.lwktGiveaway(gd, thread(words, 2));
            }
            case "acquire" -> {
                return kernel.migrate.lwktAcquire(gd, thread(words, 2));
            }
            case "hold" -> kernel.threads.lwktHold(gd, thread(words, 2));
            case "rele" -> kernel.threads.lwktRele(gd, thread(words, 2));
            case "free" -> kernel.threads.lwktFreeThread(gd, thread(words, 2));
            case "exit" -> {
                return kernel.threads.lwktExit(gd);
            }
            case "return", "iret", "idle" -> leave[gd.cpuid] = true;
            case "intsupport" -> {
                return kernel.ithreads.lwktSetInterruptSupportThread(gd);
            }
            case "passive_release" -> {
                return kernel.passive.lwktPassiveRelease(gd, td, 0);
            }
            case "passive_recover" -> {
                return kernel.passive.lwktPassiveRecover(gd);
            }
            case "user_resched" -> {
                if (words.on(2)) {
                    gd.needUserResched();
                } else {
                    gd.clearUserResched();
                }
            }
            case "preempted_proc" -> {
                Lwp lp = LwktPreempt.lwktPreemptedProc(gd);
                result.put("ret", lp == null ? null : lp.thread().comm);
            }
            case "splz" -> {
                return kernel.splz.splz(gd);
            }
            case "splz_check" -> {
                return kernel.splz.splzCheck(gd);
            }
            case "smp_stopped" -> {
                return kernel.ipiqProcess.lwktSmpStopped(gd);
            }
            case "poll_ipiq" -> {
                gd.critEnter();
                kernel.splz.pushCritExit(gd);
                return kernel.ipiqProcess.lwktProcessIpiq(gd);
            }
            case "preempt" -> {
                gd.critEnter();
                kernel.splz.pushCritExit(gd);
                return kernel.preempt.lwktPreempt(gd, thread(words, 2), words.number(3));
            }
            case "spinlock" -> gd.spinLockEffects();
            case "spinunlock" -> gd.spinUnlockEffects();
            case "nest" -> td.nestCount += words.number(2);
            case "trapnest" -> gd.trapNestingLevel += words.number(2);
            case "flag" -> flag(words);
            case "cs_begin" -> {
                Cpusync cs = cpusyncs.computeIfAbsent(gd.cpuid, cpu -> new Cpusync());
                cs.mask.assign(words.number(2));
                cs.func = on -> csCalls[on.cpuid]++;
                return kernel.cpusync.lwktCpusyncInterlock(gd, cs);
            }
            case "cs_end" -> {
                return kernel.cpusync.lwktCpusyncDeinterlock(
                        gd, cpusyncs.computeIfAbsent(gd.cpuid, cpu -> new Cpusync()));
            }
            default -> {
                return executeOther(words, gd, result);
            }
        }
        return Next.RETURN;
    }

    private void flag(Words words) {
        LwktThread td = thread(words, 2);
        switch (words.word(3)) {
            case "EXITWAIT" ->
                td.mpflags = words.on(4) ? td.mpflags | Tdf.TDF_MP_EXITWAIT : td.mpflags & ~Tdf.TDF_MP_EXITWAIT;
            case "BLOCKQ" -> td.flags = words.on(4) ? td.flags | Tdf.TDF_BLOCKQ : td.flags & ~Tdf.TDF_BLOCKQ;
            case "TSLEEPQ" -> td.flags = words.on(4) ? td.flags | Tdf.TDF_TSLEEPQ : td.flags & ~Tdf.TDF_TSLEEPQ;
            default -> throw new IllegalArgumentException("unknown flag: " + words);
        }
    }

    /** Further attributes of a created thread. */
    void attributes(Words words, LwktThread td) {}

    Next create(Words words, Globaldata gd) {
        int flags = (words.has("int") ? Tdf.TDF_INTTHREAD : 0)
                | (words.has("sys") ? Tdf.TDF_SYSTHREAD : 0)
                | (words.has("fixed") ? Tdf.TDF_FIXEDCPU : 0)
                | (words.has("verbose") ? Tdf.TDF_VERBOSE : 0);
        boolean attributes = words.hasOption("pri")
                || words.hasOption("upri")
                || words.has("preempt")
                || words.has("lwp")
                || words.has("release");
        boolean nostart = words.has("nostart");
        LwktThread template = words.has("tmpl") ? structure() : null;
        if (template != null) {
            source = "tmpl";
        }
        var request = new CreateRequest(
                template,
                flags | (attributes || nostart ? Tdf.TDF_NOSTART : 0),
                words.option("cpu", gd.cpuid),
                words.word(2),
                (mycpu, td) -> pause(mycpu));
        if (attributes) {
            gd.cpu.push(new Frame<>("ATTRIBUTES", (cpu, ref, a, b) -> {
                LwktThread td = request.td();
                if (words.hasOption("pri")) {
                    kernel.schedule.lwktSetpriInitial(Globaldata.of(cpu), td, words.option("pri", 0));
                }
                td.upri = words.option("upri", 0);
                td.preemptable = words.has("preempt") ? kernel.preempt.lwktPreempt : null;
                attributes(words, td);
                return nostart ? Next.RETURN : kernel.schedule.lwktSchedule(Globaldata.of(cpu), td);
            }));
        }
        return kernel.threads.lwktCreate(gd, request);
    }

    private Next ithread(Words words, Globaldata gd) {
        LwktThread td = structure();
        int irq = words.option("irq", 0);
        registering.put(td, gd.intrInfo(irq));
        return kernel.ithreads.registerInt(
                gd, gd, irq, td, words.word(2), words.option("pri", 28), (mycpu, self) -> pause(mycpu));
    }

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
        ObjectNode state = JsonNodeFactory.instance.objectNode();
        ObjectNode g = state.putObject("g");
        g.put("switch_count", (int) kernel.switchCount);
        g.put("preempt_hit", (int) kernel.preemptHit);
        g.put("preempt_miss", (int) kernel.preemptMiss);
        g.put("preempt_weird", (int) kernel.preemptWeird);
        ArrayNode cached = g.putArray("objcache");
        objcache.forEach(td -> cached.add(td.comm));
        ObjectNode cpuNodes = state.putObject("cpu");
        ObjectNode ipiq = JsonNodeFactory.instance.objectNode();
        for (int c = 0; c < cpus; c++) {
            Globaldata gd = kernel.gd(c);
            ObjectNode node = LwktState.cpu(gd);
            String waiting = LwktState.waiting(gd);
            node.put("st", waiting == null ? resting(gd) : waiting);
            node.put("spin", stops[c]);
            node.put("cs_calls", csCalls[c]);
            addCpu(node, gd);
            cpuNodes.set(Integer.toString(c), node);
            for (int d = 0; d < cpus; d++) {
                String key = c + ">" + d;
                if (gd.hasIpiq(d) && (gd.ipiq(d).pending() != 0 || seenQueues.contains(key))) {
                    seenQueues.add(key);
                    ipiq.set(key, LwktState.messages(gd.ipiq(d)));
                }
            }
        }
        ObjectNode thr = state.putObject("thr");
        threads.forEach((name, td) -> {
            ObjectNode node = LwktState.thread(td);
            IntrInfo info = ithreads.get(td);
            if (info != null) {
                node.put("i_running", info.running ? 1 : 0);
            }
            addThread(node, td);
            thr.set(name, node);
        });
        ObjectNode tok = JsonNodeFactory.instance.objectNode();
        tokens.forEach(token -> tok.set(token.desc, LwktState.token(token)));
        addTokens(tok);
        if (!tok.isEmpty()) {
            state.set("tok", tok);
        }
        if (!ipiq.isEmpty()) {
            state.set("ipiq", ipiq);
        }
        addSections(state, g);
        return state;
    }

    private String resting(Globaldata gd) {
        if (gd.cpu.state() == CpuState.RUNNING) {
            return "user";
        }
        return gd.curthread != gd.idlethread ? "run" : halted[gd.cpuid] ? "halt" : "idle";
    }

    abstract void addCpu(ObjectNode node, Globaldata gd);

    abstract void addThread(ObjectNode node, LwktThread td);

    abstract void addTokens(ObjectNode node);

    abstract void addSections(ObjectNode state, ObjectNode g);
}
