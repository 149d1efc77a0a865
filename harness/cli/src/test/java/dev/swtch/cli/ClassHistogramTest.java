package dev.swtch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassHistogramTest {
    private static final String BEFORE = """
             num     #instances         #bytes  class name (module)
            -------------------------------------------------------
               1:         15814         939264  [B (java.base@17.0.15)
               2:          3518           4000  dev.swtch.engine.exec.Task
            Total         75974        3515056
            """;

    private static final String AFTER = """
             num     #instances         #bytes  class name (module)
            -------------------------------------------------------
               1:         15814        1939264  [B (java.base@17.0.15)
               2:             9          10000  dev.swtch.engine.exec.Task
               3:             9           2000  [Ldev.swtch.engine.exec.Task;
               4:             9          70000  dev.swtch.ule.kern.UleThread
               5:             9            500  dev.swtch.report.Grid
            Total         75974        3515056
            """;

    @Test
    void bytes_go_to_the_layer_whose_classes_take_them() {
        ClassHistogram heap = ClassHistogram.parse(AFTER).since(ClassHistogram.parse(BEFORE));
        assertThat(heap.bytes()).isEqualTo(Map.of(ClassHistogram.OTHERS, 1_000_000L, "engine", 8_000L, "ule", 70_000L));
        assertThat(heap.total()).isEqualTo(1_078_000);
    }

    @Test
    void this_virtual_machine_can_tell() {
        assertThat(ClassHistogram.take().total()).isGreaterThan(100_000);
    }
}
