package dev.swtch.lwkt.kern;

import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;

/**
 * The three periodic clocks of each CPU on its one-shot timer, for runs of the kernel without the rest of the plugin.
 *
 * <p>They are the non-queued kind: missed periods merge into one call. The statclock only accounts for time, which the
 * machine does better; what is left of it is its interrupt.
 */
final class RunClocks implements Systimer {
    private static final int HARDCLOCK = 0;
    private static final int STATCLOCK = 1;
    private static final int SCHEDCLOCK = 2;

    /** hz 100, stathz 128, ESTCPUFREQ 50. */
    private static final long[] PERIOD_NS = {10_000_000, 7_812_500, KernClock.SCHEDCLOCK_PERIOD * 1000L};

    private final LwktKernel k;
    private final long[][] due;
    private final Frame<Object> next = new Frame<>("SYSTIMER", (cpu, ref, a, b) -> systimerIntr(Globaldata.of(cpu)));
    private final Frame<Object> schedDone = new Frame<>("SYSTIMER_SCHED", this::schedDone);

    /** Makes the clocks of all CPUs of a kernel, stopped. */
    RunClocks(LwktKernel k, int ncpus) {
        this.k = k;
        this.due = new long[ncpus][PERIOD_NS.length];
    }

    @Override
    public void initclocksPcpu(Globaldata gd) {
        for (int clock = 0; clock < PERIOD_NS.length; clock++) {
            due[gd.cpuid][clock] = gd.cpu.now() + PERIOD_NS[clock];
        }
        gd.schedclockTime = (int) (due[gd.cpuid][SCHEDCLOCK] / 1000);
        arm(gd);
    }

    /** {@code systimer_intr}, sys/kern/kern_systimer.c: calls what is due, the earliest first, and arms the timer. */
    @Override
    public Next systimerIntr(Globaldata gd) {
        int clock = first(gd);
        long[] at = due[gd.cpuid];
        if (at[clock] > gd.cpu.now()) {
            arm(gd);
            return Next.RETURN;
        }
        int periods = (int) ((gd.cpu.now() - at[clock]) / PERIOD_NS[clock]) + 1;
        at[clock] += periods * PERIOD_NS[clock];
        gd.cpu.push(next);
        switch (clock) {
            case HARDCLOCK -> {
                return k.clock.hardclock(gd);
            }
            case SCHEDCLOCK -> {
                gd.cpu.push(schedDone, periods, 0);
                return k.clock.schedclock(gd);
            }
            default -> {
                return Next.RETURN;
            }
        }
    }

    private Next schedDone(Cpu cpu, Object ref, int periods, long b) {
        Globaldata gd = Globaldata.of(cpu);
        k.clock.schedclockDone(gd);
        gd.schedclockTime += periods * KernClock.SCHEDCLOCK_PERIOD;
        return Next.RETURN;
    }

    private int first(Globaldata gd) {
        long[] at = due[gd.cpuid];
        int first = HARDCLOCK;
        if (at[STATCLOCK] < at[first]) {
            first = STATCLOCK;
        }
        return at[SCHEDCLOCK] < at[first] ? SCHEDCLOCK : first;
    }

    private void arm(Globaldata gd) {
        gd.cpu.armTimer(due[gd.cpuid][first(gd)]);
    }
}
