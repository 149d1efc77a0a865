package dev.swtch.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.swtch.engine.result.Outcome;
import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.result.ThreadResult;
import dev.swtch.engine.run.RunRequest;
import dev.swtch.engine.run.Simulation;
import dev.swtch.engine.workload.Workload;
import dev.swtch.machine.cost.CostModel;
import dev.swtch.machine.topology.TopologySpec;
import dev.swtch.spi.SchedulerPlugin;
import dev.swtch.spi.plugin.Capability;
import dev.swtch.spi.plugin.PluginDescriptor;
import dev.swtch.spi.plugin.PluginKind;
import dev.swtch.spi.plugin.Tunable;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every scheduler has to do. A plugin's test class extends this and gives the plugin:
 *
 * <pre>{@code
 * class MineConformanceTest extends SchedulerConformance {
 *     @Override
 *     protected SchedulerPlugin plugin() {
 *         return new MinePlugin();
 *     }
 * }
 * }</pre>
 *
 * <p>All runs have checks on. Each workload runs to its end on several machines, with everything free and at default
 * prices, twice with equal results, and does the same steps and work as under the kit's own plain scheduler. What the
 * descriptor does not list as lacking is exercised; what it lists is checked to be really missing.
 */
public abstract class SchedulerConformance {
    private static final List<String> MACHINES = List.of("1", "2", "4", "1x2x2", "2x2x1/nodes=2");
    private static final List<CostModel> COSTS = List.of(CostModel.zero(), CostModel.defaults());
    private static final long LONGEST_RUN_NS = 100_000_000_000L;
    private static final long SEED = 7;

    /** For subclasses. */
    protected SchedulerConformance() {}

    /** The plugin under test. */
    protected abstract SchedulerPlugin plugin();

    @Test
    void describes_itself_alike_on_every_call() {
        PluginDescriptor descriptor = plugin().descriptor();
        assertEquals(descriptor, plugin().descriptor());
        assertFalse(descriptor.title().isBlank(), "the title is empty");
        assertFalse(descriptor.lineage().isBlank(), "the lineage is empty");
        List<String> names = descriptor.tunables().stream().map(Tunable::name).toList();
        assertEquals(names.stream().distinct().toList(), names, "two tunables of one name");
        for (Tunable tunable : descriptor.tunables()) {
            assertFalse(tunable.about().isBlank(), tunable.name() + " does not say what it changes");
        }
        assertFalse(descriptor.means().isEmpty(), "no means are named");
        if (descriptor.kind() == PluginKind.KERNEL) {
            assertFalse(
                    descriptor.lacks().contains(Capability.CLAIRVOYANT),
                    "a kernel's scheduler cannot know the future, so it need not say so");
        }
    }

    @Test
    void is_found_by_the_service_loader_under_its_own_id() {
        List<String> ids = ServiceLoader.load(
                        SchedulerPlugin.class, plugin().getClass().getClassLoader())
                .stream()
                .map(provider -> provider.get().descriptor().id())
                .toList();
        String id = plugin().descriptor().id();
        assertEquals(1, ids.stream().filter(id::equals).count(), "plugins named " + id + " among " + ids);
    }

    @TestFactory
    Stream<DynamicTest> runs_every_workload_to_its_end_with_the_same_steps() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Workload workload : KitWorkloads.all()) {
            for (String machine : MACHINES) {
                for (CostModel costs : COSTS) {
                    String name = workload.name() + " on " + machine + ", costs " + costs.name();
                    tests.add(dynamicTest(name, () -> runsToItsEnd(workload, machine, costs)));
                }
            }
        }
        return tests.stream();
    }

    private void runsToItsEnd(Workload workload, String machine, CostModel costs) {
        RunResult result = run(plugin(), workload, machine, costs);
        assertAllEnded(result);
        assertSameWork(run(new PlainFifo(), workload, machine, costs), result);
        assertEquals(result, run(plugin(), workload, machine, costs), "two equal runs differ");
    }

    @TestFactory
    Stream<DynamicTest> uses_a_cpu_from_its_start_on() {
        return COSTS.stream()
                .map(costs -> dynamicTest("costs " + costs.name(), () -> {
                    RunResult result = run(plugin(), KitWorkloads.lateCpu(), "2", costs);
                    assertAllEnded(result);
                    assertEquals(20_000_000, result.cpus().offNs(), "time before a CPU started");
                }));
    }

    @TestFactory
    Stream<DynamicTest> has_the_capabilities_it_does_not_lack_and_no_others() {
        EnumSet<Capability> lacks = EnumSet.noneOf(Capability.class);
        lacks.addAll(plugin().descriptor().lacks());
        List<DynamicTest> tests = new ArrayList<>();
        for (CapabilityProbe probe : CapabilityProbes.all()) {
            boolean lacked = lacks.contains(probe.capability());
            for (CostModel costs : COSTS) {
                String name = (lacked ? "lacks " : "has ") + probe.capability() + ", costs " + costs.name();
                tests.add(dynamicTest(name, () -> probe(probe, costs, lacked)));
            }
        }
        return tests.stream();
    }

    private void probe(CapabilityProbe probe, CostModel costs, boolean lacked) {
        RunResult result = run(plugin(), probe.workload(), probe.machine(), costs);
        Optional<String> missing = probe.missing(result);
        if (lacked) {
            assertTrue(missing.isPresent(), "the descriptor says that it lacks what works: " + probe.capability());
        } else {
            assertEquals(Optional.empty(), missing, "not listed as lacking: " + probe.capability());
            assertEquals(result, run(plugin(), probe.workload(), probe.machine(), costs), "two equal runs differ");
        }
    }

    // ---- runs ---------------------------------------------------------------------------------------------------

    private static RunResult run(SchedulerPlugin plugin, Workload workload, String machine, CostModel costs) {
        return Simulation.run(new RunRequest(
                "kit", plugin, Map.of(), workload, TopologySpec.parse(machine), costs, LONGEST_RUN_NS, SEED, true));
    }

    private static void assertAllEnded(RunResult result) {
        assertEquals(null, result.fault(), () -> "a rule was broken: " + Objects.requireNonNull(result.fault()));
        assertEquals(Outcome.DONE, result.outcome());
        for (ThreadResult thread : result.threads()) {
            assertTrue(thread.ended(), () -> thread.path() + " did not come to its end; " + thread.waitsFor());
        }
    }

    private static void assertSameWork(RunResult expected, RunResult found) {
        assertEquals(expected.threads().size(), found.threads().size(), "threads");
        for (ThreadResult thread : expected.threads()) {
            ThreadResult same = CapabilityProbe.thread(found, thread.path());
            assertNotNull(same);
            assertEquals(thread.steps(), same.steps(), () -> "steps of " + thread.path());
            assertEquals(thread.stepHash(), same.stepHash(), () -> "step hash of " + thread.path());
            assertEquals(thread.userNs(), same.userNs(), () -> "user work of " + thread.path());
            assertEquals(thread.kernelNs(), same.kernelNs(), () -> "kernel work of " + thread.path());
        }
    }
}
