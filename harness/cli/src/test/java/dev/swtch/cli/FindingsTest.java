package dev.swtch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a comparison points out of itself. */
class FindingsTest {
    private static String findings(String... arguments) {
        List<String> all = new ArrayList<>(List.of("compare"));
        all.addAll(List.of(arguments));
        String out = RealCommand.run(all).out();
        return out.substring(out.indexOf("What to look at"), out.indexOf("own counters"))
                .replaceAll("\\s+", " ");
    }

    @Test
    void cpus_that_are_busy_with_anything_but_work_are() {
        assertThat(findings("token-contention", "--duration", "200ms"))
                .containsPattern("Under lwkt [0-9.]+ % of the time of busy CPUs was no work: .*[0-9.]+ % spinning")
                .containsPattern("Under ule [0-9.]+ % of the time of busy CPUs was no work: ");
        assertThat(findings("hog-interactive", "--schedulers", "ule,lwkt")).doesNotContain("no work");
    }

    @Test
    void a_run_without_any_says_so() {
        assertThat(findings("audio", "--schedulers", "ule")).contains("Nothing stands out: nobody starved");
    }
}
