package dev.swtch.engine.run;

import dev.swtch.engine.result.Fault;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Machine;
import dev.swtch.machine.Violation;
import dev.swtch.spi.SchedulerPlugin;
import java.util.ArrayList;
import java.util.List;

/** Turns what ended a run into the report of a panic. */
final class Faults {
    private Faults() {}

    static Fault of(Violation broken, Machine machine, List<String> lastEvents) {
        return new Fault(
                broken.rule(),
                String.valueOf(broken.getMessage()),
                broken.cpu(),
                broken.timeNs(),
                cpus(machine),
                lastEvents);
    }

    static Fault of(Throwable thrown, SchedulerPlugin plugin, Machine machine, List<String> lastEvents) {
        int cpu = executing(machine);
        return new Fault(
                Fault.EXCEPTION,
                text(thrown, plugin),
                cpu,
                cpu < 0 ? machine.now() : machine.cpu(cpu).now(),
                cpus(machine),
                lastEvents);
    }

    /** What was thrown, and where in the plugin's own code. */
    private static String text(Throwable thrown, SchedulerPlugin plugin) {
        String message = thrown.getMessage() == null ? "" : ": " + thrown.getMessage();
        String place = PluginFrame.of(thrown.getStackTrace(), plugin);
        return thrown.getClass().getSimpleName() + message + (place.isEmpty() ? "" : " (" + place + ")");
    }

    private static int executing(Machine machine) {
        for (int i = 0; i < machine.cpuCount(); i++) {
            if (machine.cpu(i).isInPath()) {
                return i;
            }
        }
        return -1;
    }

    private static List<String> cpus(Machine machine) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < machine.cpuCount(); i++) {
            Cpu cpu = machine.cpu(i);
            String running = cpu.hasContext()
                    ? cpu.current().name() + " " + cpu.current().backTrace()
                    : "no context yet";
            lines.add("cpu" + i + " " + cpu.state() + " at " + cpu.now() + " ns: " + running);
        }
        return lines;
    }
}
