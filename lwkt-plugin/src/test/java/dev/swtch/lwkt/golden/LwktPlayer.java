package dev.swtch.lwkt.golden;

import static dev.swtch.lwkt.sys.Lwp.LWP_MP_ONRUNQ;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swtch.lwkt.kern.LwktKernel;
import dev.swtch.lwkt.kern.LwktRunq;
import dev.swtch.lwkt.kern.Synch;
import dev.swtch.lwkt.kern.Systimer;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.Ident;
import dev.swtch.lwkt.sys.Kassert;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.LwktToken;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.lwkt.sys.Proc;
import dev.swtch.lwkt.sys.Tdf;
import dev.swtch.lwkt.sys.Usched;
import dev.swtch.machine.Next;
import dev.swtch.machine.Vector;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Plays recordings of LWKT alone: user scheduler, sleeping and clocks are stubs as the recordings' own. */
final class LwktPlayer extends KernelPlayer {
    private final Map<Lwp, Integer> releases = new IdentityHashMap<>();
    private int wakeups;

    /** What happens besides when a thread leaves a sleep queue, and when an LWP is to be designated. */
    Consumer<LwktThread> onTsleepRemove = td -> {};

    Consumer<Globaldata> onAcquire = gd -> {};

    @Override
    Synch synch(LwktKernel k) {
        return new Sleep(k);
    }

    @Override
    Systimer systimer(LwktKernel k) {
        return gd -> {
            LwktRunq.lwktSchedulerclock(gd, gd.curthread);
            return Next.RETURN;
        };
    }

    @Override
    void booted(Words words) {
        wakeups = 0;
    }

    @Override
    boolean event(Words words, int cpu) {
        if (words.name().equals("clock")) {
            machine.interruptNow(cpu, Vector.TIMER);
            return true;
        }
        return false;
    }

    /** Sleeping as {@code sleep} does, waking as a counter. */
    private final class Sleep implements Synch {
        private final LwktKernel k;

        Sleep(LwktKernel k) {
            this.k = k;
        }

        @Override
        public Next tsleep(Globaldata gd, Ident ident, int flags, String wmesg, int timo) {
            return sleep(k, gd);
        }

        @Override
        public Next wakeup(Globaldata gd, Ident ident) {
            wakeups++;
            return Next.RETURN;
        }

        @Override
        public Next wakeupMycpu(Globaldata gd, Ident ident) {
            return wakeup(gd, ident);
        }

        @Override
        public void tsleepInterlockInCrit(Globaldata gd, Ident ident, int flags) {
            gd.curthread.flags |= Tdf.TDF_TSLEEPQ;
        }

        @Override
        public void tsleepRemove(Globaldata gd, LwktThread td) {
            Kassert.kkassert(td.gd == gd && gd.curthread.critcount > 0, gd, "tsleep_remove", "td->td_gd == mycpu");
            Kassert.kkassert(!td.has(Tdf.TDF_MIGRATING), gd, "tsleep_remove", "(td->td_flags & TDF_MIGRATING) == 0");
            td.flags &= ~Tdf.TDF_TSLEEPQ;
            onTsleepRemove.accept(td);
        }
    }

    /** The user scheduler: counts what LWKT asks of it. */
    private final class Releases implements Usched {
        @Override
        public Next releaseCurproc(Globaldata gd, Lwp lp) {
            releases.merge(lp, 1, Integer::sum);
            return Next.RETURN;
        }

        @Override
        public Next acquireCurproc(Globaldata gd, Lwp lp) {
            onAcquire.accept(gd);
            return Next.RETURN;
        }

        @Override
        public Next setrunqueue(Globaldata gd, Lwp lp) {
            return Next.RETURN;
        }

        @Override
        public Next schedulerclock(Globaldata gd, Lwp lp) {
            return Next.RETURN;
        }

        @Override
        public Next recalculate(Globaldata gd, Lwp lp) {
            return Next.RETURN;
        }

        @Override
        public Next resetpriority(Globaldata gd, Lwp lp) {
            return Next.RETURN;
        }

        @Override
        public void heuristicForking(Globaldata gd, Lwp parent, Lwp child) {}

        @Override
        public void heuristicExiting(Globaldata gd, Lwp lp) {}

        @Override
        public void uloadUpdate(Globaldata gd, Lwp lp) {}

        @Override
        public Next schedYield(Globaldata gd, Lwp lp) {
            return Next.RETURN;
        }

        @Override
        public void changedcpu(Globaldata gd, Lwp lp) {}
    }

    private Lwp lwp(LwktThread td) {
        Lwp lp = new Lwp(new Proc(td.comm, new Releases(), 0), new LwktToken(0, td.comm));
        lp.setThread(td);
        return lp;
    }

    @Override
    void attributes(Words words, LwktThread td) {
        if (words.has("lwp")) {
            lwp(td);
        }
        td.release = words.has("release") ? kernel.passive.lwktPassiveRelease : null;
    }

    @Override
    Next executeOther(Words words, Globaldata gd, ObjectNode result) {
        switch (words.name()) {
            case "release" -> gd.curthread.release = words.on(2) ? kernel.passive.lwktPassiveRelease : null;
            case "onrunq" -> {
                Lwp lp = thread(words, 2).lwp;
                if (lp == null) {
                    throw new IllegalArgumentException("no LWP: " + words);
                }
                lp.mpflags = words.on(3) ? lp.mpflags | LWP_MP_ONRUNQ : lp.mpflags & ~LWP_MP_ONRUNQ;
            }
            default -> throw new IllegalArgumentException("unknown operation: " + words);
        }
        return Next.RETURN;
    }

    // ---- state --------------------------------------------------------------------------------------------------

    @Override
    void addCpu(ObjectNode node, Globaldata gd) {}

    @Override
    void addThread(ObjectNode node, LwktThread td) {
        Lwp lp = td.lwp;
        node.put("releases", lp == null ? 0 : releases.getOrDefault(lp, 0));
        node.put("onrunq", lp != null && (lp.mpflags & LWP_MP_ONRUNQ) != 0);
    }

    @Override
    void addTokens(ObjectNode node) {}

    @Override
    void addSections(ObjectNode state, ObjectNode g) {
        g.put("wakeups", wakeups);
    }
}
