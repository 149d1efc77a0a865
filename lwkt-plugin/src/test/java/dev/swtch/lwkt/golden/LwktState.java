package dev.swtch.lwkt.golden;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swtch.lwkt.kern.LwktIpiq;
import dev.swtch.lwkt.sys.AllQueue;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.Ident;
import dev.swtch.lwkt.sys.IntrInfo;
import dev.swtch.lwkt.sys.Ipiq;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.LwktToken;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.lwkt.sys.RunQueue;
import dev.swtch.lwkt.sys.Tokref;
import dev.swtch.lwkt.sys.Tsleep;
import dev.swtch.machine.CpuState;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The state of a kernel as the recordings show it. */
final class LwktState {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String[] TDF = {
        "RUNNING",
        "RUNQ",
        "PREEMPT_LOCK",
        "PREEMPT_DONE",
        "NOSTART",
        "MIGRATING",
        "SINTR",
        "TSLEEPQ",
        "SYSTHREAD",
        "ALLOCATED_THREAD",
        "ALLOCATED_STACK",
        "VERBOSE",
        "DEADLKTREAT",
        "MARKER",
        "TIMEOUT_RUNNING",
        "TIMEOUT",
        "INTTHREAD",
        "TSLEEP_DESCHEDULED",
        "BLOCKED",
        "PANICWARN",
        "BLOCKQ",
        "FORCE_SPINPORT",
        "EXITING",
        "USINGFP",
        "KERNELFP",
        "DELAYED_WAKEUP",
        "FIXEDCPU",
        "USERMODE",
        "NOFAULT"
    };
    private static final String[] TDF_MP = {"STOPREQ", "WAKEREQ", "EXITWAIT", "EXITSIG", "BATCH_DEMARC", "DIDYIELD"};
    private static final String[] RQF = {
        "IPIQ", "INTPEND", "OWEUPC", "SIGNAL", "USER_RESCHED", "LWKT_RESCHED", "", "TIMER", "RUNNING"
    };

    private LwktState() {}

    static String names(int flags, String[] names) {
        StringBuilder text = new StringBuilder();
        for (int left = flags; left != 0; left &= left - 1) {
            text.append(text.length() == 0 ? "" : "|").append(names[Integer.numberOfTrailingZeros(left)]);
        }
        return text.toString();
    }

    static ObjectNode cpu(Globaldata gd) {
        ObjectNode node = NODES.objectNode();
        node.put("cur", gd.curthread.comm);
        ArrayNode runq = node.putArray("runq");
        for (LwktThread td = gd.tdrunq.first(); td != null; td = RunQueue.next(td)) {
            runq.add(td.comm);
        }
        node.put("tdrunqcount", gd.tdrunqcount);
        node.put("reqflags", names(gd.reqflags, RQF));
        ArrayNode tdallq = node.putArray("tdallq");
        for (LwktThread td = gd.tdallq.first(); td != null; td = AllQueue.next(td)) {
            tdallq.add(td.comm);
        }
        node.put("freetd", name(gd.freetd));
        node.put("intr_nest", gd.intrNestingLevel);
        node.put("processing_ipiq", gd.processingIpiq);
        node.put("spinlocks", gd.spinlocks);
        node.put("npoll", gd.npoll);
        bits(node.putArray("ipimask"), gd.ipimask.word(0));
        node.put("ipi_pin", gd.cpu.isPending(LwktIpiq.XIPIQ) ? 1 : 0);
        bits(node.putArray("ipending"), gd.ipending);
        node.put("v_swtch", (int) gd.vSwtch);
        node.put("v_lock_colls", (int) gd.vLockColls);
        node.put("v_intr", (int) gd.vIntr);
        node.put("idle_repeat", gd.idleRepeat);
        node.put("ipiq_count", (int) gd.ipiqCount);
        node.put("ipiq_fifofull", (int) gd.ipiqFifofull);
        node.put("ipiq_avoided", (int) gd.ipiqAvoided);
        node.put("ipiq_cscount", (int) gd.ipiqCscount);
        ArrayNode cpusyncq = node.putArray("cpusyncq");
        for (int ri = gd.cpusyncq.rindex; ri != gd.cpusyncq.windex; ri++) {
            cpusyncq.add(gd.cpusyncq.func(ri).name());
        }
        node.put("trap_nest", gd.trapNestingLevel);
        return node;
    }

    /** The wait loop a CPU is in; null if it is in none. */
    static @Nullable String waiting(Globaldata gd) {
        return gd.cpu.state() == CpuState.SPINNING ? gd.waiting.name().toLowerCase(Locale.ROOT) : null;
    }

    static ObjectNode thread(LwktThread td) {
        ObjectNode node = NODES.objectNode();
        node.put("flags", names(td.flags, TDF));
        node.put("gd", td.gd.cpuid);
        node.put("pri", td.pri);
        node.put("upri", td.upri);
        node.put("crit", td.critcount);
        node.put("nest", td.nestCount);
        node.put("preempted", name(td.preempted));
        Globaldata migrateGd = td.migrateGd;
        node.put("migrate_gd", migrateGd == null ? null : Integer.valueOf(migrateGd.cpuid));
        ArrayNode toks = node.putArray("toks");
        for (int i = 0; i < td.toksStop; i++) {
            toks.add(tokref(td.tokref(i)));
        }
        node.put("toks_have", td.toksHave < 0 ? null : Integer.valueOf(td.toksHave));
        node.put("wmesg", td.wmesg);
        node.put("contended", td.contended);
        node.put("refs", td.refs);
        node.put("cscount", td.cscount);
        node.put("mpflags", names(td.mpflags, TDF_MP));
        node.put("preemptable", td.preemptable != null);
        node.put("release", td.release != null);
        return node;
    }

    private static String tokref(Tokref ref) {
        LwktToken tok = ref.tok;
        String mode = (ref.count & LwktToken.TOK_EXCLUSIVE) != 0 ? "X" : "";
        return (tok == null ? "?" : tok.desc) + ":" + mode + ((ref.count & LwktToken.TOK_EXCLREQ) != 0 ? "R" : "");
    }

    static ObjectNode token(LwktToken tok) {
        ObjectNode node = NODES.objectNode();
        Tokref ref = tok.ref;
        node.put("excl", (tok.count & LwktToken.TOK_EXCLUSIVE) != 0);
        node.put("exclreq", (tok.count & LwktToken.TOK_EXCLREQ) != 0);
        node.put("count", (int) (tok.count / LwktToken.TOK_INCR));
        node.put("owner", ref == null ? null : name(ref.owner));
        node.put("ref", ref == null ? null : Integer.valueOf(ref.index));
        node.put("collisions", (int) tok.collisions);
        return node;
    }

    static ArrayNode messages(Ipiq ip) {
        ArrayNode node = NODES.arrayNode();
        for (int ri = ip.rindex; ri != ip.windex; ri++) {
            node.add(message(ip, ri));
        }
        return node;
    }

    private static String message(Ipiq ip, int index) {
        String func = ip.func(index).name();
        Object arg = ip.arg1(index);
        if (arg instanceof LwktThread td) {
            return func + ":" + td.comm;
        }
        if (arg instanceof Lwp lp) {
            return func + ":" + lp.thread().comm;
        }
        if (arg instanceof Ident ident) {
            return func + ":" + ident.name + domain(ip.arg2(index));
        }
        if (arg instanceof IntrInfo info) {
            return func + ":" + name(info.ithread);
        }
        return func;
    }

    private static String domain(int domain) {
        String umtx = (domain & Tsleep.PDOMAIN_UMTX) != 0 ? ":umtx" : "";
        String xlock = (domain & Tsleep.PDOMAIN_XLOCK) != 0 ? ":xlock" : "";
        String one = (domain & Tsleep.PWAKEUP_ONE) != 0 ? ":one" : "";
        return ":" + (domain & Tsleep.PWAKEUP_CPUMASK) + one + umtx + xlock;
    }

    static @Nullable String name(@Nullable LwktThread td) {
        return td == null ? null : td.comm;
    }

    private static void bits(ArrayNode node, long mask) {
        for (long left = mask; left != 0; left &= left - 1) {
            node.add(Long.numberOfTrailingZeros(left));
        }
    }
}
