package dev.swtch.cli;

import dev.swtch.engine.discovery.Column;
import dev.swtch.engine.result.CpuTimes;
import dev.swtch.engine.result.Fault;
import dev.swtch.engine.result.Idling;
import dev.swtch.engine.result.Latencies;
import dev.swtch.engine.result.Outcome;
import dev.swtch.engine.result.Quantiles;
import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.result.Switches;
import dev.swtch.engine.run.PluginFrame;
import dev.swtch.spi.plugin.PluginDescriptor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Results of runs that measured nothing: left out, or broken before they began. */
final class UnmeasuredRuns {
    private UnmeasuredRuns() {}

    /** A scheduler that was not run. */
    static RunResult excluded(String column, PluginDescriptor plugin, String because) {
        return empty(column, plugin, Outcome.EXCLUDED, null, because);
    }

    /** A scheduler that threw where the engine could not measure any more. */
    static RunResult broken(Column column, Throwable thrown) {
        String message = thrown.getMessage() == null ? "" : ": " + thrown.getMessage();
        String place = PluginFrame.of(thrown.getStackTrace(), column.plugin().plugin());
        String where = place.isEmpty() ? "" : " (" + place + ")";
        return broken(column, Fault.EXCEPTION, thrown.getClass().getSimpleName() + message + where, 0);
    }

    /** A scheduler whose run had to be given up at an instant in ns. */
    static RunResult broken(Column column, String rule, String message, long timeNs) {
        Fault fault = new Fault(rule, message, -1, timeNs, List.of(), List.of());
        return empty(column.name(), column.plugin().descriptor(), Outcome.PANIC, fault, "");
    }

    private static RunResult empty(
            String column, PluginDescriptor plugin, Outcome outcome, @Nullable Fault fault, String because) {
        Quantiles none = Quantiles.NONE;
        return new RunResult(
                column,
                plugin,
                outcome,
                fault,
                because,
                0,
                0,
                new CpuTimes(0, 0, 0, 0, 0, 0, 0),
                new Switches(0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
                new Latencies(none, none, none, none, 0, 0, 0, 0),
                Idling.NONE,
                List.of(),
                0,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                0,
                List.of());
    }
}
