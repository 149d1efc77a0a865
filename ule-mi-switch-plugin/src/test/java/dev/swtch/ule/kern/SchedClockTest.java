package dev.swtch.ule.kern;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.swtch.machine.topology.Topology;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchedClockTest {
    private final TestKernel test = new TestKernel(Topology.of(1, 1, 1));

    @ParameterizedTest
    @CsvSource({"1,12", "2,12", "3,6", "4,4", "5,3", "6,2", "7,2", "8,2", "100,2"})
    void the_slice_shrinks_with_the_number_of_runnable_threads(int sysload, int slice) {
        Tdq tdq = test.k.tdq(0);
        tdq.sysload = sysload;
        assertEquals(slice, test.k.clock.tdqSlice(tdq));
    }
}
