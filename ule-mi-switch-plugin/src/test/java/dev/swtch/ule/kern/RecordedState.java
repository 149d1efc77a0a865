package dev.swtch.ule.kern;

import static dev.swtch.ule.kern.ThreadFlags.TDA_SCHED;
import static dev.swtch.ule.kern.ThreadFlags.TDF_BORROWING;
import static dev.swtch.ule.kern.ThreadFlags.TDF_CANSWAP;
import static dev.swtch.ule.kern.ThreadFlags.TDF_IDLETD;
import static dev.swtch.ule.kern.ThreadFlags.TDF_NEEDSIGCHK;
import static dev.swtch.ule.kern.ThreadFlags.TDF_NOLOAD;
import static dev.swtch.ule.kern.ThreadFlags.TDF_PICKCPU;
import static dev.swtch.ule.kern.ThreadFlags.TDF_SINTR;
import static dev.swtch.ule.kern.ThreadFlags.TDF_SLICEEND;
import static dev.swtch.ule.kern.ThreadFlags.TDF_TIMEOUT;
import static dev.swtch.ule.kern.ThreadFlags.TSF_BOUND;
import static dev.swtch.ule.kern.ThreadFlags.TSF_XFERABLE;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The kernel's state in the fields and words of the records. */
public final class RecordedState {
    private final RecordedScript s;
    private final UleKernel k;

    RecordedState(RecordedScript s) {
        this.s = s;
        this.k = s.k;
    }

    /** Number of CPUs. */
    public int cpus() {
        return k.ncpus();
    }

    /** Numbers of the threads that exist. */
    public Collection<Integer> threads() {
        return s.threads.keySet();
    }

    /** Writes the global fields. */
    public void global(FieldSink sink) {
        sink.number("ticks", k.ticks);
        sink.number("balticks", k.balanceTicks);
        sink.number("smp", k.smpStarted ? 1 : 0);
        if (s.blockingOps != null) {
            sink.number("sbt", k.clocks.stoppedUptime);
        }
    }

    /** Writes a CPU's fields. */
    public void cpu(int id, FieldSink sink) {
        Pcpu pc = k.pcpu(id);
        Tdq tdq = pc.tdq;
        UleThread td = pc.curthreadOrNull();
        sink.number("cur", td == null ? -1 : td.number());
        sink.number("load", tdq.load);
        sink.number("sysload", tdq.sysload);
        sink.number("xfer", tdq.transferable);
        sink.number("lowpri", tdq.lowpri);
        sink.number("owe", tdq.owepreempt ? 1 : 0);
        sink.number("swc", tdq.switchcnt);
        sink.number("oswc", tdq.oldswitchcnt);
        sink.number("idx", tdq.idx);
        sink.number("ridx", tdq.ridx);
        sink.number("cpuidle", tdq.cpuIdle);
        sink.number("rnd", Integer.toUnsignedLong(pc.randomval));
        sink.text("ipi", flags(pc.ipiBitmap, "AP", 1 << Ipi.IPI_AST, 1 << Ipi.IPI_PREEMPT));
        sink.json("rt", runq(tdq.realtime));
        sink.json("ts", runq(tdq.timeshare));
        sink.json("id", runq(tdq.idle));
    }

    private static String runq(Runq runq) {
        if (runq.bits() == 0) {
            return "[]";
        }
        StringBuilder text = new StringBuilder("[");
        for (int pri = 0; pri < Runq.RQ_NQS; pri++) {
            if (!runq.isEmpty(pri)) {
                text.append(text.length() == 1 ? "[" : ",[").append(pri).append(",[");
                for (UleThread td = runq.first(pri); td != null; td = td.runqNext) {
                    text.append(td.number()).append(td.runqNext == null ? "]]" : ",");
                }
            }
        }
        return text.append(']').toString();
    }

    /** Writes a thread's fields. */
    public void thread(int tid, FieldSink sink) {
        UleThread td = s.thread(String.valueOf(tid));
        sink.number("pid", td.proc.pid());
        sink.text("st", state(td));
        sink.text("inh", inhibitors(td));
        sink.number("cls", td.priClass);
        sink.number("pri", td.priority);
        sink.number("bpri", td.basePri);
        sink.number("upri", td.userPri);
        sink.number("bupri", td.baseUserPri);
        sink.number("lupri", td.lendUserPri);
        sink.number("ipri", td.baseIthreadPri);
        sink.number("nice", td.proc.nice);
        sink.text("fl", flags(td));
        sink.number("ast", (td.ast & TDA_SCHED) != 0 ? 1 : 0);
        sink.number("owe", td.owepreempt ? 1 : 0);
        sink.number("crit", td.isRunning() ? td.critnest : 0);
        sink.number("pin", td.pinned);
        sink.number("cpu", td.tsCpu);
        sink.number("on", td.oncpu);
        sink.number("last", td.lastcpu);
        sink.number("rltick", td.rltick);
        sink.number("slice", td.slice);
        sink.number("slp", Integer.toUnsignedLong(td.slptime));
        sink.number("run", Integer.toUnsignedLong(td.runtime));
        sink.number("lt", td.ltick);
        sink.number("ft", td.ftick);
        sink.number("tk", td.ticks);
        sink.number("score", k.interact.schedInteractScore(td));
        sink.number("slptick", td.slptick);
        sink.number("wc", s.wchan(td));
        sink.number("vcsw", td.nvcsw);
        sink.number("ivcsw", td.nivcsw);
        sink.text("cs", td.cpuset.toString());
        if (s.blockingOps != null) {
            blocking(td, sink);
        }
    }

    private static void blocking(UleThread td, FieldSink sink) {
        sink.text("wm", td.wmesg);
        sink.number("wq", td.sqqueue);
        sink.number("tmo", td.sleeptimo);
        sink.number("co", td.calloutCpu);
        sink.number("iv", td.intrval);
        sink.number("sig", td.sig);
        Turnstile blocked = td.blocked;
        sink.number("lk", blocked == null ? -1 : number(blocked.lockobj));
        sink.number("blk", td.blktick);
        StringBuilder contested = new StringBuilder();
        for (Turnstile ts = td.contested.first(); ts != null; ts = ts.nextContested()) {
            contested.append(contested.length() == 0 ? "" : ",").append(number(ts.lockobj));
        }
        sink.json("ct", "[" + contested + "]");
        sink.number("ts", td.turnstile != null ? 1 : 0);
        sink.number("sq", td.sleepqueue != null ? 1 : 0);
        sink.number("spin", number(td.spinning));
        sink.number("vt", td.swvoltick);
    }

    private static int number(@Nullable SleepMtx m) {
        return m == null ? -1 : m.number;
    }

    /** The sleep queues' hash chains that are not empty, by number, as JSON text. */
    public Map<String, String> sleepqChains() {
        Map<String, String> chains = new HashMap<>();
        for (int i = 0; i < SleepqChain.SC_TABLESIZE; i++) {
            StringBuilder text = new StringBuilder();
            for (SleepQueue sq = k.sleepq.chainAt(i).queues.first(); sq != null; sq = sq.hash.next()) {
                text.append(text.length() == 0 ? "[" : ",[")
                        .append(sq.wchan)
                        .append(',')
                        .append(sq.type);
                text.append(',').append(number(sq.lock));
                for (int queue = 0; queue < SleepQueue.NR_SLEEPQS; queue++) {
                    StringBuilder tids = new StringBuilder();
                    for (UleThread td = sq.blocked(queue).first(); td != null; td = td.slpq.next()) {
                        tids.append(tids.length() == 0 ? "" : ",").append(td.number());
                    }
                    text.append(",[").append(tids).append(']');
                }
                text.append(']');
            }
            if (text.length() != 0) {
                chains.put(String.valueOf(i), "[" + text + "]");
            }
        }
        return chains;
    }

    /** The turnstiles' hash chains that are not empty, by number, as JSON text. */
    public Map<String, String> turnstileChains() {
        Map<String, String> chains = new HashMap<>();
        for (int i = 0; i < Turnstiles.TC_TABLESIZE; i++) {
            StringBuilder text = new StringBuilder();
            for (Turnstile ts = k.turnstiles.chainAt(i).turnstiles.first(); ts != null; ts = ts.hash.next()) {
                UleThread owner = ts.owner();
                text.append(text.length() == 0 ? "[" : ",[")
                        .append(number(ts.lockobj))
                        .append(',');
                text.append(owner == null ? -1 : owner.number()).append(",[");
                for (UleThread td = ts.firstWaiter(); td != null; td = td.lockq.next()) {
                    text.append(td.number()).append(td.lockq.next() == null ? "" : ",");
                }
                text.append("],[],[]]");
            }
            if (text.length() != 0) {
                chains.put(String.valueOf(i), "[" + text + "]");
            }
        }
        return chains;
    }

    /** The mutexes that are owned, by number, as JSON text. */
    public Map<String, String> mutexes() {
        Map<String, String> all = new HashMap<>();
        if (s.blockingOps != null) {
            s.blockingOps.mutexes.forEach((number, m) -> {
                UleThread owner = m.owner;
                if (owner != null) {
                    String text = "[" + owner.number() + "," + (m.contested ? 1 : 0) + "," + m.recurse + "]";
                    all.put(String.valueOf(number), text);
                }
            });
        }
        return all;
    }

    private static String state(UleThread td) {
        return switch (td.state) {
            case ThreadFlags.TDS_RUNNING -> "RUN";
            case ThreadFlags.TDS_RUNQ -> "RQ";
            case ThreadFlags.TDS_CAN_RUN -> "CAN";
            case ThreadFlags.TDS_INHIBITED -> "INH";
            default -> "INACTIVE";
        };
    }

    private static String inhibitors(UleThread td) {
        String text = td.isSleeping() ? "S" : "";
        text += td.isSuspended() ? "U" : "";
        text += td.onLock() ? "L" : "";
        return text + (td.awaitingIntr() ? "I" : "");
    }

    private static String flags(UleThread td) {
        String flags = flags(
                td.flags,
                "BCINPSits",
                TDF_BORROWING,
                TDF_CANSWAP,
                TDF_IDLETD,
                TDF_NOLOAD,
                TDF_PICKCPU,
                TDF_SLICEEND,
                TDF_SINTR,
                TDF_TIMEOUT,
                TDF_NEEDSIGCHK);
        return flags + flags(td.tsFlags, "bx", TSF_BOUND, TSF_XFERABLE);
    }

    private static String flags(int flags, String letters, int... bits) {
        String text = "";
        for (int i = 0; i < bits.length; i++) {
            if ((flags & bits[i]) != 0) {
                text += letters.charAt(i);
            }
        }
        return text;
    }
}
