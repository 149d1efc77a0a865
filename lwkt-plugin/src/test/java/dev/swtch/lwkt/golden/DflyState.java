package dev.swtch.lwkt.golden;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swtch.lwkt.sys.Callout;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.Ident;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.lwkt.sys.LwpQueue;
import dev.swtch.lwkt.sys.SleepQueue;
import dev.swtch.lwkt.sys.Softclock;
import dev.swtch.lwkt.usched.DflyPcpu;
import dev.swtch.lwkt.usched.UserRunq;
import org.jspecify.annotations.Nullable;

/** The state of user scheduler, sleep queues and callouts as the recordings show it. */
final class DflyState {
    private static final String[] LWP_MP = {"ONRUNQ", "WEXIT", "WSTOP", "ULOAD"};
    private static final String[] CLASSES = {"r", "n", "i"};

    private DflyState() {}

    static void global(DflyPlayer player, ObjectNode state, ObjectNode g) {
        long all = player.kernel.smpActiveMask.word(0);
        g.put("dfly_ucount", player.dfly.ucount());
        g.put("scancpu", player.dfly.scancpu());
        g.put("curprocmask", (int) (player.dfly.curprocmask.word(0) & all));
        g.put("rdyprocmask", (int) (player.dfly.rdyprocmask.word(0) & all));
        g.put("ticks", player.kernel.clock.ticks);
        g.put("sched_ticks", player.kernel.clock.schedTicks);
        for (int i = 0; i < DflyPlayer.BUCKETS; i++) {
            int id = player.waits[i].lookup();
            g.put("slpmask" + i, (int) player.synch.queues().cpumask(id, 0));
        }
        if (!player.lwps.isEmpty() || player.hadLwps) {
            player.hadLwps = true;
            ObjectNode section = state.putObject("lwp");
            player.lwps.forEach((name, lp) -> section.set(name, lwp(section.objectNode(), lp)));
        }
    }

    static void cpu(DflyPlayer player, ObjectNode node, Globaldata gd) {
        DflyPcpu dd = player.dfly.pcpu(gd.cpuid);
        Lwp uschedcp = dd.uschedcp;
        node.put("uschedcp", uschedcp == null ? null : uschedcp.thread().comm);
        node.put("dfly_upri", dd.upri);
        node.put("uload", (int) dd.uload);
        node.put("ucount", dd.ucount);
        node.put("runqcount", dd.runq.runqcount);
        put(node, "rtqueuebits", dd.runq.bits[0]);
        put(node, "queuebits", dd.runq.bits[1]);
        put(node, "idqueuebits", dd.runq.bits[2]);
        ObjectNode uq = node.putObject("uq");
        for (int c = 0; c < CLASSES.length; c++) {
            for (int q = 0; q < UserRunq.NQS; q++) {
                if (dd.runq.queue(c, q).first() != null) {
                    ArrayNode names = uq.putArray(CLASSES[c] + q);
                    for (Lwp lp = dd.runq.queue(c, q).first(); lp != null; lp = LwpQueue.next(lp)) {
                        names.add(lp.thread().comm);
                    }
                }
            }
        }
        node.put("schedclock_time", gd.schedclockTime);
        callouts(node, player.kernel.timeout.softclock(gd.cpuid));
        ObjectNode slpq = node.putObject("slpq");
        for (int i = 0; i < DflyPlayer.BUCKETS; i++) {
            LwktThread td = gd.tsleepHash.first(player.waits[i].lookup());
            if (td != null) {
                ArrayNode names = slpq.putArray(Integer.toString(i));
                for (; td != null; td = SleepQueue.next(td)) {
                    names.add(td.comm + ":" + ident(player, td.wchan));
                }
            }
        }
        ArrayNode delayed = node.putArray("delayed");
        delayed.add(ident(player, gd.delayedWakeup[0]));
        delayed.add(ident(player, gd.delayedWakeup[1]));
        node.put("due_hard", player.dueHard[gd.cpuid]);
        node.put("due_sched", player.dueSched[gd.cpuid]);
    }

    private static void put(ObjectNode node, String name, int bits) {
        if (bits < 0) {
            node.put(name, bits & 0xffffffffL);
        } else {
            node.put(name, bits);
        }
    }

    private static void callouts(ObjectNode node, Softclock sc) {
        node.put("curticks", sc.curticks);
        node.put("softticks", sc.softticks);
        node.put("soft_running", sc.isrunning ? 1 : 0);
        ArrayNode callouts = node.putArray("callouts");
        for (int i = 0; callouts.size() < sc.size(); i++) {
            for (Callout c = sc.first(sc.softticks + i); c != null; c = Softclock.next(c)) {
                LwktThread td = c.arg;
                callouts.add((td == null ? "slotimer" : td.comm) + "@" + c.time);
            }
        }
    }

    static void thread(DflyPlayer player, ObjectNode node, LwktThread td) {
        DflyPlayer.Sleeps sleeps = player.sleeps(td);
        node.put("wchan", ident(player, td.wchan));
        node.put("wdomain", td.wdomain >>> 16);
        node.put("wakefromcpu", td.wakefromcpu);
        node.put("nslp", sleeps.nslp);
        node.put("slpret", sleeps.slpret);
        node.put("nlsl", sleeps.nlsl);
        node.put("lslret", sleeps.lslret);
    }

    private static ObjectNode lwp(ObjectNode node, Lwp lp) {
        node.put("proc", lp.proc.name);
        node.put("tid", lp.tid);
        node.put("pstat", lp.proc.stat.name());
        node.put("user", lp.user);
        node.put("stat", lp.stat.name());
        node.put("mpflags", LwktState.names(lp.mpflags, LWP_MP));
        node.put("sintr", lp.sintr);
        node.put("sigpend", lp.sigpend);
        node.put("nice", lp.proc.nice);
        node.put("rttype", lp.rtprioType);
        node.put("rtprio", lp.rtprioPrio);
        node.put("cpumask", (int) lp.cpumask.word(0));
        node.put("priority", lp.priority);
        node.put("rqtype", lp.rqtype);
        node.put("rqindex", lp.rqindex);
        node.put("qcpu", lp.qcpu);
        node.put("estcpu", lp.estcpu);
        node.put("estfast", lp.estfast);
        node.put("uload", lp.uload);
        node.put("rrcount", lp.rrcount);
        node.put("forked", lp.forked ? 1 : 0);
        node.put("cpticks", lp.cpticks);
        put(node, "cpbase", lp.cpbase);
        put(node, "pctcpu", lp.pctcpu);
        node.put("slptime", lp.slptime);
        node.put("nvcsw", (int) lp.nvcsw);
        return node;
    }

    private static @Nullable String ident(DflyPlayer player, @Nullable Ident ident) {
        if (ident == null) {
            return null;
        }
        return player.identNames.get(ident);
    }
}
