package dev.swtch.lwkt.plugin;

import dev.swtch.lwkt.sys.AllQueue;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.Rqf;
import dev.swtch.lwkt.sys.RunQueue;
import dev.swtch.lwkt.sys.Tdf;

/**
 * Assertions about one CPU that hold whenever no path runs on it. Its queues are walked once in as many checks as they
 * are long, so that a check costs the same however many threads there are.
 */
final class LwktInvariants {
    private final int[] checksUntilWalk;

    LwktInvariants(int ncpus) {
        checksUntilWalk = new int[ncpus];
    }

    void check(Globaldata gd) {
        if (!gd.cpu.hasContext()) {
            return;
        }
        checkCurrent(gd, gd.curthread);
        checkHead(gd);
        if (--checksUntilWalk[gd.cpuid] <= 0) {
            checksUntilWalk[gd.cpuid] = walkRunq(gd) + walkAllq(gd);
        }
    }

    private static void checkCurrent(Globaldata gd, LwktThread td) {
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
    }

    private static void checkHead(Globaldata gd) {
        if ((gd.tdrunq.first() != null) != ((gd.reqflags & Rqf.RQF_RUNNING) != 0)) {
            throw gd.cpu.violation("rqf-running", "RQF_RUNNING disagrees with the run queue");
        }
    }

    private static int walkRunq(Globaldata gd) {
        int length = 0;
        LwktThread before = null;
        for (LwktThread td = gd.tdrunq.first(); td != null; td = RunQueue.next(td)) {
            if (before != null && td.pri > before.pri) {
                throw gd.cpu.violation("runq-order", td.comm + " stands behind a thread of lower priority");
            }
            if (!td.has(Tdf.TDF_RUNQ) || td.gd != gd) {
                throw gd.cpu.violation("runq-flag", td.comm + " is queued without TDF_RUNQ or on another's queue");
            }
            before = td;
            length++;
        }
        if (length != gd.tdrunqcount) {
            throw gd.cpu.violation(
                    "runq-count", "gd_tdrunqcount is " + gd.tdrunqcount + " but the run queue holds " + length);
        }
        return length;
    }

    private static int walkAllq(Globaldata gd) {
        int length = 0;
        for (LwktThread td = gd.tdallq.first(); td != null; td = AllQueue.next(td)) {
            if (td.has(Tdf.TDF_RUNQ) != gd.tdrunq.contains(td)) {
                throw gd.cpu.violation("runq-flag", td.comm + "'s TDF_RUNQ disagrees with the run queue");
            }
            length++;
        }
        return length;
    }
}
