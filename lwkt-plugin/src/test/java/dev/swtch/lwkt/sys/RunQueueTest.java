package dev.swtch.lwkt.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.swtch.lwkt.golden.Script;
import dev.swtch.spi.thread.ThreadClass;
import dev.swtch.spi.thread.ThreadSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A thread's place on the run queue is the one the kernel's walk from the head finds, and as far. */
class RunQueueTest {
    @Test
    void places_threads_where_a_walk_from_the_head_does() {
        Script script = new Script(1, 0);
        Random random = new Random(11);
        RunQueue queue = new RunQueue();
        List<LwktThread> walked = new ArrayList<>();
        List<LwktThread> idle = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            idle.add(new LwktThread(ThreadSpec.kernel(9_000 + i, "t" + i, ThreadClass.KERNEL), null, script.gd(0)));
        }
        for (int step = 0; step < 20_000; step++) {
            if (!idle.isEmpty() && (walked.isEmpty() || random.nextInt(100) < 55)) {
                LwktThread td = idle.remove(random.nextInt(idle.size()));
                td.pri = random.nextInt(step < 10_000 ? 4 : Tdpri.TDPRI_MAX + 1);
                int at = 0;
                while (at < walked.size() && walked.get(at).pri >= td.pri) {
                    at++;
                }
                assertEquals(at, queue.countFrom(td.pri));
                walked.add(at, td);
                queue.insertBehindEquals(td);
            } else {
                LwktThread td = walked.remove(random.nextInt(walked.size()));
                queue.remove(td);
                idle.add(td);
            }
            assertEquals(walked, listed(queue));
        }
    }

    private static List<LwktThread> listed(RunQueue queue) {
        List<LwktThread> threads = new ArrayList<>();
        for (LwktThread td = queue.first(); td != null; td = RunQueue.next(td)) {
            threads.add(td);
        }
        return threads;
    }
}
