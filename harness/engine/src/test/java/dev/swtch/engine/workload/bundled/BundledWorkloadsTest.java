package dev.swtch.engine.workload.bundled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swtch.engine.workload.BadInputException;
import dev.swtch.engine.workload.Workload;
import dev.swtch.machine.topology.Topology;
import org.junit.jupiter.api.Test;

class BundledWorkloadsTest {
    @Test
    void each_compiles_under_its_name_without_notes() {
        for (BundledWorkloads.Bundled bundled : BundledWorkloads.list()) {
            Workload workload = BundledWorkloads.get(bundled.name());
            assertThat(workload.name()).isEqualTo(bundled.name());
            assertThat(workload.notes()).isEmpty();
            assertThat(workload.misfits(Topology.of(1, 4, 1))).isEmpty();
            assertThat(BundledWorkloads.has(bundled.name())).isTrue();
        }
    }

    @Test
    void native_files_say_where_they_come_from_and_what_the_list_says() {
        for (BundledWorkloads.Bundled bundled : BundledWorkloads.list()) {
            String text = BundledWorkloads.text(bundled.name());
            assertThat(text).contains("workload: 1\n").contains("\nthreads:\n");
            if (text.startsWith("# Source: ")) {
                assertThat(text).contains("\n# Shows: ").contains("\n# Look at: ");
                assertThat(BundledWorkloads.get(bundled.name()).about()).isEqualTo(bundled.about());
            }
        }
    }

    @Test
    void the_default_is_the_mixed_one() {
        Workload mixed = BundledWorkloads.get(BundledWorkloads.DEFAULT);
        assertThat(mixed.durationNs()).isEqualTo(2_000_000_000L);
        assertThat(mixed.threads()).hasSize(16);
        assertThat(mixed.devices()).hasSize(1);
    }

    @Test
    void an_unknown_name_lists_the_known_ones() {
        assertThatThrownBy(() -> BundledWorkloads.get("pingpong"))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith("there is no bundled workload of that name: expected one of mixed, ping-pong,"
                        + " hog-interactive, audio, device, hackbench,")
                .hasMessageEndingWith(", found \"pingpong\" (did you mean \"ping-pong\"?)");
        assertThat(BundledWorkloads.has("pingpong")).isFalse();
    }
}
