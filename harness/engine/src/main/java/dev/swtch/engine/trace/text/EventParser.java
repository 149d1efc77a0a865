package dev.swtch.engine.trace.text;

import dev.swtch.engine.trace.text.TraceEvent.Left;
import dev.swtch.engine.trace.text.TraceEvent.Named;
import dev.swtch.engine.trace.text.TraceEvent.WakeKind;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the arguments of the events that matter for scheduling. */
final class EventParser {
    private static final String ENTRY = "_entry";
    private static final String EXIT = "_exit";

    /** Interrupts by the stem of their events' names. */
    private static final List<String> INTERRUPTS = List.of(
            "irq_handler",
            "softirq",
            "ipi",
            "local_timer",
            "reschedule",
            "call_function",
            "call_function_single",
            "irq_work",
            "x86_platform_ipi",
            "spurious_apic",
            "error_apic",
            "thermal_apic",
            "threshold_apic",
            "deferred_error_apic");

    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    private static final Pattern LETTERS = Pattern.compile("[A-Za-z?][A-Za-z|]{0,15}\\+?");
    private static final int STATE_BITS = 0xff;
    private static final List<Integer> DEAD_BITS = List.of(0x10, 0x20, 0x40);

    private EventParser() {}

    /** The event, or null if it says nothing about scheduling. */
    static @Nullable TraceEvent parse(TraceLine line) throws Malformed {
        TraceEvent.Head head = line.head();
        return switch (line.event()) {
            case "sched_switch" -> change(head, Arguments.of(line));
            case "sched_waking" -> wake(line, WakeKind.WAKING);
            case "sched_wakeup" -> wake(line, WakeKind.WAKEUP);
            case "sched_wakeup_new" -> wake(line, WakeKind.NEW);
            case "sched_migrate_task" -> new TraceEvent.Migrate(head, task(line));
            default -> interrupt(head, line.event());
        };
    }

    private static TraceEvent.Switch change(TraceEvent.Head head, Arguments arguments) throws Malformed {
        if (arguments.has("prev_comm")) {
            Named previous = arguments.task("prev_");
            Named next = arguments.task("next_");
            return new TraceEvent.Switch(head, previous, left(arguments, arguments.word("prev_state"), next), next);
        }
        Arguments[] sides = arguments.sides();
        Arguments.Colon previous = sides == null ? null : sides[0].colonTask();
        Arguments.Colon next = sides == null ? null : sides[1].colonTask();
        if (previous == null || next == null || previous.rest().isEmpty()) {
            throw arguments.malformed(
                    "prev_comm", "prev_comm=... ==> next_comm=..., or COMM:TID [PRIO] STATE ==> COMM:TID [PRIO]");
        }
        Left left = left(arguments, previous.rest(), next.task());
        return new TraceEvent.Switch(head, previous.task(), left, next.task());
    }

    /** A wake-up that found nobody to wake ({@code success=0}, older kernels) is none. */
    private static TraceEvent.@Nullable Wake wake(TraceLine line, WakeKind kind) throws Malformed {
        Arguments arguments = Arguments.of(line);
        Named task = task(line);
        boolean failed = arguments.has("success") && arguments.number("success") == 0;
        return failed ? null : new TraceEvent.Wake(line.head(), kind, task);
    }

    private static Named task(TraceLine line) throws Malformed {
        Arguments arguments = Arguments.of(line);
        Arguments.Colon colon = arguments.has("comm") ? null : arguments.colonTask();
        return colon == null ? arguments.task("") : colon.task();
    }

    private static TraceEvent.@Nullable Interrupt interrupt(TraceEvent.Head head, String event) {
        boolean entered = event.endsWith(ENTRY);
        if (!entered && !event.endsWith(EXIT)) {
            return null;
        }
        String stem = event.substring(0, event.length() - (entered ? ENTRY : EXIT).length());
        return INTERRUPTS.contains(stem) ? new TraceEvent.Interrupt(head, entered) : null;
    }

    /**
     * What a state means. Letters: R runnable, a plus preempted, X, x and Z dead, everything else waiting. Numbers are the
     * bits of the kernel's {@code task_struct}: the lower eight waits, those above them a preemption, in versions of the
     * kernel that do not agree on which; but who leaves a CPU to idle was not preempted.
     */
    private static Left left(Arguments arguments, String state, Named next) throws Malformed {
        if (NUMBER.matcher(state).matches()) {
            int bits = Integer.parseInt(state);
            int waits = bits & STATE_BITS;
            if (waits == 0) {
                return bits == 0 || next.tid() != 0 ? Left.RUNNABLE : Left.BLOCKED;
            }
            return DEAD_BITS.contains(waits) ? Left.DEAD : Left.BLOCKED;
        }
        if (!LETTERS.matcher(state).matches()) {
            throw arguments.malformed("prev_state", "a state such as S, R+ or 1");
        }
        if (state.startsWith("R") || state.endsWith("+")) {
            return Left.RUNNABLE;
        }
        boolean dead = state.chars().anyMatch(c -> c == 'X' || c == 'x' || c == 'Z');
        return dead ? Left.DEAD : Left.BLOCKED;
    }
}
