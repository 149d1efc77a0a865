package dev.swtch.engine.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swtch.machine.cost.Charge;
import dev.swtch.machine.cost.CostModel;
import dev.swtch.machine.cost.Delay;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CostFileTest {
    private static CostModel read(String text) {
        return CostFile.read(new InputFile("costs.properties", text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void profiles_have_names() {
        assertThat(CostFile.named("zero").price(Charge.LOCK)).isZero();
        assertThat(CostFile.named("default").name()).isEqualTo("default");
        assertThatThrownBy(() -> CostFile.named("defalt"))
                .hasMessage("--costs: expected default, zero or a file, found 'defalt' (did you mean \"default\"?)");
    }

    @Test
    void a_file_changes_single_entries() {
        CostModel costs = read("# measured\n\nipi_send = 150 # ns\nCONTEXT-LOAD=1.5us\r\nipi_node = 2us\n");
        assertThat(costs.name()).isEqualTo("costs.properties");
        assertThat(costs.price(Charge.IPI_SEND)).isEqualTo(150);
        assertThat(costs.price(Charge.CONTEXT_LOAD)).isEqualTo(1_500);
        assertThat(costs.delay(Delay.IPI_NODE)).isEqualTo(2_000);
        assertThat(costs.price(Charge.LOCK)).isEqualTo(Charge.LOCK.defaultNs());
    }

    @Test
    void every_wrong_line_is_told_with_its_place() {
        assertThatThrownBy(() -> read("ipi_sent = 1\n  lock = -3\nlock\natomic = 1\natomic = 2\ntrap_enter =\n"))
                .hasMessage("""
                    costs.properties: 5 errors
                      1) costs.properties:1:1: unknown entry 'ipi_sent' (did you mean "ipi_send"?)
                      2) costs.properties:2:10: lock: expected a whole number of ns or a span such as 1.2us, found '-3'
                      3) costs.properties:3:1: not a price: expected ENTRY = NANOSECONDS, found 'lock'
                      4) costs.properties:5:1: 'atomic' was already given in line 4
                      5) costs.properties:6:13: trap_enter: expected a whole number of ns or a span such as 1.2us, found ''\
                    """);
    }
}
