package dev.swtch.machine;

import dev.swtch.rules.SwtchRules;
import org.junit.jupiter.api.Test;

class LayersTest {
    @Test
    void the_machine_knows_no_thread_and_no_clock_of_the_host() {
        SwtchRules.machine(Machine.class)
                .atLeast(30)
                .goingOnAfterCalls(
                        "dev.swtch.machine.PathRunner.run",
                        "dev.swtch.machine.PathRunner.takeVector",
                        "dev.swtch.machine.PathRunner.startUp")
                .check();
    }
}
