package dev.swtch.ule.kern;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.swtch.machine.topology.Topology;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreemptTest {
    private final TestKernel test = new TestKernel(Topology.of(1, 1, 1));

    @ParameterizedTest
    @CsvSource({
        "100,100,false,false",
        "200,100,true,false",
        "254,255,false,true",
        "220,224,true,true",
        "48,49,false,true",
        "49,200,false,false",
        "49,200,true,true",
        "135,136,true,true",
        "136,200,true,false",
        "100,135,true,false"
    })
    void a_thread_is_preempted_only_by_what_the_kernel_lets(int pri, int cpri, boolean remote, boolean preempts) {
        assertEquals(preempts, test.k.preempt.schedShouldpreempt(pri, cpri, remote));
    }
}
