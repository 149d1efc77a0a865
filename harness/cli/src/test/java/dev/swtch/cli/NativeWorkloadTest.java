package dev.swtch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swtch.engine.discovery.FoundPlugin;
import dev.swtch.engine.discovery.Plugins;
import dev.swtch.engine.dsl.NativeYaml;
import dev.swtch.engine.result.Outcome;
import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.run.Expectations;
import dev.swtch.engine.run.RunRequest;
import dev.swtch.engine.run.Simulation;
import dev.swtch.engine.workload.Workload;
import dev.swtch.engine.workload.bundled.BundledWorkloads;
import dev.swtch.machine.cost.CostModel;
import dev.swtch.machine.topology.Topology;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeWorkloadTest {
    private static final String RT_APP = """
            {"tasks": {
               "a": {"instance": 2, "loop": 20, "run": 300, "lock": "m", "run1": 100, "unlock": "m",
                     "timer": {"ref": "unique", "period": 2000}},
               "b": {"loop": 10, "resume": "c", "sleep": 1500, "run": 200},
               "c": {"loop": -1, "suspend": "c", "run": 700}},
             "global": {"duration": 1}}""";

    @TempDir
    private Path folder;

    private CommandRunner command;

    @BeforeEach
    void prepare() throws IOException {
        command = new CommandRunner(folder);
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    @Test
    void shows_bundled_workloads_and_the_schema() {
        assertThat(command.run("show", "hackbench").out())
                .startsWith("# Source: ")
                .contains("\nworkload: 1\n");
        assertThat(command.run("show", "audio").out()).startsWith("workload: 1\nname: audio\n");
        assertThat(command.run("show", "--schema").out()).startsWith("{\n").contains("\"$defs\"");
        CommandRunner.Outcome wrong = command.run("show", "hackbnch");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("(did you mean \"hackbench\"?)");
        assertThat(command.run("show").err())
                .contains("expected the name of a bundled workload or --schema, found neither");
    }

    @Test
    void what_is_shown_can_be_run() throws IOException {
        for (BundledWorkloads.Bundled bundled : BundledWorkloads.list()) {
            String shown = file("shown", command.run("show", bundled.name()).out());
            CommandRunner.Outcome outcome = command.run("compare", shown);
            assertThat(outcome.err()).isEmpty();
            assertThat(outcome.code()).isZero();
            assertThat(outcome.out()).startsWith(bundled.name());
        }
    }

    @Test
    void native_files_are_known_by_their_name_or_their_first_lines() throws IOException {
        String native1 = file("w.txt", "# mine\nworkload: 1\nthreads: {t: {do: [{compute: 1ms}]}}\n");
        assertThat(command.run("compare", native1).code()).isZero();
        String empty = file("w.yaml", "");
        assertThat(command.run("compare", empty).err())
                .contains("w.yaml:1:1: the file is empty: there is no workload in it");
    }

    @Test
    void an_expectation_that_is_not_met_is_told_and_ends_with_1() throws IOException {
        String expects = file(
                "w.yaml",
                "workload: 1\nthreads: {t: {do: [{compute: 1ms}]}}\nexpect: {t.end: 1ms, t.steps: {min: 1}}\n");
        CommandRunner.Outcome outcome = command.run("compare", expects, "--schedulers", "alpha");
        assertThat(outcome.out())
                .contains("\nexpectations of the workload\n  not met: " + expects
                        + ":3:10: alpha, seed 1: t.end = 1ms, found");
        assertThat(outcome.code()).isEqualTo(1);
    }

    @Test
    void what_is_expected_of_threads_written_together_holds_for_each() {
        Workload workload = NativeYaml.read("w.yaml", """
                workload: 1
                threads: {t: {count: 2, do: [{compute: 1ms}]}}
                expect: {t.work: {min: 2ms}}
                """.getBytes(StandardCharsets.UTF_8));
        for (FoundPlugin plugin : plugins()) {
            assertThat(Expectations.unmet(workload, run(plugin, workload, CostModel.zero())))
                    .as(plugin.id())
                    .containsExactly("t.work >= 2ms, found 1ms by t/0", "t.work >= 2ms, found 1ms by t/1");
        }
    }

    @Test
    void a_met_expectation_is_met() {
        Workload workload = NativeYaml.read("w.yaml", """
                workload: 1
                threads:
                  t: {do: [{begin: x}, {compute: 5ms}, {end: x}]}
                expect: {t.work: 5ms, x.mean: {about: 5ms}, x.count: 1, t.end: {min: 5ms, max: 6ms}}
                """.getBytes(StandardCharsets.UTF_8));
        for (FoundPlugin plugin : plugins()) {
            assertThat(Expectations.unmet(workload, run(plugin, workload, CostModel.zero())))
                    .as(plugin.id())
                    .isEmpty();
        }
    }

    @Test
    void an_imported_file_runs_as_the_original_does() throws IOException {
        String original = file("x.json", RT_APP);
        Path imported = folder.resolve("x.yaml");
        CommandRunner.Outcome outcome = command.run("import", original, "-o", imported.toString());
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isZero();
        assertThat(command.run("import", original).out()).isEqualTo(Files.readString(imported));
        command.engine.requests.clear();
        command.run("compare", original, "--schedulers", "alpha");
        command.run("compare", imported.toString(), "--schedulers", "alpha");
        Workload before = command.engine.requests.get(0).workload();
        Workload after = command.engine.requests.get(1).workload();
        for (FoundPlugin plugin : plugins()) {
            RunResult one = run(plugin, before, CostModel.defaults());
            RunResult other = run(plugin, after, CostModel.defaults());
            assertThat(one.outcome()).as(plugin.id()).isNotEqualTo(Outcome.PANIC);
            assertThat(one.threads()).isNotEmpty();
            assertThat(other.threads()).as(plugin.id()).isEqualTo(one.threads());
            assertThat(other.elapsedNs()).isEqualTo(one.elapsedNs());
        }
    }

    private static Collection<FoundPlugin> plugins() {
        return Plugins.find(NativeWorkloadTest.class.getClassLoader(), null, false)
                .all();
    }

    private static RunResult run(FoundPlugin plugin, Workload workload, CostModel costs) {
        return Simulation.run(new RunRequest(
                plugin.id(),
                plugin.plugin(),
                Map.of(),
                workload,
                Topology.of(1, 2, 1),
                costs,
                1_000_000_000L,
                workload.seed(),
                true));
    }
}
