package dev.swtch.lwkt.golden;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.IntrInfo;
import dev.swtch.machine.CpuState;
import java.util.HashSet;
import java.util.Set;

/** The state of a kernel as the records show it: what the formats have in common. */
final class Snapshot {
    private final KernelPlayer player;

    /** Queues that were not empty once. */
    private final Set<String> seenQueues = new HashSet<>();

    Snapshot(KernelPlayer player) {
        this.player = player;
    }

    /** The state now. */
    ObjectNode take() {
        ObjectNode state = JsonNodeFactory.instance.objectNode();
        ObjectNode g = state.putObject("g");
        g.put("switch_count", (int) player.kernel.switchCount);
        g.put("preempt_hit", (int) player.kernel.preemptHit);
        g.put("preempt_miss", (int) player.kernel.preemptMiss);
        g.put("preempt_weird", (int) player.kernel.preemptWeird);
        ArrayNode cached = g.putArray("objcache");
        player.objcache.forEach(td -> cached.add(td.comm));
        ObjectNode cpuNodes = state.putObject("cpu");
        ObjectNode ipiq = JsonNodeFactory.instance.objectNode();
        for (int c = 0; c < player.cpus; c++) {
            Globaldata gd = player.kernel.gd(c);
            ObjectNode node = LwktState.cpu(gd);
            String waiting = LwktState.waiting(gd);
            node.put("st", waiting == null ? resting(gd) : waiting);
            node.put("spin", player.stops[c]);
            node.put("cs_calls", player.csCalls[c]);
            player.addCpu(node, gd);
            cpuNodes.set(Integer.toString(c), node);
            for (int d = 0; d < player.cpus; d++) {
                String key = c + ">" + d;
                if (gd.hasIpiq(d) && (gd.ipiq(d).pending() != 0 || seenQueues.contains(key))) {
                    seenQueues.add(key);
                    ipiq.set(key, LwktState.messages(gd.ipiq(d)));
                }
            }
        }
        ObjectNode thr = state.putObject("thr");
        player.threads.forEach((name, td) -> {
            ObjectNode node = LwktState.thread(td);
            IntrInfo info = player.ithreads.get(td);
            if (info != null) {
                node.put("i_running", info.running ? 1 : 0);
            }
            player.addThread(node, td);
            thr.set(name, node);
        });
        ObjectNode tok = JsonNodeFactory.instance.objectNode();
        player.tokens.forEach(token -> tok.set(token.desc, LwktState.token(token)));
        player.addTokens(tok);
        if (!tok.isEmpty()) {
            state.set("tok", tok);
        }
        if (!ipiq.isEmpty()) {
            state.set("ipiq", ipiq);
        }
        player.addSections(state, g);
        return state;
    }

    private String resting(Globaldata gd) {
        if (gd.cpu.state() == CpuState.RUNNING) {
            return "user";
        }
        return gd.curthread != gd.idlethread ? "run" : player.halted[gd.cpuid] ? "halt" : "idle";
    }
}
