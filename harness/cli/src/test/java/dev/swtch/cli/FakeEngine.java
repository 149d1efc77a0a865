package dev.swtch.cli;

import dev.swtch.engine.result.CpuTimes;
import dev.swtch.engine.result.Fault;
import dev.swtch.engine.result.Idling;
import dev.swtch.engine.result.Latencies;
import dev.swtch.engine.result.Outcome;
import dev.swtch.engine.result.Quantiles;
import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.result.Switches;
import dev.swtch.engine.result.ThreadResult;
import dev.swtch.engine.run.RunRequest;
import dev.swtch.engine.run.RunWatch;
import dev.swtch.spi.thread.ThreadClass;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stands in for the engine: keeps the requests, and pretends what a request's settings say. */
final class FakeEngine implements Simulator {
    final List<RunRequest> requests = Collections.synchronizedList(new ArrayList<>());

    @Override
    public RunResult run(RunRequest request, RunWatch watch) {
        requests.add(request);
        watch.ended();
        if (isOn(request, "throw")) {
            throw new UnsupportedOperationException("no such queue");
        }
        if (isOn(request, "panic")) {
            Fault fault = new Fault(
                    "one current context per CPU",
                    "web/1 is current twice",
                    1,
                    1_500,
                    List.of("CPU 0  idle", "CPU 1  web/1  alpha_switch <- trap"),
                    List.of("1.400 us  CPU 1  SWITCH  idle -> web/1"));
            return result(request, Outcome.PANIC, fault);
        }
        return result(request, isOn(request, "stall") ? Outcome.STALLED : Outcome.DONE, null);
    }

    private static boolean isOn(RunRequest request, String tunable) {
        return request.tunables().getOrDefault(tunable, 0L) == 1;
    }

    private static RunResult result(RunRequest request, Outcome outcome, @Nullable Fault fault) {
        long elapsed = request.durationNs();
        Quantiles waits = new Quantiles(10, 1_000, 900, 2_000 + request.seed(), 5_000);
        return new RunResult(
                request.column(),
                request.plugin().descriptor(),
                outcome,
                fault,
                "",
                elapsed,
                0,
                new CpuTimes(0, elapsed, 0, 0, elapsed / 10, 0, elapsed),
                new Switches(100, 80, 20, 3, 50, 7, 40, 0, 0, 0),
                new Latencies(waits, waits, Quantiles.NONE, waits, 1_000, 0, 0, 0),
                Idling.NONE,
                List.of(),
                500,
                List.of(new ThreadResult(
                        "web/1",
                        ThreadClass.TIMESHARE,
                        elapsed,
                        0,
                        12,
                        34,
                        100,
                        3,
                        1_000,
                        waits,
                        false,
                        outcome == Outcome.STALLED ? "the semaphore \"tick\"" : "")),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                1_000,
                List.of());
    }
}
