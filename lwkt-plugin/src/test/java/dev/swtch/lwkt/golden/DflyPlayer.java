package dev.swtch.lwkt.golden;

import static dev.swtch.lwkt.sys.Tsleep.PCATCH;
import static dev.swtch.lwkt.sys.Tsleep.PDOMAIN_UMTX;
import static dev.swtch.lwkt.sys.Tsleep.PDOMAIN_XLOCK;
import static dev.swtch.lwkt.sys.Tsleep.PINTERLOCKED;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swtch.lwkt.kern.ForkRequest;
import dev.swtch.lwkt.kern.KernClock;
import dev.swtch.lwkt.kern.KernSynch;
import dev.swtch.lwkt.kern.LwktIpiq;
import dev.swtch.lwkt.kern.LwktKernel;
import dev.swtch.lwkt.kern.Synch;
import dev.swtch.lwkt.kern.Systimer;
import dev.swtch.lwkt.kern.Wakeup;
import dev.swtch.lwkt.sys.Errno;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.Ident;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.LwktToken;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.lwkt.sys.Proc;
import dev.swtch.lwkt.sys.Tdf;
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
    private static final long LWP_TOKENS = 1_000;

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
    private Lwp lwp0;

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

    private Next user(Globaldata gd) {
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
        Wakeup wakeups = synch.wakeups();
        LwktThread td = gd.curthread;
        switch (words.name()) {
            case "enter" -> {
                return Next.RETURN;
            }
            case "userret" -> leave[gd.cpuid] = true;
            case "spawn" -> {
                return spawn(words, gd);
            }
            case "fork" -> {
                return fork(words, gd, self(gd), process(words, self(gd).proc.nice));
            }
            case "lwpcreate" -> {
                return fork(words, gd, self(gd), self(gd).proc);
            }
            case "lwpexit" -> {
                return kernel.exit.lwpExit(gd, self(gd));
            }
            case "reap" -> {
                boolean reaped = kernel.exit.lwpReap(gd, lwp(words, 2));
                result.put("ret", reaped ? 1 : 0);
                if (reaped) {
                    lwps.remove(words.word(2));
                }
            }
            case "tsleep" -> {
                gd.cpu.push(
                        new Frame<LwktThread>("SLEPT", (cpu, self, a, b) -> {
                            sleeps(self).nslp++;
                            sleeps(self).slpret = errno(self.error);
                            return Next.RETURN;
                        }),
                        td);
                return synch.tsleep(gd, wait(words, 2), flags(words.word(3)), "slp", words.number(4));
            }
            case "tsleep_interlock" -> {
                return synch.tsleepInterlock(gd, wait(words, 2), flags(words.word(3)));
            }
            case "tsleep_remove" -> {
                gd.critEnter();
                synch.tsleepRemove(gd, td);
                return kernel.splz.critExit(gd);
            }
            case "wakeup" -> {
                return wakeups.wakeup(gd, wait(words, 2));
            }
            case "wakeup_one" -> {
                return wakeups.wakeupOne(gd, wait(words, 2));
            }
            case "wakeup_mycpu" -> {
                return wakeups.wakeupMycpu(gd, wait(words, 2));
            }
            case "wakeup_mycpu_one" -> {
                return wakeups.wakeupMycpuOne(gd, wait(words, 2));
            }
            case "wakeup_oncpu" -> {
                return wakeups.wakeupOncpu(gd, kernel.gd(words.number(2)), wait(words, 3), false);
            }
            case "wakeup_oncpu_one" -> {
                return wakeups.wakeupOncpu(gd, kernel.gd(words.number(2)), wait(words, 3), true);
            }
            case "wakeup_domain" -> {
                return wakeups.wakeupDomain(gd, wait(words, 2), flags(words.word(3)));
            }
            case "wakeup_domain_one" -> {
                return wakeups.wakeupDomainOne(gd, wait(words, 2), flags(words.word(3)));
            }
            case "delayed" -> {
                return words.on(2) ? wakeups.wakeupStartDelayed(gd) : wakeups.wakeupEndDelayed(gd);
            }
            case "lsleep" -> {
                gd.cpu.push(
                        new Frame<LwktThread>("LSLEPT", (cpu, self, a, b) -> {
                            sleeps(self).nlsl++;
                            sleeps(self).lslret = errno(self.error);
                            return Next.RETURN;
                        }),
                        td);
                gd.critEnter();
                kernel.splz.pushCritExit(gd);
                return synch.lwktSleep(gd, "lslp", flags(words.word(2)));
            }
            case "setrunnable" -> {
                return withToken(gd, lwp(words, 2), on -> synch.setrunnable().setrunnable(on, lwp(words, 2)));
            }
            case "signal" -> {
                return withToken(gd, lwp(words, 2), on -> {
                    lwp(words, 2).sigpend = words.number(3);
                    return synch.setrunnable().lwpSignotify(on, lwp(words, 2));
                });
            }
            case "nice" -> {
                Proc p = lwp(words, 2).proc;
                p.nice = Math.max(-20, Math.min(20, words.number(3)));
                return resetAll(gd, p, Proc.NO_TID);
            }
            case "rtprio" -> {
                lwp(words, 2).rtprioType = words.number(3);
                lwp(words, 2).rtprioPrio = words.number(4);
            }
            case "lwpmask" -> lwp(words, 2).cpumask.assign(words.number(3));
            case "estcpu" -> lwp(words, 2).estcpu = words.number(3);
            case "resetpri" -> {
                return dfly.resetpriority(gd, lwp(words, 2));
            }
            case "recalc" -> {
                return dfly.recalculate(gd, lwp(words, 2));
            }
            case "setcpu" -> {
                int d = words.number(2);
                self(gd).cpumask.assign(1L << d);
                if (d != gd.cpuid) {
                    gd.cpu.push(
                            new Frame<Lwp>("SETCPU", (cpu, lp, a, b) -> {
                                dfly.changedcpu(Globaldata.of(cpu), lp);
                                return Next.RETURN;
                            }),
                            self(gd));
                    return kernel.migrate.lwktMigratecpu(gd, d);
                }
            }
            case "sched_yield" -> {
                return dfly.schedYield(gd, self(gd));
            }
            case "demarc" -> td.mpflags |= Tdf.TDF_MP_BATCH_DEMARC;
            case "schedcpu" -> {
                return kernel.schedcpu.schedcpu(gd);
            }
            default -> throw new IllegalArgumentException("unknown operation: " + words);
        }
        return Next.RETURN;
    }

    private Next withToken(Globaldata gd, Lwp lp, Entry action) {
        gd.cpu.push(new Frame<>("TOKEN_GOT", (cpu, ref, a, b) -> {
            cpu.push(new Frame<>("TOKEN_DONE", (on, unused, c, d) -> {
                kernel.tokens.lwktReltoken(Globaldata.of(on), lp.token);
                return Next.RETURN;
            }));
            return action.run(Globaldata.of(cpu));
        }));
        return kernel.tokens.lwktGettoken(gd, lp.token);
    }

    private Next resetAll(Globaldata gd, Proc p, long afterTid) {
        Lwp lp = p.lwps.next(afterTid);
        if (lp == null) {
            return Next.RETURN;
        }
        gd.cpu.push(new Frame<>("NICE", (cpu, ref, a, tid) -> resetAll(Globaldata.of(cpu), p, tid)), 0, lp.tid);
        return dfly.resetpriority(gd, lp);
    }

    private Next spawn(Words words, Globaldata gd) {
        String[] rt = words.option("rt", "1:0").split(":");
        lwp0.estcpu = 0;
        lwp0.rtprioType = Integer.parseInt(rt[0]);
        lwp0.rtprioPrio = Integer.parseInt(rt[1]);
        lwp0.cpumask.assign(words.option("mask", (int) kernel.smpActiveMask.word(0)));
        return fork(words, gd, lwp0, process(words, words.option("nice", 0)));
    }

    private Proc process(Words words, int nice) {
        Proc p = new Proc(words.word(2), dfly, structures);
        p.nice = nice;
        return p;
    }

    private Next fork(Words words, Globaldata gd, Lwp parent, Proc p) {
        String name = words.word(2);
        LwktToken token = new LwktToken(LWP_TOKENS + lwpTokens.size(), "L:" + name);
        lwpTokens.add(token);
        ForkRequest request = new ForkRequest(parent, p, null, gd.cpuid, name, token, (mycpu, td) -> user(mycpu));
        Next next = kernel.fork.lwpFork(gd, request);
        lwps.put(name, request.child());
        return next;
    }

    private Lwp self(Globaldata gd) {
        Lwp lp = gd.curthread.lwp;
        if (lp == null) {
            throw new IllegalArgumentException(gd.curthread.comm + " is no LWP");
        }
        return lp;
    }

    private Lwp lwp(Words words, int at) {
        Lwp lp = lwps.get(words.word(at));
        if (lp == null) {
            throw new IllegalArgumentException("unknown LWP: " + words);
        }
        return lp;
    }

    private Ident wait(Words words, int at) {
        return waits[Integer.parseInt(words.word(at).substring(1))];
    }

    private static int flags(String names) {
        int flags = 0;
        for (String name : names.split(",")) {
            flags |= switch (name) {
                case "-" -> 0;
                case "catch" -> PCATCH;
                case "interlocked" -> PINTERLOCKED;
                case "umtx" -> PDOMAIN_UMTX;
                case "xlock" -> PDOMAIN_XLOCK;
                default -> throw new IllegalArgumentException("unknown flag " + name);
            };
        }
        return flags;
    }

    private static String errno(int error) {
        return switch (error) {
            case 0 -> "0";
            case Errno.EWOULDBLOCK -> "EWOULDBLOCK";
            case Errno.EINTR -> "EINTR";
            case Errno.ERESTART -> "ERESTART";
            default -> Integer.toString(error);
        };
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
