package dev.swtch.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Keeps every command of the README true. */
class ReadmeIT {
    private static final Pattern COMMAND = Pattern.compile("^\\$ harness/swtch (.*)$", Pattern.MULTILINE);
    private static final Pattern JAVA = Pattern.compile("```java\n(package .*?)```", Pattern.DOTALL);
    private static final Pattern SHELL = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

    private static final Pattern WORKLOAD =
            Pattern.compile("```yaml\n(workload: 1\nname: (\\S+)\n.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    @BeforeEach
    void write_the_workloads_it_shows() throws IOException {
        Matcher workload = WORKLOAD.matcher(readme());
        int written = 0;
        for (; workload.find(); written++) {
            Files.writeString(folder.resolve(workload.group(2) + ".yaml"), workload.group(1));
        }
        assertThat(written).isEqualTo(2);
    }

    @TestFactory
    Stream<DynamicTest> every_command_works() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        Matcher commands = COMMAND.matcher(readme());
        while (commands.find()) {
            String line = commands.group(1);
            tests.add(DynamicTest.dynamicTest(line, () -> {
                Program.Outcome outcome = Program.jar(inFolder(line).split(" "));
                assertThat(outcome.err()).isEmpty();
                assertThat(outcome.code()).isZero();
                assertThat(outcome.out()).isNotBlank();
            }));
        }
        assertThat(tests).hasSizeGreaterThan(4);
        return tests.stream();
    }

    @Test
    void the_scheduler_it_shows_compiles_and_runs_beside_the_others() throws Exception {
        Matcher source = JAVA.matcher(readme());
        Matcher shell = SHELL.matcher(readme());
        assertThat(source.find() && shell.find()).isTrue();
        Files.writeString(folder.resolve("Lifo.java"), source.group(1));
        String java = System.getProperty("java.home") + "/bin/";
        String script = shell.group(1)
                .replace("harness/cli/target/swtch.jar", System.getProperty("swtch.jar"))
                .replace("harness/swtch", java + "java -jar " + System.getProperty("swtch.jar"))
                .replace("javac ", java + "javac ")
                .replace(" jar cf", " " + java + "jar cf");
        Program.Outcome outcome = Program.shell("cd " + folder + " && " + script);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("Last come, first served", "identical work: yes");
    }

    @Test
    void the_output_it_shows_is_what_the_command_prints() throws Exception {
        String readme = readme();
        String shown = readme.substring(readme.indexOf("shortened -->") + "shortened -->".length());
        shown = shown.substring(shown.indexOf("```\n") + 4);
        shown = shown.substring(0, shown.indexOf("```"));
        String printed = Program.jar("compare").out();
        for (String line : shown.split("\n")) {
            if (!line.strip().equals("...")) {
                assertThat(printed.lines()).contains(line);
            }
        }
    }

    private String inFolder(String line) {
        return line.replaceAll("\\b(\\S+[.](yaml|json))", folder + "/$1");
    }

    private static String readme() throws IOException {
        return Files.readString(Program.root().resolve("README.md"));
    }
}
