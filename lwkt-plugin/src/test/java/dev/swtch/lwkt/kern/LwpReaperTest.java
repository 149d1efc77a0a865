package dev.swtch.lwkt.kern;

import static dev.swtch.lwkt.kern.ThreadLab.MS;
import static dev.swtch.lwkt.kern.ThreadLab.act;
import static dev.swtch.lwkt.kern.ThreadLab.work;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.Tdf;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The handshake of {@code lwp_wait} (DragonFly 3.6, sys/kern/kern_exit.c); no clock ticks here, so nothing can poll. */
class LwpReaperTest {
    private final ThreadLab lab = new ThreadLab(2);
    private final LwktKernel k = lab.kernel;
    private final List<Long> left = new ArrayList<>();
    private final List<Long> told = new ArrayList<>();

    private void waitFor(LwktThread leaver) {
        lab.thread(1, gd -> k.reaper.lwpWait(gd, leaver), act(gd -> told.add(gd.cpu.now())));
    }

    private LwktThread leaver() {
        return lab.thread(0, work(5 * MS), act(gd -> left.add(gd.cpu.now())), gd -> k.threads.lwktExit(gd));
    }

    @Test
    void who_waits_for_a_thread_sleeps_until_the_next_thread_on_its_cpu_says_it_is_out() {
        LwktThread leaver = leaver();
        lab.machine.run(lab.machine.now() + MS);
        waitFor(leaver);
        lab.machine.run(lab.machine.now() + MS);
        assertEquals(Tdf.TDF_MP_EXITWAIT, leaver.mpflags);
        lab.machine.run(lab.machine.now() + 10 * MS);
        assertEquals(Tdf.TDF_MP_EXITWAIT | Tdf.TDF_MP_EXITSIG, leaver.mpflags);
        long after = told.get(0) - left.get(0);
        assertTrue(after > 0 && after < 20_000, after + " ns after it began to leave");
    }

    @Test
    void who_comes_later_does_not_sleep() {
        LwktThread leaver = leaver();
        lab.machine.run(lab.machine.now() + 10 * MS);
        waitFor(leaver);
        lab.machine.run(lab.machine.now() + MS);
        assertEquals(Tdf.TDF_MP_EXITSIG, leaver.mpflags);
        assertEquals(1, told.size());
    }
}
