package dev.swtch.cli;

import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.run.RunRequest;
import dev.swtch.engine.run.RunWatch;
import dev.swtch.engine.workload.Workload;
import dev.swtch.machine.Machine;
import java.util.Locale;
import java.util.Map;

/** What a run costs the host: time, and memory by whose classes take it. For standard error: it never is the same twice. */
final class HostFigures implements Simulator {
    private final Terminal terminal;
    private final Simulator simulator;

    HostFigures(Terminal terminal, Simulator simulator) {
        this.terminal = terminal;
        this.simulator = simulator;
    }

    /** Says how long it took to read and compile a workload. */
    static void compiled(Terminal terminal, Workload workload, long ns) {
        say(
                terminal,
                "%s: read and compiled %,d threads in %,.0f ms",
                workload.name(),
                workload.initialThreads(),
                ns / 1e6);
    }

    /** Runs, looks at the heap while the run's state still is there, and tells; called for one run at a time. */
    @Override
    public RunResult run(RunRequest request, RunWatch watch) {
        ClassHistogram before = ClassHistogram.take();
        ClassHistogram[] during = new ClassHistogram[1];
        long start = System.nanoTime();
        long[] end = new long[1];
        RunResult result = simulator.run(request, new RunWatch() {
            @Override
            public void began(Machine machine) {
                watch.began(machine);
            }

            @Override
            public void ended() {
                end[0] = System.nanoTime();
                during[0] = ClassHistogram.take();
                watch.ended();
            }
        });
        tell(request.column(), result.threads().size(), end[0] - start, during[0].since(before));
        return result;
    }

    private void tell(String column, int threads, long ns, ClassHistogram heap) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, Long> owner : heap.bytes().entrySet()) {
            text.append(text.isEmpty() ? ": " : ", ")
                    .append(owner.getKey())
                    .append(' ')
                    .append(kib(owner.getValue()));
        }
        say(
                terminal,
                "%s: ran %,.0f ms; heap %s, %,d bytes a thread%s",
                column,
                ns / 1e6,
                kib(heap.total()),
                heap.total() / Math.max(1, threads),
                text);
    }

    private static String kib(long bytes) {
        return String.format(Locale.ROOT, "%,d KiB", bytes >> 10);
    }

    private static void say(Terminal terminal, String format, Object... values) {
        terminal.err().println("swtch: " + String.format(Locale.ROOT, format, values));
    }
}
