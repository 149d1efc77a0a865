package dev.swtch.lwkt.kern;

import static dev.swtch.lwkt.sys.Kassert.kkassert;
import static dev.swtch.lwkt.sys.Tdf.TDF_DELAYED_WAKEUP;
import static dev.swtch.lwkt.sys.Tdf.TDF_TSLEEP_DESCHEDULED;
import static dev.swtch.lwkt.sys.Tsleep.PDOMAIN_MASK;
import static dev.swtch.lwkt.sys.Tsleep.PWAKEUP_CPUMASK;
import static dev.swtch.lwkt.sys.Tsleep.PWAKEUP_MYCPU;
import static dev.swtch.lwkt.sys.Tsleep.PWAKEUP_ONE;

import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.Ident;
import dev.swtch.lwkt.sys.IpiFunction;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.SleepQueue;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;
import dev.swtch.machine.cost.Charge;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Waking, sys/kern/kern_synch.c: each CPU wakes its own sleepers, and is asked to by a message if it has any in the
 * queue concerned.
 */
public final class Wakeup {
    private final LwktKernel k;
    private final SleepQueues queues;
    private final IpiFunction<Ident> wakeupRemote =
            new IpiFunction<>("wakeup", (gd, ident, domain, frame) -> wakeup(gd, ident, domain, gd.messageSentNs));
    private final Frame<Ident> wakeupRestart = new Frame<>("WAKEUP_RESTART", this::wakeupRestart);

    /** One for each word of a set of CPUs. */
    private final List<Frame<Ident>> wakeupSent = List.of(wakeupSent(0), wakeupSent(1), wakeupSent(2), wakeupSent(3));

    private final Frame<Object> delayedIssued = new Frame<>("WAKEUP_DELAYED", this::delayedIssued);

    Wakeup(LwktKernel k, SleepQueues queues) {
        this.k = k;
        this.queues = queues;
    }

    private Frame<Ident> wakeupSent(int word) {
        return new Frame<>(
                "WAKEUP_SENT", (cpu, ident, domain, mask) -> sendWord(Globaldata.of(cpu), ident, domain, word, mask));
    }

    // ---- the forms ----------------------------------------------------------------------------------------------

    /** {@code wakeup}, sys/kern/kern_synch.c. In a delayed section, the first two are kept and each further displaces one. */
    public Next wakeup(Globaldata gd, Ident ident) {
        Ident issued = ident;
        if ((gd.curthread.flags & TDF_DELAYED_WAKEUP) != 0) {
            gd.cpu.charge(Charge.ATOMIC);
            Ident oldest = gd.delayedWakeup[0];
            Ident newest = gd.delayedWakeup[1];
            if (oldest == null) {
                gd.delayedWakeup[0] = ident;
                return Next.RETURN;
            }
            gd.delayedWakeup[1] = ident;
            if (newest == null) {
                return Next.RETURN;
            }
            gd.delayedWakeup[0] = newest;
            issued = oldest;
        }
        return wakeup(gd, issued, gd.cpuid);
    }

    /** {@code wakeup_one}, sys/kern/kern_synch.c. */
    public Next wakeupOne(Globaldata gd, Ident ident) {
        return wakeup(gd, ident, gd.cpuid | PWAKEUP_ONE);
    }

    /** {@code wakeup_mycpu}, sys/kern/kern_synch.c. */
    public Next wakeupMycpu(Globaldata gd, Ident ident) {
        return wakeup(gd, ident, gd.cpuid | PWAKEUP_MYCPU);
    }

    /** {@code wakeup_mycpu_one}, sys/kern/kern_synch.c. */
    public Next wakeupMycpuOne(Globaldata gd, Ident ident) {
        return wakeup(gd, ident, gd.cpuid | PWAKEUP_MYCPU | PWAKEUP_ONE);
    }

    /** {@code wakeup_oncpu} and {@code wakeup_oncpu_one}, sys/kern/kern_synch.c. */
    public Next wakeupOncpu(Globaldata gd, Globaldata target, Ident ident, boolean one) {
        int domain = gd.cpuid | PWAKEUP_MYCPU | (one ? PWAKEUP_ONE : 0);
        return k.ipiq.lwktSendIpiq3(gd, target, wakeupRemote, ident, domain);
    }

    /** {@code wakeup_domain}, sys/kern/kern_synch.c. */
    public Next wakeupDomain(Globaldata gd, Ident ident, int domain) {
        return wakeup(gd, ident, gd.cpuid | domain);
    }

    /** {@code wakeup_domain_one}, sys/kern/kern_synch.c. */
    public Next wakeupDomainOne(Globaldata gd, Ident ident, int domain) {
        return wakeup(gd, ident, gd.cpuid | domain | PWAKEUP_ONE);
    }

    // ---- the work -----------------------------------------------------------------------------------------------

    /** {@code _wakeup}, sys/kern/kern_synch.c. */
    private Next wakeup(Globaldata gd, Ident ident, int domain) {
        return wakeup(gd, ident, domain, gd.cpu.now());
    }

    /** The same at the request of another CPU: for the record, the sleepers are awake since it asked. */
    private Next wakeup(Globaldata gd, Ident ident, int domain, long sinceNs) {
        gd.critEnter();
        return restart(gd, ident, domain, sinceNs);
    }

    private Next wakeupRestart(Cpu cpu, Ident ident, int domain, long sinceNs) {
        return restart(Globaldata.of(cpu), ident, domain, sinceNs);
    }

    /** Begins at the head again after each thread that was found. */
    private Next restart(Globaldata gd, Ident ident, int domain, long sinceNs) {
        for (LwktThread td = find(gd, ident, domain); td != null; td = find(gd, ident, domain)) {
            kkassert(td.gd == gd, gd, "_wakeup", "td->td_gd == gd");
            queues.remove(gd, td);
            td.wakefromcpu = domain & PWAKEUP_CPUMASK;
            if (td.has(TDF_TSLEEP_DESCHEDULED)) {
                if ((domain & PWAKEUP_ONE) != 0) {
                    k.splz.pushCritExit(gd);
                } else {
                    gd.cpu.push(wakeupRestart, ident, domain, sinceNs);
                }
                td.noteRunnable(gd, sinceNs);
                return k.schedule.lwktSchedule(gd, td);
            }
        }
        if ((domain & PWAKEUP_MYCPU) != 0) {
            return k.splz.critExit(gd);
        }
        return sendMask(gd, ident, domain | PWAKEUP_MYCPU);
    }

    /** {@code lwkt_send_ipiq2_mask} of this function, the lowest CPU first, and the critical exit behind it. */
    private Next sendMask(Globaldata gd, Ident ident, int domain) {
        int id = ident.lookup();
        long own = 1L << gd.cpuid;
        int last = queues.words() - 1;
        if (last == 0) {
            long mask = queues.cpumask(id, 0) & ~own;
            if (mask == 0) {
                return k.splz.critExit(gd);
            }
            k.splz.pushCritExit(gd);
            return sendWord(gd, ident, domain, 0, mask);
        }
        k.splz.pushCritExit(gd);
        for (int word = last; word >= 0; word--) {
            long mask = queues.cpumask(id, word) & ~(word == gd.cpuid >> 6 ? own : 0);
            if (mask != 0) {
                gd.cpu.push(wakeupSent.get(word), ident, domain, mask);
            }
        }
        return Next.RETURN;
    }

    private Next sendWord(Globaldata gd, Ident ident, int domain, int word, long mask) {
        if (mask == 0) {
            return Next.RETURN;
        }
        gd.cpu.push(wakeupSent.get(word), ident, domain, mask & mask - 1);
        int cpuid = (word << 6) + Long.numberOfTrailingZeros(mask);
        return k.ipiq.lwktSendIpiq3(gd, k.gd(cpuid), wakeupRemote, ident, domain);
    }

    private static @Nullable LwktThread find(Globaldata gd, Ident ident, int domain) {
        LwktThread td = gd.tsleepHash.first(ident.lookup());
        int scanned = 0;
        while (td != null && (td.wchan != ident || td.wdomain != (domain & PDOMAIN_MASK))) {
            td = SleepQueue.next(td);
            ++scanned;
        }
        gd.cpu.charge(Charge.SCAN_ITEM, scanned);
        return td;
    }

    // ---- delayed sections ---------------------------------------------------------------------------------------

    /** {@code wakeup_start_delayed}, sys/kern/kern_synch.c. */
    public Next wakeupStartDelayed(Globaldata gd) {
        gd.critEnter();
        gd.curthread.flags |= TDF_DELAYED_WAKEUP;
        return k.splz.critExit(gd);
    }

    /** {@code wakeup_end_delayed}, sys/kern/kern_synch.c. */
    public Next wakeupEndDelayed(Globaldata gd) {
        if ((gd.curthread.flags & TDF_DELAYED_WAKEUP) == 0) {
            return Next.RETURN;
        }
        gd.critEnter();
        gd.curthread.flags &= ~TDF_DELAYED_WAKEUP;
        return issueDelayed(gd, 0);
    }

    private Next issueDelayed(Globaldata gd, int from) {
        for (int i = from; i < gd.delayedWakeup.length; i++) {
            Ident ident = gd.delayedWakeup[i];
            if (ident != null) {
                gd.cpu.push(delayedIssued, i, 0);
                return wakeup(gd, ident);
            }
        }
        return k.splz.critExit(gd);
    }

    private Next delayedIssued(Cpu cpu, Object ref, int i, long b) {
        Globaldata gd = Globaldata.of(cpu);
        gd.delayedWakeup[i] = null;
        return issueDelayed(gd, i + 1);
    }
}
