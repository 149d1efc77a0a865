package dev.swtch.lwkt.kern;

import static dev.swtch.lwkt.sys.Tdf.TDF_MP_EXITSIG;
import static dev.swtch.lwkt.sys.Tdf.TDF_MP_EXITWAIT;
import static dev.swtch.lwkt.sys.Tsleep.PINTERLOCKED;

import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;
import dev.swtch.machine.cost.Charge;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Frees LWPs that have left, sys/kern/kern_exit.c: each CPU has a list of them and a task, run by the thread of its task
 * queue. The last LWP of a process is not on it: freeing that one is part of the parent's {@code wait4}, which no thread
 * of a workload calls.
 */
public final class LwpReaper {
    /** LWPs that were freed. */
    public long reaped;

    /** Ticks slept because a thread that was out for good could not be freed yet. */
    public long polls;

    private final LwktKernel k;
    private final @Nullable Deadlwps[] deadlwps;
    private final Frame<Deadlwps> reaplwps =
            new Frame<>("REAPLWPS", (cpu, dead, a, b) -> reaplwps(Globaldata.of(cpu), dead));
    private final Frame<Deadlwps> waited =
            new Frame<>("LWP_WAITED", (cpu, dead, a, b) -> waited(Globaldata.of(cpu), dead));
    private final Frame<LwktThread> waitAgain =
            new Frame<>("LWP_WAIT", (cpu, td, a, b) -> lwpWait(Globaldata.of(cpu), td));
    private final Frame<LwktThread> interlocked = new Frame<>("LWP_INTERLOCKED", this::interlocked);

    LwpReaper(LwktKernel k, int ncpus) {
        this.k = k;
        this.deadlwps = new Deadlwps[ncpus];
    }

    /** {@code deadlwp_list} of a CPU, and what its task works on. */
    private static final class Deadlwps {
        final LwktThread taskqueue;
        final ArrayDeque<Lwp> list = new ArrayDeque<>();

        @Nullable
        Lwp current;

        Deadlwps(LwktThread taskqueue) {
            this.taskqueue = taskqueue;
        }
    }

    /** Makes the thread of a CPU's task queue; without one, LWPs that leave there are freed by nobody. */
    public Next setup(Globaldata gd, int cpu, LwktThread thread, String name) {
        Deadlwps dead = new Deadlwps(thread);
        deadlwps[cpu] = dead;
        return k.threads.lwktCreate(gd, new CreateRequest(thread, 0, cpu, name, (mycpu, td) -> reaplwps(mycpu, dead)));
    }

    /**
     * The current LWP, which leaves, is put on the list and the task queued. The list's token is only ever wanted on this
     * CPU, where its holder does not switch.
     */
    Next enqueue(Globaldata gd, Lwp lp) {
        Deadlwps dead = deadlwps[gd.cpuid];
        if (dead == null) {
            return Next.RETURN;
        }
        gd.cpu.charge(Charge.QUEUE_OP);
        gd.cpu.charge(Charge.ATOMIC, 2);
        dead.list.addFirst(lp);
        return k.synch.wakeup(gd, dead.taskqueue.ident);
    }

    /** {@code reaplwps}, sys/kern/kern_exit.c, in the loop of the task queue's thread. */
    private Next reaplwps(Globaldata gd, Deadlwps dead) {
        Lwp lp = dead.list.pollFirst();
        dead.current = lp;
        if (lp == null) {
            gd.cpu.push(reaplwps, dead);
            return k.synch.tsleep(gd, dead.taskqueue.ident, 0, "tqthr", 0);
        }
        gd.cpu.charge(Charge.QUEUE_OP);
        gd.cpu.push(waited, dead);
        return lwpWait(gd, lp.thread());
    }

    /** {@code reaplwp}, sys/kern/kern_exit.c: a thread somebody still holds is looked at again each tick. */
    private Next waited(Globaldata gd, Deadlwps dead) {
        Lwp lp = dead.current;
        if (lp == null) {
            throw gd.cpu.violation("no-lwp", "there is nothing to reap");
        }
        if (!k.exit.lwpReap(gd, lp)) {
            ++polls;
            gd.cpu.push(waited, dead);
            return k.synch.tsleep(gd, lp.thread().ident, 0, "lwpreap", 1);
        }
        ++reaped;
        if (gd.cpu.pathIsLong()) {
            gd.cpu.push(reaplwps, dead);
            return gd.cpu.park();
        }
        return reaplwps(gd, dead);
    }

    /**
     * The handshake of {@code lwp_wait}, sys/kern/kern_exit.c: until a thread is out for good. It says so itself, or
     * rather the next thread on its CPU does, so that nobody polls.
     */
    Next lwpWait(Globaldata gd, LwktThread td) {
        gd.cpu.charge(Charge.ATOMIC);
        if ((td.mpflags & TDF_MP_EXITSIG) != 0) {
            return Next.RETURN;
        }
        gd.critEnter();
        k.synch.tsleepInterlockInCrit(gd, td.ident, 0);
        gd.cpu.push(interlocked, td);
        return k.splz.critExit(gd);
    }

    private Next interlocked(Cpu cpu, LwktThread td, int a, long b) {
        cpu.charge(Charge.ATOMIC);
        cpu.push(waitAgain, td);
        if ((td.mpflags & TDF_MP_EXITSIG) != 0) {
            return Next.RETURN;
        }
        td.mpflags |= TDF_MP_EXITWAIT;
        return k.synch.tsleep(Globaldata.of(cpu), td.ident, PINTERLOCKED, "lwpxt", 0);
    }
}
