package dev.swtch.engine.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColumnsTest {
    private Plugins plugins;

    @BeforeEach
    void find(@TempDir Path folder) throws IOException {
        plugins = Plugins.find(new ClassPath(folder, AlphaPlugin.class, BetaPlugin.class), null, false);
    }

    private List<Column> columns(String text, String... settings) {
        return Columns.parse(text, plugins, TunableValues.parse(List.of(settings), plugins));
    }

    private List<String> names(String text) {
        return columns(text).stream().map(Column::name).toList();
    }

    @Test
    void columns_are_named_by_what_differs() {
        assertThat(names("beta,alpha,alpha:slice=20")).containsExactly("beta", "alpha", "alpha:slice=20");
        assertThat(names("alpha:slice=20:steal_idle=0,alpha:slice=20")).containsExactly("alpha:steal_idle=0", "alpha");
        assertThat(names("alpha:slice=20")).containsExactly("alpha:slice=20");
    }

    @Test
    void all_stands_for_each_scheduler_there_is() {
        assertThat(names("all")).containsExactly("alpha", "beta");
        assertThat(names("all, alpha:slice=20")).containsExactly("alpha", "beta", "alpha:slice=20");
    }

    @Test
    void equal_columns_are_numbered() {
        assertThat(names("beta,beta,alpha,beta")).containsExactly("beta", "beta#2", "alpha", "beta#3");
    }

    @Test
    void settings_hold_for_all_columns_of_a_scheduler_and_an_item_comes_before_them() {
        List<Column> columns = columns("alpha,alpha:slice=30,beta", "alpha.slice=20", "alpha.steal_idle=off");
        assertThat(columns.get(0).tunables()).containsEntry("slice", 20L).containsEntry("steal_idle", 0L);
        assertThat(columns.get(1).spec()).isEqualTo("alpha:slice=30:steal_idle=0");
        assertThat(columns.get(2).tunables()).isEmpty();
    }

    @Test
    void a_default_is_no_setting() {
        assertThat(columns("alpha:slice=10").get(0).tunables()).isEmpty();
    }

    @Test
    void spans_and_switches_are_understood() {
        assertThat(columns("alpha:quantum=2us:steal_idle=false").get(0).tunables())
                .containsEntry("quantum", 2_000L)
                .containsEntry("steal_idle", 0L);
    }

    @Test
    void choices_are_written_by_name() {
        assertThat(names("alpha,alpha:queue=heap")).containsExactly("alpha", "alpha:queue=heap");
        Column heap = columns("alpha:queue=heap:slice=20").get(0);
        assertThat(heap.tunables()).containsEntry("queue", 1L);
        assertThat(heap.spec()).isEqualTo("alpha:queue=heap:slice=20");
        assertThat(columns("alpha:queue=list").get(0).tunables()).isEmpty();
    }

    @Test
    void what_is_wrong_is_said_with_what_would_be_right() {
        wrong(
                "alpha:slce=1",
                "unknown tunable of alpha 'slce': expected one of slice, quantum, steal_idle, queue"
                        + " (did you mean \"slice\"?)");
        wrong(
                "alpha:queue=hep",
                "unknown value of alpha.queue 'hep': expected one of heap, list (did you mean \"heap\"?)");
        wrong("alpha:slice=x", "alpha.slice: expected 1 to 100 (ticks), found 'x'");
        wrong("alpha:slice=101", "alpha.slice: expected 1 to 100 (ticks), found 101");
        wrong("alpha:slice", "alpha: expected TUNABLE=VALUE, found 'slice'");
        wrong("beta:slice=1", "unknown tunable of beta 'slice': there are none");
        wrong(
                "alpha,,beta",
                "--schedulers: expected ID or ID:TUNABLE=VALUE[:TUNABLE=VALUE...], separated by commas,"
                        + " found 'alpha,,beta'");
        assertThatThrownBy(() -> columns("alpha", "slice=3"))
                .hasMessage("--set: expected SCHEDULER.TUNABLE=VALUE, found 'slice=3'");
        assertThatThrownBy(() -> columns("alpha", "alpa.slice=3"))
                .hasMessage("unknown scheduler 'alpa': expected one of alpha, beta (did you mean \"alpha\"?)");
    }

    private void wrong(String text, String message) {
        assertThatThrownBy(() -> columns(text))
                .isInstanceOf(BadChoiceException.class)
                .hasMessage(message);
    }
}
