package dev.swtch.engine.dsl;

import dev.swtch.engine.workload.Arrivals;
import dev.swtch.engine.workload.DeviceSpec;
import dev.swtch.engine.workload.Diagnostic;
import dev.swtch.engine.workload.Dist;
import dev.swtch.engine.workload.ForkPaths;
import dev.swtch.engine.workload.ThreadEntry;
import dev.swtch.engine.workload.ThreadKind;
import dev.swtch.engine.workload.Times;
import dev.swtch.engine.workload.Workload;
import dev.swtch.engine.workload.WorkloadSource;
import dev.swtch.spi.thread.ThreadClass;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes a workload so that reading it gives an equal program. Used once. */
final class NativeWriter {
    private final WorkloadSource source;
    private final StringBuilder out = new StringBuilder();
    private final StepWriter steps = new StepWriter(out);

    NativeWriter(WorkloadSource source) {
        this.source = source;
    }

    String write() {
        for (Diagnostic note : source.notes()) {
            out.append("# ").append(note.toString().replaceAll("\\R", " ")).append('\n');
        }
        line("workload: 1");
        line("name: " + Words.text(source.name()));
        if (!source.about().isEmpty()) {
            line("about: " + Words.text(source.about()));
        }
        line("seed: " + source.seed());
        line(
                source.durationNs() == Workload.UNTIL_ALL_EXIT
                        ? "until: all-exit"
                        : "duration: " + Times.format(source.durationNs()));
        GoalsWriter goals = new GoalsWriter(source.goals());
        goals.head().forEach(this::line);
        if (source.forkPaths() == ForkPaths.RTAPP) {
            line("fork-names: rt-app");
        }
        if (source.cpus() > 0) {
            line("cpus: " + source.cpus());
        }
        if (!source.cpuStartsNs().isEmpty()) {
            line("boot:");
            for (int cpu = 0; cpu < source.cpuStartsNs().size(); cpu++) {
                line("  " + cpu + ": " + Times.format(source.cpuStartsNs().get(cpu)));
            }
        }
        List<String> objects = new ObjectWriter(source.objects()).lines();
        if (!objects.isEmpty()) {
            line("objects:");
            objects.forEach(object -> line("  " + object));
        }
        if (!source.devices().isEmpty()) {
            line("devices:");
            source.devices().forEach(this::device);
        }
        line("threads:");
        source.threads().forEach(this::thread);
        if (!source.arrivals().isEmpty()) {
            line("arrivals:");
            ArrivalsWriter.lines(source.arrivals()).forEach(arrivals -> line("  " + arrivals));
        }
        goals.lines().forEach(this::line);
        return out.toString();
    }

    private void line(String text) {
        out.append(text).append('\n');
    }

    private void device(DeviceSpec device) {
        StringBuilder text = new StringBuilder("  " + Words.text(device.name()) + ": {cpu: " + device.cpu());
        text.append(", handler: ").append(Words.time(device.handler()));
        if (!device.fast()) {
            text.append(", threaded: true");
        }
        if (device.servers() > 1) {
            text.append(", servers: ").append(device.servers());
        }
        String arrivals = arrivals(device.arrivals());
        if (!arrivals.isEmpty()) {
            text.append(", arrivals: {").append(arrivals).append('}');
        }
        String posts = device.posts();
        if (posts != null) {
            text.append(", posts: ").append(Words.text(posts));
        }
        line(text.append('}').toString());
    }

    private static String arrivals(Arrivals arrivals) {
        if (arrivals instanceof Arrivals.Until until) {
            return arrivals(until.arrivals()) + ", until: " + Times.format(until.endNs());
        } else if (arrivals instanceof Arrivals.Periodic periodic) {
            return "every: " + Times.format(periodic.periodNs()) + ", from: " + Times.format(periodic.phaseNs());
        } else if (arrivals instanceof Arrivals.Poisson poisson) {
            return "poisson: " + Times.format(poisson.meanGapNs()) + ", from: " + Times.format(poisson.phaseNs());
        } else if (arrivals instanceof Arrivals.Fixed fixed) {
            return fixed.timesNs().stream().map(Times::format).collect(Collectors.joining(", ", "at: [", "]"));
        }
        return "";
    }

    private void thread(ThreadKind kind) {
        line("  " + Words.text(kind.name()) + ":");
        List<String> paths = kind.paths();
        if (paths.isEmpty()) {
            field("start", "on-demand");
        } else if (!paths.equals(List.of(kind.name()))) {
            paths(kind.name(), paths);
        }
        if (!kind.process().equals(kind.name())) {
            field("process", Words.text(kind.process()));
        }
        if (kind.threadClass() != ThreadClass.TIMESHARE) {
            field("class", kind.threadClass().name().toLowerCase(Locale.ROOT));
        }
        if (kind.rank() != 0) {
            field("priority", Integer.toString(kind.rank()));
        }
        if (kind.nice() != 0) {
            field("nice", Integer.toString(kind.nice()));
        }
        if (!kind.affinity().isEmpty()) {
            String cpus = Words.cpus(kind.affinity());
            field("affinity", kind.pinnedAtRandom() ? "{one-of: " + cpus + "}" : cpus);
        }
        if (kind.startNs() != 0 && !paths.isEmpty()) {
            field("start", Words.time(Dist.of(kind.startNs())));
        }
        if (kind.timerBaseNs() != ThreadEntry.OWN_START) {
            field("timer-base", Times.format(kind.timerBaseNs()));
        }
        out.append("    do:");
        steps.write(kind.body(), 6);
    }

    private void field(String key, String value) {
        line("    " + key + ": " + value);
    }

    private void paths(String name, List<String> paths) {
        String first = paths.get(0);
        int digits = first.length();
        while (digits > 0 && Character.isDigit(first.charAt(digits - 1))) {
            digits--;
        }
        String stem = first.substring(0, digits);
        String number = first.substring(digits);
        if (paths.size() == 1 && !first.equals(name + "/0")) {
            field("path", Words.text(first));
            return;
        }
        field("count", Integer.toString(paths.size()));
        long from = number.isEmpty() || number.length() > 9 ? -1 : Long.parseLong(number);
        for (int i = 0; i < paths.size(); i++) {
            if (from < 0 || !paths.get(i).equals(stem + (from + i))) {
                throw new IllegalArgumentException("the paths of thread " + name + " follow no pattern");
            }
        }
        if (!stem.equals(name + "/") || from != 0) {
            String instance = from == 0 ? "instance" : "instance + " + from;
            field("path", Words.text(stem + "${" + instance + "}"));
        }
    }
}
