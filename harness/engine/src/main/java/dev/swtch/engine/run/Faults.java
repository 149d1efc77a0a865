package dev.swtch.engine.run;

import dev.swtch.engine.result.Fault;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Machine;
import dev.swtch.machine.Violation;
import dev.swtch.machine.trace.TraceRing;
import java.util.ArrayList;
import java.util.List;

/** Turns what ended a run into the report of a panic. */
final class Faults {
    private static final int SHOWN_EVENTS = 20;
    private static final String OURS = "dev.swtch.";

    private Faults() {}

    static Fault of(Violation broken, Machine machine, TraceRing lastEvents) {
        return new Fault(
                broken.rule(),
                String.valueOf(broken.getMessage()),
                broken.cpu(),
                broken.timeNs(),
                cpus(machine),
                lastEvents.lastLines(SHOWN_EVENTS));
    }

    static Fault of(Throwable thrown, Machine machine, TraceRing lastEvents) {
        return new Fault(
                "no-exceptions",
                thrown.getClass().getSimpleName() + ": " + thrown.getMessage() + place(thrown),
                -1,
                machine.now(),
                cpus(machine),
                lastEvents.lastLines(SHOWN_EVENTS));
    }

    private static String place(Throwable thrown) {
        for (StackTraceElement element : thrown.getStackTrace()) {
            if (element.getClassName().startsWith(OURS)) {
                return " (" + element.getClassName() + "." + element.getMethodName() + ", line "
                        + element.getLineNumber() + ")";
            }
        }
        return "";
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
