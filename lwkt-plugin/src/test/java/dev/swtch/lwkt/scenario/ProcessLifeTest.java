package dev.swtch.lwkt.scenario;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.result.ThreadResult;
import dev.swtch.engine.workload.Workload;
import org.junit.jupiter.api.Test;

/** Processes and their LWPs come and go (DragonFly 3.6, sys/kern/kern_fork.c and kern_exit.c). */
class ProcessLifeTest {
    /**
     * B-20 for what a program starts again: the first one's process has left, and with it {@code allproc}, when the second
     * one is forked into a process of its own; schedcpu counts the seconds that one sleeps.
     */
    @Test
    void a_program_that_is_started_again_is_known_to_schedcpu() {
        RunResult result = Lab.run(
                "1",
                Workload.builder("again")
                        .thread(
                                "shell",
                                t -> t.does(b -> b.fork("short", 1)
                                        .join("short")
                                        .fork("long", 1)
                                        .join("long")))
                        .onDemand("short", t -> t.process("program").does(b -> b.compute("1ms")))
                        .onDemand("long", t -> t.process("program").does(b -> b.compute("3s")
                                .sleep("7s")
                                .compute("1ms")))
                        .thread("hog", t -> t.nice(-10).start("4s").does(b -> b.compute("8s")))
                        .build(),
                20_000);
        ThreadResult again = result.threads().stream()
                .filter(thread -> thread.path().contains("long"))
                .findFirst()
                .orElseThrow();
        assertTrue(again.wakeToRun().maxNs() < Lab.MS, again::toString);
    }
}
