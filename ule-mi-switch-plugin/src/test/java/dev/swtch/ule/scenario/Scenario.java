package dev.swtch.ule.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.swtch.engine.result.CostShare;
import dev.swtch.engine.result.CounterValue;
import dev.swtch.engine.result.LabelResult;
import dev.swtch.engine.result.Quantiles;
import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.result.ThreadResult;
import dev.swtch.engine.run.RunRequest;
import dev.swtch.engine.run.Simulation;
import dev.swtch.engine.workload.WorkloadBuilder;
import dev.swtch.machine.cost.Charge;
import dev.swtch.machine.cost.CostModel;
import dev.swtch.machine.topology.TopologySpec;
import dev.swtch.spi.SchedulerPlugin;
import dev.swtch.ule.UlePlugin;
import java.util.Map;
import java.util.TreeMap;

/** A workload run under ULE, with checks on unless said otherwise, and what came of it. */
final class Scenario {
    static final long MS = 1_000_000;
    static final long SECOND = 1_000 * MS;
    private static final long LONGEST_NS = 1_000 * SECOND;

    private final String machine;
    private SchedulerPlugin plugin = new UlePlugin();
    private final Map<String, Long> tunables = new TreeMap<>();
    private CostModel costs = CostModel.zero();
    private boolean checks = true;
    private long durationNs = LONGEST_NS;

    private Scenario(String machine) {
        this.machine = machine;
    }

    /** Everything is free unless said otherwise. */
    static Scenario on(String machine) {
        return new Scenario(machine);
    }

    /** The zero-cost or the default profile, by name. */
    static CostModel model(String profile) {
        return profile.equals("zero") ? CostModel.zero() : CostModel.defaults();
    }

    /** The plugin with a look into it. */
    Scenario of(SchedulerPlugin watched) {
        plugin = watched;
        return this;
    }

    Scenario with(String tunable, long value) {
        tunables.put(tunable, value);
        return this;
    }

    Scenario costs(CostModel model) {
        costs = model;
        return this;
    }

    /** For long runs of what a shorter run checks. */
    Scenario unchecked() {
        checks = false;
        return this;
    }

    Scenario millis(long ms) {
        durationNs = ms * MS;
        return this;
    }

    Scenario seconds(long s) {
        return millis(1_000 * s);
    }

    Ran run(WorkloadBuilder workload) {
        RunResult result = Simulation.run(new RunRequest(
                "ule", plugin, tunables, workload.build(), TopologySpec.parse(machine), costs, durationNs, 1, checks));
        assertNull(result.fault(), () -> "a rule was broken: " + result.fault());
        Ran ran = new Ran(result);
        ran.assertEachSwitchIsVoluntaryOrNot();
        return ran;
    }

    /** What came of a run. */
    record Ran(RunResult result) {
        /** Switches of a type, by the kernel's name. */
        long swt(String type) {
            return counter("mi_switch by type (kern.sched.stats)", type);
        }

        /** Switches of a type but for the one by which the thread that starts the others goes to sleep for good. */
        long sleeps() {
            return swt("sleepq") - 1;
        }

        long volition(String kind) {
            return counter("mi_switch by volition", kind);
        }

        long ule(String stat) {
            return counter("ULE (kern.sched.stats)", stat);
        }

        long ipis(String kind) {
            return counter("IPIs", kind);
        }

        long balancer(String what) {
            return counter("balancer", what);
        }

        long counter(String group, String name) {
            for (CounterValue value : result.counters()) {
                if (value.group().equals(group) && value.name().equals(name)) {
                    return value.value();
                }
            }
            throw new AssertionError("no counter " + name + " in " + group);
        }

        /** How often an entry of the cost model was paid. */
        long charged(Charge charge) {
            for (CostShare share : result.costs()) {
                if (share.charge() == charge) {
                    return share.count();
                }
            }
            return 0;
        }

        ThreadResult thread(String path) {
            for (ThreadResult thread : result.threads()) {
                if (thread.path().equals(path)) {
                    return thread;
                }
            }
            throw new AssertionError("no thread " + path);
        }

        Quantiles label(String name) {
            for (LabelResult label : result.labels()) {
                if (label.label().equals(name)) {
                    return label.times();
                }
            }
            throw new AssertionError("no label " + name);
        }

        /** Part of the elapsed time in which a thread did work of its own. */
        double share(String path) {
            ThreadResult thread = thread(path);
            return (double) (thread.userNs() + thread.kernelNs()) / result.elapsedNs();
        }

        double perSecond(long count) {
            return (double) count * SECOND / result.elapsedNs();
        }

        private void assertEachSwitchIsVoluntaryOrNot() {
            long byType = 0;
            for (CounterValue value : result.counters()) {
                if (value.group().startsWith("mi_switch by type")) {
                    byType += value.value();
                }
            }
            assertEquals(byType, volition("sw_vol") + volition("sw_invol"), "SW_VOL xor SW_INVOL");
        }

        /** All that was counted, for messages. */
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            for (CounterValue value : result.counters()) {
                if (value.value() != 0) {
                    text.append(value.name()).append(' ').append(value.value()).append(", ");
                }
            }
            return text.append(result.switches())
                    .append(' ')
                    .append(result.cpus())
                    .toString();
        }
    }

    /** Holds within a part of the expected figure. */
    static void assertWithin(double part, double expected, double found, String what) {
        assertTrue(
                Math.abs(found - expected) <= part * Math.abs(expected),
                () -> what + ": expected " + expected + " within " + part + ", found " + found);
    }
}
