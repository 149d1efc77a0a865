package dev.swtch.lwkt.golden;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swtch.lwkt.kern.KernClock;
import dev.swtch.lwkt.kern.KernSynch;
import dev.swtch.lwkt.kern.LwktIpiq;
import dev.swtch.lwkt.kern.LwktKernel;
import dev.swtch.lwkt.kern.Synch;
import dev.swtch.lwkt.kern.Systimer;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.Ident;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.LwktToken;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.lwkt.sys.Proc;
import dev.swtch.lwkt.usched.CpuNode;
import dev.swtch.lwkt.usched.DflyTunables;
import dev.swtch.lwkt.usched.UschedDfly;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Mode;
import dev.swtch.machine.Next;
import dev.swtch.machine.Vector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Plays recordings of LWKT with its user scheduler, sleeping, callouts and user mode. */
final class DflyPlayer extends KernelPlayer {
    static final int WAITS = 16;
    static final int BUCKETS = 8;
    private static final long FOREVER = 1_000_000_000L;

    UschedDfly dfly;
    KernSynch synch;
    final Ident[] waits = new Ident[WAITS];
    final Map<String, Lwp> lwps = new LinkedHashMap<>();
    final Map<Ident, String> identNames = new IdentityHashMap<>();
    final Map<LwktThread, Sleeps> sleeps = new IdentityHashMap<>();
    final List<LwktToken> lwpTokens = new ArrayList<>();
    int[] dueHard = {};
    int[] dueSched = {};
    boolean hadLwps;
    private final Set<LwktToken> usedTokens = new HashSet<>();
    Lwp lwp0;
    private final DflyOperations operations = new DflyOperations(this);

    private final Frame<Object> hardDone = new Frame<>("HARDCLOCKED", (cpu, ref, a, b) -> sched(Globaldata.of(cpu)));
    private final Frame<Object> schedDone = new Frame<>("SCHEDCLOCKED", this::schedDone);
    private final Frame<Object> user = new Frame<>("USER", (cpu, ref, a, b) -> enter(Globaldata.of(cpu)));
    private final Frame<Object> userret = new Frame<>("USERRET_OP", (cpu, ref, a, b) -> userret(Globaldata.of(cpu)));
    private final Frame<Object> userAgain = new Frame<>("USER_AGAIN", (cpu, ref, a, b) -> user(Globaldata.of(cpu)));

    /** How often a thread slept, and with what result. */
    static final class Sleeps {
        int nslp;
        String slpret = "0";
        int nlsl;
        String lslret = "0";
    }

    @Override
    Synch synch(LwktKernel k) {
        synch = new KernSynch(k);
        return synch;
    }

    // ---- boot ---------------------------------------------------------------------------------------------------

    @Override
    void booted(Words words) {
        lwps.clear();
        identNames.clear();
        sleeps.clear();
        lwpTokens.clear();
        usedTokens.clear();
        hadLwps = false;
        dueHard = new int[cpus];
        dueSched = new int[cpus];
        for (int i = 0; i < WAITS; i++) {
            waits[i] = new Ident(Ident.TABLESIZE - 1 - i % BUCKETS, "W" + i);
            identNames.put(waits[i], "W" + i);
        }
        LwktThread[] helpers = new LwktThread[cpus];
        for (int i = 0; i < cpus; i++) {
            helpers[i] = structure();
            identNames.put(helpers[i].ident, "helper" + i);
            kernel.gd(i).schedclockTime = KernClock.SCHEDCLOCK_PERIOD;
        }
        dfly = new UschedDfly(kernel, topology(words.option("topo", "none")), helpers);
        lwp0 = new Lwp(new Proc("lwp0", dfly, 0), new LwktToken(0, "lwp0"));
        lwp0.cpumask.copyFrom(kernel.smpActiveMask);
        for (int i = 0; i < cpus; i++) {
            int cpu = i;
            LwktThread soft = structure();
            run(0, gd -> kernel.timeout.softclockSetup(gd, cpu, soft, "soft" + cpu));
            run(0, gd -> dfly.createHelper(gd, cpu, "usched" + cpu));
        }
        for (int i = 0; i < cpus; i++) {
            if (kernel.gd(i).cpu.isPending(LwktIpiq.XIPIQ)) {
                machine.interruptNow(i, LwktIpiq.XIPIQ);
            }
            while (!halted[i]) {
                int cpu = i;
                run(cpu, gd -> {
                    leave[cpu] = true;
                    return Next.RETURN;
                });
            }
        }
    }

    private void run(int cpu, Entry entry) {
        machine.enter(cpu, new Frame<>("BOOT", (on, ref, a, b) -> entry.run(Globaldata.of(on))));
    }

    @FunctionalInterface
    private interface Entry {
        Next run(Globaldata gd);
    }

    private @Nullable CpuNode topology(String topo) {
        if (topo.equals("none")) {
            return null;
        }
        if (topo.equals("flat")) {
            return CpuNode.build(1, cpus, 1);
        }
        String[] counts = topo.split("x");
        int threads = counts.length > 2 ? Integer.parseInt(counts[2]) : 1;
        return CpuNode.build(Integer.parseInt(counts[0]), Integer.parseInt(counts[1]), threads);
    }

    // ---- clocks -------------------------------------------------------------------------------------------------

    /** Missed periods merge: each clock that is due runs once. */
    @Override
    Systimer systimer(LwktKernel k) {
        return gd -> {
            if (dueHard[gd.cpuid] != 0) {
                dueHard[gd.cpuid] = 0;
                gd.cpu.push(hardDone);
                return k.clock.hardclock(gd);
            }
            return sched(gd);
        };
    }

    private Next sched(Globaldata gd) {
        int due = dueSched[gd.cpuid];
        if (due == 0) {
            return Next.RETURN;
        }
        dueSched[gd.cpuid] = 0;
        gd.cpu.push(schedDone, due, 0);
        return kernel.clock.schedclock(gd);
    }

    private Next schedDone(Cpu cpu, Object ref, int due, long b) {
        Globaldata gd = Globaldata.of(cpu);
        kernel.clock.schedclockDone(gd);
        gd.schedclockTime += due * KernClock.SCHEDCLOCK_PERIOD;
        return Next.RETURN;
    }

    @Override
    boolean event(Words words, int cpu) {
        switch (words.name()) {
            case "hardclock" -> dueHard[cpu]++;
            case "schedclock" -> dueSched[cpu]++;
            default -> {
                return false;
            }
        }
        machine.interruptNow(cpu, Vector.TIMER);
        return true;
    }

    // ---- user mode ----------------------------------------------------------------------------------------------

    /** User mode. */
    Next user(Globaldata gd) {
        gd.cpu.push(user);
        return gd.cpu.work(Mode.USER, FOREVER);
    }

    private Next enter(Globaldata gd) {
        kernel.trap.userenter(gd);
        gd.cpu.push(userret);
        return pause(gd);
    }

    private Next userret(Globaldata gd) {
        gd.cpu.push(userAgain);
        return kernel.trap.returnToUser(gd);
    }

    // ---- operations ---------------------------------------------------------------------------------------------

    @Override
    void sysctl(String name, int value) {
        DflyTunables tunables = dfly.tunables;
        switch (name) {
            case "weight1" -> tunables.weight1 = value;
            case "weight2" -> tunables.weight2 = value;
            case "weight3" -> tunables.weight3 = value;
            case "weight4" -> tunables.weight4 = value;
            case "features" -> tunables.features = value;
            case "fast_resched" -> tunables.fastResched = value;
            case "swmask" -> tunables.swmask = value;
            case "rrinterval" -> tunables.rrinterval = value;
            case "decay" -> tunables.decay = value;
            case "pctcpu_decay" -> kernel.schedcpu.pctcpuDecay = value;
            default -> super.sysctl(name, value);
        }
    }

    @Override
    boolean creates(Words words) {
        return switch (words.name()) {
            case "spawn", "fork", "lwpcreate" -> true;
            default -> super.creates(words);
        };
    }

    @Override
    Next executeOther(Words words, Globaldata gd, ObjectNode result) {
        return operations.execute(words, gd, result);
    }

    Sleeps sleeps(LwktThread td) {
        return sleeps.computeIfAbsent(td, unused -> new Sleeps());
    }

    @Override
    void named(LwktThread td) {
        super.named(td);
        sleeps.remove(td);
        if (!identNames.getOrDefault(td.ident, "").startsWith("helper")) {
            identNames.put(td.ident, "td:" + td.comm);
        }
    }

    // ---- state --------------------------------------------------------------------------------------------------

    @Override
    void addCpu(ObjectNode node, Globaldata gd) {
        DflyState.cpu(this, node, gd);
    }

    @Override
    void addThread(ObjectNode node, LwktThread td) {
        DflyState.thread(this, node, td);
    }

    @Override
    void addTokens(ObjectNode node) {
        for (LwktToken token : lwpTokens) {
            if (token.count != 0 || token.collisions != 0 || usedTokens.contains(token)) {
                usedTokens.add(token);
                node.set(token.desc, LwktState.token(token));
            }
        }
    }

    @Override
    void addSections(ObjectNode state, ObjectNode g) {
        DflyState.global(this, state, g);
    }
}
