package dev.swtch.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackagedProgramIT {
    @TempDir
    Path folder;

    @Test
    void finds_the_kernels_and_compares_them_without_a_word() throws Exception {
        Program.Outcome outcome = Program.jar("compare", "--duration", "200ms");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).contains("DragonFly 3.6", "FreeBSD 14", "wake-up to own work", "identical work: yes");
    }

    @Test
    void gives_the_bytes_that_are_written_down_on_every_jvm() throws Exception {
        Path json = folder.resolve("results.json");
        Program.Outcome outcome =
                Program.jar("compare", "mixed", "ping-pong", "--duration", "100ms", "-v", "--json", json.toString());
        assertThat(outcome.code()).isZero();
        assertSame("compare.txt", outcome.out());
        assertThat(outcome.err().lines())
                .hasSize(2 * 3)
                .anyMatch(line -> line.matches("swtch: mixed: read and compiled 16 threads in [\\d,]+ ms"))
                .anyMatch(
                        line -> line.matches("swtch: ule: ran [\\d,]+ ms; heap .* bytes a thread: .*engine .*ule .*"));
        assertSame("compare.json", Files.readString(json));
    }

    private static void assertSame(String name, String text) throws IOException {
        Path golden = Path.of("src", "test", "resources", "golden", name);
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, text);
        }
        assertThat(text).isEqualTo(Files.readString(golden));
    }

    @Test
    void a_scheduler_that_prints_and_ends_the_program_passes_for_no_result() throws Exception {
        PolicyJar.make(
                folder,
                "public SimpleThread pick(Cpu cpu) { System.out.println(\"looked\"); System.exit(0); return null; }");
        Program.Outcome outcome =
                Program.jar("compare", "--schedulers", "stranger", "--plugin-path", folder.toString());
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .contains("looked", "a scheduler ended the program: System.exit was called in stranger.Stranger.pick");
        assertThat(outcome.code()).isEqualTo(3);
    }

    @Test
    void leaves_out_a_kernel_that_does_not_know_so_many_cpus() throws Exception {
        Program.Outcome outcome = Program.jar("compare", "audio", "--cpus", "1x320x1", "--duration", "10ms");
        assertThat(outcome.out()).contains("the machine has 320 CPUs, lwkt runs on at most 256");
        assertThat(outcome.code()).isZero();
    }

    @Test
    void refuses_bad_input_in_one_message() throws Exception {
        Path file =
                Files.writeString(folder.resolve("broken.json"), "{\n  \"tasks\" : {\n    \"t\" : { \"run\" : 10, }\n");
        Program.Outcome outcome = Program.jar("compare", file.toString());
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains("broken.json:").doesNotContain("\tat ");
    }

    @Test
    void names_the_nearest_scheduler() throws Exception {
        Program.Outcome outcome = Program.jar("compare", "--schedulers", "ulf");
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("ulf", "ule").doesNotContain("\tat ");
    }
}
