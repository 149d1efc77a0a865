package dev.swtch.lwkt.plugin;

import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.Rqf;
import dev.swtch.lwkt.sys.RunQueue;
import dev.swtch.lwkt.sys.Tdf;

/** Assertions about one CPU that hold whenever no path runs on it. */
final class LwktInvariants {
    private LwktInvariants() {}

    static void check(Globaldata gd) {
        if (!gd.cpu.hasContext()) {
            return;
        }
        LwktThread td = gd.curthread;
        if (gd.cpu.current() != td) {
            throw gd.cpu.violation("curthread", "gd_curthread is not the loaded thread");
        }
        if (!td.has(Tdf.TDF_RUNNING)) {
            throw gd.cpu.violation("running", td.comm + " is current without TDF_RUNNING");
        }
        if (td.gd != gd) {
            throw gd.cpu.violation("owner", td.comm + " runs on a CPU that does not own it");
        }
        if (td.critcount < 0 || gd.intrNestingLevel < 0 || gd.spinlocks < 0 || td.nestCount < 0) {
            throw gd.cpu.violation("nesting", td.comm + " has a negative nesting count");
        }
        LwktThread head = gd.tdrunq.first();
        if ((head != null) != ((gd.reqflags & Rqf.RQF_RUNNING) != 0)) {
            throw gd.cpu.violation("rqf-running", "RQF_RUNNING disagrees with the run queue");
        }
        LwktThread second = head == null ? null : RunQueue.next(head);
        if (head != null && second != null && second.pri > head.pri) {
            throw gd.cpu.violation("runq-order", second.comm + " stands behind a thread of lower priority");
        }
    }
}
