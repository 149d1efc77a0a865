package dev.swtch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TeachingTest {
    private CommandRunner command;

    @BeforeEach
    void prepare(@TempDir Path folder) throws IOException {
        command = new CommandRunner(folder);
    }

    private String text(String... args) {
        CommandRunner.Outcome outcome = command.run(args);
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        return outcome.out();
    }

    @Test
    void the_bare_command_says_where_to_start() {
        assertThat(text()).contains("Start here").contains("swtch compare").contains("Exit codes: 0 done");
        assertThat(text("--help")).isEqualTo(text());
    }

    @Test
    void every_command_explains_itself_with_examples() {
        for (String name : new String[] {"compare", "list", "describe", "show", "import"}) {
            assertThat(text(name, "--help")).contains("Usage: swtch " + name).contains("Examples");
            assertThat(text("help", name)).isEqualTo(text(name, "--help"));
        }
    }

    @Test
    void the_version_is_told() {
        assertThat(text("--version")).startsWith("swtch ");
    }

    @Test
    void lists_schedulers_and_workloads() {
        assertThat(text("list"))
                .contains("schedulers\n  alpha  Alpha kernel threads\n         Alpha 3.6, kern/alpha_switch.c\n")
                .contains("workloads (default: mixed)\n  mixed")
                .contains("ping-pong");
        assertThat(text("list", "schedulers")).doesNotContain("ping-pong");
        assertThat(text("list", "workloads")).doesNotContain("alpha");
    }

    @Test
    void describes_a_scheduler() {
        assertThat(command.run("describe", "alpha").out())
                .startsWith("alpha: Alpha kernel threads\n  lineage  Alpha 3.6, kern/alpha_switch.c\n")
                .contains("  slice = 10, 1 to 100 (ticks)\n      Length of a slice.\n")
                .contains("  lacks  devices, clairvoyant\n")
                .contains("  sleep: one-shot timer and sleep queue\n");
    }
}
