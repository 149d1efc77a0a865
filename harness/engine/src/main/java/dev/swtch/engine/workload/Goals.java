package dev.swtch.engine.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a workload requires of the machine, asks to be measured, and expects of a run.
 *
 * @param requires the machine it runs on
 * @param warmupNs when measuring starts, ns after the start of the run
 * @param measures labels it is interested in
 * @param groups threads between which work should be fair
 * @param idleThresholdNs from which length on it is of interest that a CPU idles while a thread that may run there
 *     waits, ns, or {@link #NOT_SET}
 * @param expectations checks on the result
 * @param hints settings for one scheduler; no workload depends on them
 */
public record Goals(
        Requirements requires,
        long warmupNs,
        List<Measure> measures,
        List<FairGroup> groups,
        long idleThresholdNs,
        List<Expectation> expectations,
        List<Hint> hints) {
    /** A time that the workload does not state. */
    public static final long NOT_SET = -1;

    /** Nothing asked, nothing expected. */
    public static final Goals NONE =
            new Goals(Requirements.NONE, 0, List.of(), List.of(), NOT_SET, List.of(), List.of());

    /** Copies the lists. */
    public Goals {
        measures = List.copyOf(measures);
        groups = List.copyOf(groups);
        expectations = List.copyOf(expectations);
        hints = List.copyOf(hints);
    }

    /** The same with further groups; the threads of one that is there already join it. */
    public Goals withGroups(List<FairGroup> further) {
        List<FairGroup> all = new ArrayList<>(groups);
        for (FairGroup group : further) {
            int known = IntStream.range(0, all.size())
                    .filter(i -> all.get(i).name().equals(group.name()))
                    .findFirst()
                    .orElse(-1);
            if (known < 0) {
                all.add(group);
            } else {
                all.set(known, all.get(known).with(group.threads()));
            }
        }
        return new Goals(requires, warmupNs, measures, all, idleThresholdNs, expectations, hints);
    }

    /** What is asked of a label; nothing is said of one that is not listed. */
    public Measure measureOf(String label) {
        return measures.stream()
                .filter(measure -> measure.label().equals(label))
                .findFirst()
                .orElse(new Measure(label, List.of(), List.of(), List.of(), NOT_SET, null, null));
    }

    /** The parts of labels that are measured by themselves. */
    public List<Measure> parts() {
        return measures.stream().filter(measure -> measure.part() != null).toList();
    }

    /** Whether parts of a label are measured by themselves. */
    public boolean hasParts(String label) {
        return measures.stream()
                .map(Measure::part)
                .anyMatch(part -> part != null && part.label().equals(label));
    }

    /**
     * Which values of a label are to be seen or are expected.
     *
     * @param label the label, or the name of a part of one
     * @param quantity one that has an argument
     * @return the arguments, rising
     */
    public List<Long> wanted(String label, Quantity quantity) {
        SortedSet<Long> wanted = new TreeSet<>(measureOf(label).wanted(quantity));
        for (Expectation expected : expectations) {
            if (expected.statistic().quantity() == quantity
                    && expected.subject().equals(label)) {
                wanted.add(expected.statistic().argument());
            }
        }
        return List.copyOf(wanted);
    }

    /**
     * A label that matters, or a part of one.
     *
     * @param label name that begin and end steps use, or that of the part
     * @param percentiles percentiles of interest, in thousandths of a percent
     * @param above times of interest, ns: how many take longer
     * @param inSystem numbers of interest: how long just so many are under way
     * @param deadlineNs what takes longer is too late, ns, or {@link #NOT_SET}
     * @param part of what it is a part, or null if it is a label
     * @param place where it was written, or null
     */
    public record Measure(
            String label,
            List<Long> percentiles,
            List<Long> above,
            List<Long> inSystem,
            long deadlineNs,
            @Nullable Part part,
            @Nullable Place place) {
        /** Copies the lists. */
        public Measure {
            percentiles = List.copyOf(percentiles);
            above = List.copyOf(above);
            inSystem = List.copyOf(inSystem);
        }

        private List<Long> wanted(Quantity quantity) {
            return switch (quantity) {
                case PERCENTILE -> percentiles;
                case ABOVE -> above;
                default -> inSystem;
            };
        }
    }

    /**
     * Those times of a label in which a thread did so much work.
     *
     * @param label the label
     * @param leastNs least work between begin and end, ns at full speed
     * @param mostNs most work
     */
    public record Part(String label, long leastNs, long mostNs) {
        /** Whether a time belongs to it in which a thread did some work, ns. */
        public boolean has(long workNs) {
            return workNs >= leastNs && workNs <= mostNs;
        }
    }

    /**
     * Threads between which work should be fair.
     *
     * @param name unique among the groups
     * @param threads paths, or what several threads were written as
     * @param place where it was written, or null
     */
    public record FairGroup(
            String name, List<String> threads, @Nullable Place place) {
        /** Copies the list. */
        public FairGroup {
            threads = List.copyOf(threads);
        }

        /** The same with further threads. */
        public FairGroup with(List<String> further) {
            List<String> all = new ArrayList<>(threads);
            all.addAll(further);
            return new FairGroup(name, all, place);
        }

        /** Whether a thread belongs to it. */
        public boolean has(String path) {
            return threads.stream().anyMatch(name -> Expectation.isOfThread(name, path));
        }
    }

    /**
     * A setting for one scheduler.
     *
     * @param scheduler id of the scheduler
     * @param tunable name of the setting
     * @param value its value as written
     */
    public record Hint(String scheduler, String tunable, String value) {}
}
