package dev.swtch.cli;

import dev.swtch.engine.discovery.CapabilityCheck;
import dev.swtch.engine.discovery.Column;
import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.run.PluginFrame;
import dev.swtch.engine.run.RunRequest;
import dev.swtch.engine.run.RunWatch;
import dev.swtch.machine.Machine;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * One run on a host thread of its own, which another thread looks at now and then: a scheduler whose call never returns
 * is given up, so that the other columns can be shown.
 *
 * <p>The host's clock decides nothing but when to give up, and is not even read: looks are counted at which no event
 * had been handled since the last.
 */
final class WatchedRun implements Callable<RunResult>, RunWatch {
    /** The rule that a call breaks which never returns. */
    static final String RULE = "calls-return";

    private final RunRequest request;
    private final Column column;
    private final Simulator simulator;

    /** How many looks in a row without an event are too many: one a second. */
    private final int patience = Math.max(1, Integer.getInteger("swtch.patience", 30));

    private volatile @Nullable Thread thread;
    private volatile @Nullable Machine machine;
    private long seenEvents = -1;
    private int quietLooks;

    /** A run that was not begun. */
    WatchedRun(RunRequest request, Column column, Simulator simulator) {
        this.request = request;
        this.column = column;
        this.simulator = simulator;
    }

    Column column() {
        return column;
    }

    @Override
    public RunResult call() {
        String because = CapabilityCheck.explain(
                request.plugin(), request.workload(), request.topology().cpus());
        if (!because.isEmpty()) {
            return UnmeasuredRuns.excluded(column.name(), column.plugin().descriptor(), because);
        }
        thread = Thread.currentThread();
        try {
            return simulator.run(request, this);
        } catch (RuntimeException | LinkageError thrown) {
            if (Boolean.getBoolean("swtch.trace")) {
                throw thrown;
            }
            return UnmeasuredRuns.broken(column, thrown);
        } finally {
            machine = null;
        }
    }

    @Override
    public void began(Machine made) {
        machine = made;
    }

    /** What follows is the harness's own affair. */
    @Override
    public void ended() {
        machine = null;
    }

    /** A look at the run: whether it is to be given up. Events are read without a lock: a late value is as good. */
    boolean isStuck() {
        Machine running = machine;
        long events = running == null ? -1 : running.events();
        quietLooks = running != null && events == seenEvents ? quietLooks + 1 : 0;
        seenEvents = events;
        return quietLooks >= patience;
    }

    /** What is known of a run in which the host's memory ran out, be it the scheduler's fault or the workload's size. */
    RunResult outOfMemory(OutOfMemoryError thrown) {
        String place = PluginFrame.of(thrown.getStackTrace(), column.plugin().plugin());
        return UnmeasuredRuns.broken(
                column,
                "host-memory",
                "the host's memory, " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB for all runs at once, ran out"
                        + (place.isEmpty() ? "" : " (" + place + ")")
                        + "; JAVA_OPTS=-Xmx4g gives 4 GiB",
                0);
    }

    /** What is known of a run that is given up. */
    RunResult givenUp() {
        Thread stuck = thread;
        Machine stopped = machine;
        String place = stuck == null
                ? ""
                : PluginFrame.of(stuck.getStackTrace(), column.plugin().plugin());
        return UnmeasuredRuns.broken(
                column,
                RULE,
                "a call has not returned for " + patience + " s of the host's time"
                        + (place.isEmpty() ? "" : " (" + place + ")")
                        + "; JAVA_OPTS=-Dswtch.patience=SECONDS waits longer",
                stopped == null ? 0 : stopped.now());
    }
}
