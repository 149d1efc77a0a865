package dev.swtch.lwkt.kern;

import static dev.swtch.lwkt.sys.Kassert.kkassert;
import static dev.swtch.lwkt.sys.Tdf.TDF_MIGRATING;
import static dev.swtch.lwkt.sys.Tdf.TDF_TSLEEPQ;
import static dev.swtch.lwkt.sys.Tsleep.PDOMAIN_MASK;

import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.Ident;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.machine.cost.Charge;

/** The sleep queues of all CPUs, sys/kern/kern_synch.c: each CPU's own, and a mask that says which CPUs have sleepers. */
public final class SleepQueues {
    private final int words;
    private final long[] slpqueCpumasks;

    SleepQueues(int ncpus) {
        words = ncpus + 63 >> 6;
        slpqueCpumasks = new long[Ident.TABLESIZE * words];
    }

    /** {@code _tsleep_interlock}, sys/kern/kern_synch.c, in a critical section: the current thread is queued and runs on. */
    void interlock(Globaldata gd, Ident ident, int flags) {
        LwktThread td = gd.curthread;
        if (td.has(TDF_TSLEEPQ)) {
            unlink(gd, td);
        } else {
            td.flags |= TDF_TSLEEPQ;
        }
        int id = ident.lookup();
        gd.cpu.charge(Charge.QUEUE_OP);
        gd.cpu.charge(Charge.ATOMIC);
        gd.tsleepHash.insertTail(id, td);
        slpqueCpumasks[id * words + (gd.cpuid >> 6)] |= 1L << gd.cpuid;
        td.wchan = ident;
        td.wdomain = flags & PDOMAIN_MASK;
    }

    /** {@code _tsleep_remove}, sys/kern/kern_synch.c. */
    void remove(Globaldata gd, LwktThread td) {
        kkassert(td.gd == gd && td.critcount > 0, gd, "_tsleep_remove", "td->td_gd == gd && IN_CRITICAL_SECT(td)");
        kkassert(!td.has(TDF_MIGRATING), gd, "_tsleep_remove", "(td->td_flags & TDF_MIGRATING) == 0");
        if (td.has(TDF_TSLEEPQ)) {
            td.flags &= ~TDF_TSLEEPQ;
            unlink(gd, td);
            td.wchan = null;
            td.wdomain = 0;
        }
    }

    private void unlink(Globaldata gd, LwktThread td) {
        Ident wchan = td.wchan;
        if (wchan == null) {
            throw gd.cpu.violation("no-wchan", td.comm + " is on a sleep queue but on none in particular");
        }
        int id = wchan.lookup();
        gd.cpu.charge(Charge.QUEUE_OP);
        gd.tsleepHash.remove(id, td);
        if (gd.tsleepHash.first(id) == null) {
            gd.cpu.charge(Charge.ATOMIC);
            slpqueCpumasks[id * words + (gd.cpuid >> 6)] &= ~(1L << gd.cpuid);
        }
    }

    /** {@code slpque_cpumasks}: of the CPUs from 64 times {@code word} on, those that have sleepers in a queue. */
    public long cpumask(int id, int word) {
        return slpqueCpumasks[id * words + word];
    }

    /** Words of {@link #cpumask}. */
    int words() {
        return words;
    }
}
