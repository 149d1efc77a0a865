package dev.swtch.lwkt.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.result.ThreadResult;
import dev.swtch.engine.workload.Workload;
import org.junit.jupiter.api.Test;

/** Processes and their LWPs come and go (DragonFly 3.6, sys/kern/kern_fork.c and kern_exit.c). */
class ProcessLifeTest {
    private static final int WORKERS = 40;

    /**
     * B-27: commit 2b07d9aafa: the reaper is queued on the CPU an LWP leaves on and runs next there, when that LWP is out for
     * good: it never sleeps for a tick, and each is freed within a fraction of one, although a hog wants every CPU.
     */
    @Test
    void lwps_that_leave_while_their_parent_waits_are_freed_at_once() {
        RunResult result = Lab.run(
                "2",
                Workload.builder("b27")
                        .thread(
                                "parent",
                                t -> t.process("team")
                                        .does(b -> b.fork("worker", WORKERS).join("worker")))
                        .onDemand("worker", t -> t.process("team").does(b -> b.compute("1ms")))
                        .threads("hog", 2, t -> t.forever(b -> b.compute("1s")))
                        .build(),
                2_000);
        assertTrue(Lab.thread(result, "parent").ended());
        assertEquals(WORKERS, Lab.counter(result, "lwps reaped"));
        assertEquals(0, Lab.counter(result, "reaper polls"));
    }

    /** The last LWP of each process is left to whoever waits for the process. */
    @Test
    void a_process_of_one_lwp_is_not_the_reapers() {
        RunResult result = Lab.run(
                "2",
                Workload.builder("alone")
                        .threads("one", 1, t -> t.does(b -> b.compute("1ms")))
                        .threads("two", 2, t -> t.does(b -> b.compute("1ms")))
                        .build(),
                100);
        assertEquals(1, Lab.counter(result, "lwps reaped"));
    }

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
                        .onDemand(
                                "long",
                                t -> t.process("program")
                                        .does(b -> b.compute("3s").sleep("7s").compute("1ms")))
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
