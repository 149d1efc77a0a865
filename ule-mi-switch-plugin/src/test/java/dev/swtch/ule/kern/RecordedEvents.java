package dev.swtch.ule.kern;

import dev.swtch.machine.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What happened in one operation, each kind in order, written as the records write it. */
public final class RecordedEvents implements Probes {
    private final Map<String, List<String>> lists = new TreeMap<>();
    private @Nullable String ret;
    private @Nullable String panic;
    List<UleThread> fired = new ArrayList<>();

    void clear() {
        lists.clear();
        ret = null;
        panic = null;
    }

    void add(String kind, String event) {
        lists.computeIfAbsent(kind, key -> new ArrayList<>()).add(event);
    }

    void ret(Object value) {
        ret = value instanceof String text ? '"' + text + '"' : String.valueOf(value);
    }

    void retJson(String json) {
        ret = json;
    }

    void panic(String message) {
        panic = '"' + message + '"';
    }

    /** The events by kind, each a list as JSON text; kinds without events are absent. */
    public Map<String, String> asJson() {
        Map<String, String> json = new TreeMap<>();
        lists.forEach((kind, events) -> json.put(kind, "[" + String.join(",", events) + "]"));
        if (ret != null) {
            json.put("ret", ret);
        }
        if (panic != null) {
            json.put("panic", panic);
        }
        return json;
    }

    void sw(int cpu, @Nullable Context from, Context to) {
        add("sw", "[" + cpu + "," + (from == null ? "null" : from.number()) + "," + to.number() + "]");
    }

    void wake(int cpu) {
        add("wake", String.valueOf(cpu));
    }

    void gone(int tid) {
        add("gone", String.valueOf(tid));
    }

    @Override
    public void miSwitch(int cpu, UleThread td, int flags) {
        add("mi", "[" + cpu + "," + td.number() + "," + flags + "]");
    }

    @Override
    public void ipiCpu(int from, int to, int ipi) {
        add("ipi", "[" + from + "," + to + ",\"" + (ipi == Ipi.IPI_AST ? "AST" : "PREEMPT") + "\"]");
    }

    @Override
    public void callout(UleThread td) {
        fired.add(td);
    }

    @Override
    public void stat(SchedStat stat) {
        add("stat", '"' + stat.statName() + '"');
    }
}
