package dev.swtch.lwkt.kern;

import static dev.swtch.lwkt.sys.Rqf.RQF_IDLECHECK_MASK;

import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;

/** Giving way while staying runnable, sys/kern/lwkt_thread.c. */
public final class LwktYield {
    private final LwktKernel k;
    private final Frame<Object> yieldSplzed = new Frame<>("YIELD", (cpu, ref, a, b) -> yieldSplzed(Globaldata.of(cpu)));
    private final Frame<Object> quickSplzed =
            new Frame<>("YIELD_QUICK", (cpu, ref, a, b) -> quickSplzed(Globaldata.of(cpu)));
    private final Frame<Object> userSplzed =
            new Frame<>("USER_YIELD", (cpu, ref, a, b) -> userSplzed(Globaldata.of(cpu)));
    private final Frame<Object> scheduledSelf = new Frame<>("YIELD_SCHEDULED_SELF", this::scheduledSelf);

    LwktYield(LwktKernel k) {
        this.k = k;
    }

    /** Whether pending work is run before yielding, even in a critical section. */
    private static boolean splzWanted(Globaldata gd) {
        return (gd.reqflags & RQF_IDLECHECK_MASK) != 0 && gd.curthread.nestCount < 2;
    }

    /** {@code lwkt_yield}, sys/kern/lwkt_thread.c. */
    public Next lwktYield(Globaldata gd) {
        if (splzWanted(gd)) {
            gd.cpu.push(yieldSplzed);
            return k.splz.splz(gd);
        }
        return yieldSplzed(gd);
    }

    private Next yieldSplzed(Globaldata gd) {
        if (gd.lwktReschedWanted()) {
            gd.cpu.push(scheduledSelf);
            return k.schedule.lwktScheduleSelf(gd, gd.curthread);
        }
        return Next.RETURN;
    }

    private Next scheduledSelf(Cpu cpu, Object ref, int a, long b) {
        return k.lwktSwitch.lwktSwitch(Globaldata.of(cpu));
    }

    /** {@code lwkt_yield_quick}, sys/kern/lwkt_thread.c: does not give way to equals. */
    public Next lwktYieldQuick(Globaldata gd) {
        if (splzWanted(gd)) {
            gd.cpu.push(quickSplzed);
            return k.splz.splz(gd);
        }
        return quickSplzed(gd);
    }

    private Next quickSplzed(Globaldata gd) {
        if (gd.lwktReschedWanted()) {
            gd.critEnter();
            if (gd.tdrunq.first() == gd.curthread) {
                gd.clearLwktResched();
                return k.splz.critExit(gd);
            }
            k.splz.pushCritExit(gd);
            gd.cpu.push(scheduledSelf);
            return k.schedule.lwktScheduleSelf(gd, gd.curthread);
        }
        return Next.RETURN;
    }

    /** {@code lwkt_user_yield}, sys/kern/lwkt_thread.c: for kernel code that works for a user thread. */
    public Next lwktUserYield(Globaldata gd) {
        if (splzWanted(gd)) {
            gd.cpu.push(userSplzed);
            return k.splz.splz(gd);
        }
        return userSplzed(gd);
    }

    private Next userSplzed(Globaldata gd) {
        if (gd.lwktReschedWanted() || gd.userReschedWanted()) {
            return k.lwktSwitch.lwktSwitch(gd);
        }
        return Next.RETURN;
    }
}
