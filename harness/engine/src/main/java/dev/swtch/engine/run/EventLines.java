package dev.swtch.engine.run;

import dev.swtch.engine.exec.Task;
import dev.swtch.machine.Context;
import dev.swtch.machine.CpuState;
import dev.swtch.machine.Machine;
import dev.swtch.machine.Vector;
import dev.swtch.machine.trace.TraceKind;
import dev.swtch.machine.trace.TraceRing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Trace events as lines for people: what happened where, with the names of the threads. */
final class EventLines {
    private static final CpuState[] STATES = CpuState.values();

    private final Map<Long, String> names = new TreeMap<>();

    /** Names the workload's threads, and those of the plugin that are loaded now. */
    EventLines(Machine machine, List<Task> tasks) {
        names.put(-1L, "nothing");
        tasks.forEach(task -> put(task.thread()));
        for (int cpu = 0; cpu < machine.cpuCount(); cpu++) {
            if (machine.cpu(cpu).hasContext()) {
                put(machine.cpu(cpu).current());
            }
        }
    }

    private void put(Context thread) {
        names.put((long) thread.number(), thread.name());
    }

    /** The last events of a ring, oldest first. */
    List<String> last(TraceRing ring, int count) {
        List<String> lines = new ArrayList<>();
        ring.replay((kind, timeNs, cpu, a, b) -> lines.add(timeNs + " ns cpu" + cpu + " " + text(kind, a, b)));
        return lines.subList(Math.max(0, lines.size() - count), lines.size());
    }

    private String text(TraceKind kind, long a, long b) {
        return switch (kind) {
            case SWITCH -> "switches from " + name(a) + " to " + name(b);
            case WORK -> name(a) + " begins to work";
            case IDLE -> "rests, " + STATES[(int) a].name().toLowerCase(Locale.ROOT);
            case IPI -> "sends cpu" + a + " " + vector(b);
            case INTERRUPT -> "takes " + vector(a) + " that arrived at " + b + " ns";
            case WAKEUP -> name(a) + " became runnable, by " + name(b);
            case BLOCK -> name(a) + (b == 0 ? " waits" : " exits");
            case PLUGIN -> "PLUGIN " + a + " " + b;
        };
    }

    private String name(long number) {
        return names.getOrDefault(number, "thread " + number);
    }

    private static String vector(long vector) {
        if (vector == Vector.TIMER) {
            return "the timer's interrupt";
        }
        return vector < Vector.FIRST_DEVICE
                ? "IPI " + vector
                : "the interrupt of line " + (vector - Vector.FIRST_DEVICE);
    }
}
