package dev.swtch.lwkt.usched;

import static dev.swtch.lwkt.usched.UserPriority.PPQ;

import dev.swtch.lwkt.kern.LwktKernel;
import dev.swtch.lwkt.sys.Cpumask;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.lwkt.sys.LwpQueue;
import dev.swtch.machine.cost.Charge;
import org.jspecify.annotations.Nullable;

/** Which LWP a CPU takes off the user run queues, sys/kern/usched_bsd4.c; with their lock held. */
final class Bsd4Chooseproc {
    private final LwktKernel k;
    private final UschedBsd4 bsd4;
    private final Bsd4Notify notify;

    Bsd4Chooseproc(LwktKernel k, UschedBsd4 bsd4, Bsd4Notify notify) {
        this.k = k;
        this.bsd4 = bsd4;
        this.notify = notify;
    }

    /**
     * {@code chooseproc_locked}, sys/kern/usched_bsd4.c: the first of the best queue that may run here; its successor if
     * that one was here last, whether it may run here or not.
     *
     * @param chklp if not null, nothing is taken unless it is better than this one by a queue
     */
    @Nullable
    Lwp locked(Globaldata gd, @Nullable Lwp chklp) {
        Lwp lp = best(gd);
        if (lp == null || keeps(chklp, lp)) {
            return null;
        }
        if (lp.thread().gd != gd) {
            Lwp next = LwpQueue.next(lp);
            if (next != null && next.thread().gd == gd && mayTake(gd, next)) {
                lp = next;
            }
        }
        return taken(gd, lp);
    }

    private @Nullable Lwp best(Globaldata gd) {
        UserRunq runq = bsd4.runq;
        for (int ofClass = UserRunq.REALTIME; ofClass < UserRunq.CLASSES; ofClass++) {
            for (int bits = runq.bits[ofClass]; bits != 0; bits &= bits - 1) {
                Lwp lp =
                        runq.queue(ofClass, Integer.numberOfTrailingZeros(bits)).first();
                for (; lp != null; lp = LwpQueue.next(lp)) {
                    gd.cpu.charge(Charge.SCAN_ITEM);
                    if (lp.cpumask.has(gd.cpuid)) {
                        return lp;
                    }
                }
            }
        }
        return null;
    }

    /**
     * {@code chooseproc_locked_cache_coherent}, sys/kern/usched_bsd4.c: an LWP that was queued just now and ran far away is
     * left to the CPUs near that place, which are told; after some of them the nearest is taken all the same, even one
     * that may not run here.
     */
    @Nullable
    Lwp cacheCoherent(Globaldata gd, Bsd4Pcpu dd, @Nullable Lwp chklp) {
        UserRunq runq = bsd4.runq;
        Lwp nearest = null;
        int nearestDistance = Integer.MAX_VALUE;
        int checks = 0;
        for (int ofClass = UserRunq.REALTIME; ofClass < UserRunq.CLASSES; ofClass++) {
            for (int bits = runq.bits[ofClass]; bits != 0; bits &= bits - 1) {
                Lwp lp =
                        runq.queue(ofClass, Integer.numberOfTrailingZeros(bits)).first();
                while (lp != null) {
                    if (checks >= bsd4.tunables.queueChecks) {
                        return elected(gd, nearest, chklp);
                    }
                    gd.cpu.charge(Charge.SCAN_ITEM);
                    if (!isDeferred(gd, dd, lp)) {
                        return elected(gd, lp, chklp);
                    }
                    int distance = distance(gd, lp);
                    if (distance < nearestDistance
                            || distance == nearestDistance && nearest != null && lp.priority < nearest.priority) {
                        notify.kick(gd, nearest);
                        nearest = lp;
                        nearestDistance = distance;
                    } else {
                        notify.kick(gd, lp);
                    }
                    lp = LwpQueue.next(lp);
                    if (lp != null) {
                        checks++;
                    }
                }
            }
        }
        notify.kick(gd, nearest);
        return null;
    }

    private boolean isDeferred(Globaldata gd, Bsd4Pcpu dd, Lwp lp) {
        if (!lp.cpumask.has(gd.cpuid)) {
            return true;
        }
        int level = Math.min(bsd4.tunables.stickToLevel, dd.groups.size() - 1);
        Cpumask siblings = dd.groups.get(level).members();
        int schedTicks = k.clock.schedTicks;
        return !siblings.has(lp.thread().gd.cpuid)
                && (lp.rebalTicks == schedTicks || lp.rebalTicks == schedTicks - 1)
                && batchyLooserPriTest(gd, lp);
    }

    /** {@code batchy_looser_pri_test}, sys/kern/usched_bsd4.c: no CPU runs an LWP that is much worse. */
    private boolean batchyLooserPriTest(Globaldata gd, Lwp lp) {
        int limit = bsd4.tunables.upriAffinity * PPQ;
        for (int cpu = bsd4.curprocmask.lowest(); cpu >= 0; cpu = bsd4.curprocmask.next(cpu + 1)) {
            gd.cpu.charge(Charge.SCAN_ITEM);
            if (bsd4.allCpus().has(cpu) && bsd4.pcpu(cpu).upri - lp.priority > limit) {
                return false;
            }
        }
        return true;
    }

    /** Levels of the topology between an LWP's last CPU and the first group this CPU is in too. */
    private int distance(Globaldata gd, Lwp lp) {
        int level = 0;
        for (CpuNode group : bsd4.pcpu(lp.thread().gd.cpuid).groups) {
            if (group.has(gd.cpuid)) {
                break;
            }
            level++;
        }
        return level;
    }

    private @Nullable Lwp elected(Globaldata gd, @Nullable Lwp lp, @Nullable Lwp chklp) {
        if (lp == null) {
            return null;
        }
        if (keeps(chklp, lp)) {
            notify.kick(gd, lp);
            return null;
        }
        if (!mayTake(gd, lp)) {
            return null;
        }
        return taken(gd, lp);
    }

    private static boolean keeps(@Nullable Lwp chklp, Lwp lp) {
        return chklp != null && chklp.priority < lp.priority + PPQ;
    }

    private boolean mayTake(Globaldata gd, Lwp lp) {
        return !bsd4.tunables.pullChecksCpumask || lp.cpumask.has(gd.cpuid);
    }

    private Lwp taken(Globaldata gd, Lwp lp) {
        bsd4.runq.remove(gd, lp, "chooseproc_locked");
        return lp;
    }
}
