package dev.swtch.lwkt.plugin;

import dev.swtch.lwkt.kern.KernClock;
import dev.swtch.lwkt.kern.LwktKernel;
import dev.swtch.lwkt.kern.Systimer;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;
import dev.swtch.machine.cost.Charge;
import dev.swtch.spi.timer.DeadlineQueue;
import dev.swtch.spi.timer.PeriodicClock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The clocks of each CPU on its one-shot timer, sys/kern/kern_systimer.c: hardclock, statclock and schedclock, with the
 * same phase on all CPUs, and the one-shot timers of threads that sleep for less than a tick.
 */
final class Systimers implements Systimer {
    /** {@code hz}. */
    static final int HZ = KernClock.HZ;

    /** {@code stathz}. */
    private static final int STATHZ = 128;

    private static final long SECOND_NS = 1_000_000_000;

    private final LwktKernel k;
    private final @Nullable Timers[] timers;
    private final Frame<Object> next = new Frame<>("SYSTIMER_NEXT", (cpu, ref, a, b) -> due(Globaldata.of(cpu)));
    private final Frame<Object> scheddone = new Frame<>("SCHEDCLOCK_DONE", this::schedclockDone);

    Systimers(LwktKernel k, int ncpus) {
        this.k = k;
        this.timers = new Timers[ncpus];
    }

    /** {@code gd_systimerq}. */
    private static final class Timers {
        final PeriodicClock hardclock;
        final PeriodicClock statclock;
        final PeriodicClock schedclock;
        final DeadlineQueue oneShots = new DeadlineQueue();
        final List<Periodic> periodics = new ArrayList<>();
        long schedDue;

        Timers(long nowNs) {
            hardclock = clock(nowNs, HZ);
            statclock = clock(nowNs, STATHZ);
            schedclock = clock(nowNs, KernClock.ESTCPUFREQ);
        }

        private static PeriodicClock clock(long nowNs, int hz) {
            long period = SECOND_NS / hz;
            return new PeriodicClock(period, (nowNs / period + 1) * period);
        }

        long first() {
            long clocks = Math.min(hardclock.nextNs(), Math.min(statclock.nextNs(), schedclock.nextNs()));
            long first = Math.min(clocks, oneShots.firstDeadline());
            for (int i = 0; i < periodics.size(); i++) {
                first = Math.min(first, periodics.get(i).clock.nextNs());
            }
            return first;
        }
    }

    /** A thread that is scheduled again and again. */
    private record Periodic(LwktThread td, PeriodicClock clock) {}

    private Timers of(Globaldata gd) {
        Timers found = timers[gd.cpuid];
        if (found == null) {
            throw gd.cpu.violation("no-clocks", "a CPU's clock was used before it was started");
        }
        return found;
    }

    /** {@code initclocks_pcpu}, sys/kern/kern_clock.c: starts the clocks of a CPU. */
    @Override
    public void initclocksPcpu(Globaldata gd) {
        Timers made = new Timers(gd.cpu.now());
        timers[gd.cpuid] = made;
        gd.schedclockTime = (int) (made.schedclock.nextNs() / 1000);
        gd.cpu.armTimer(made.first());
    }

    /** A one-shot timer that schedules the current thread, for {@code nanosleep1}. */
    void oneShot(Globaldata gd, LwktThread td, long atNs) {
        gd.cpu.charge(Charge.QUEUE_OP);
        Timers mine = of(gd);
        mine.oneShots.add(td, atNs);
        gd.cpu.armTimer(mine.first());
    }

    @Override
    public void systimerInitPeriodic(Globaldata gd, LwktThread td, int hz) {
        long period = SECOND_NS / hz;
        Timers mine = of(gd);
        mine.periodics.add(new Periodic(td, new PeriodicClock(period, gd.cpu.now() + period)));
        gd.cpu.armTimer(mine.first());
    }

    @Override
    public void systimerDel(Globaldata gd, LwktThread td) {
        of(gd).periodics.removeIf(timer -> timer.td == td);
    }

    /** {@code systimer_intr}, sys/kern/kern_systimer.c: runs what is due, the earliest first, then arms the timer. */
    @Override
    public Next systimerIntr(Globaldata gd) {
        return due(gd);
    }

    private Next due(Globaldata gd) {
        Timers mine = of(gd);
        long now = gd.cpu.now();
        // The statistics clock only samples what runs.
        mine.statclock.takeDue(now);
        long first = mine.first();
        if (first > now) {
            gd.cpu.armTimer(first);
            return Next.RETURN;
        }
        gd.cpu.push(next);
        if (mine.hardclock.nextNs() == first) {
            mine.hardclock.takeDue(now);
            return k.clock.hardclock(gd);
        }
        if (mine.schedclock.nextNs() == first) {
            mine.schedDue = mine.schedclock.takeDue(now);
            gd.cpu.push(scheddone);
            return k.clock.schedclock(gd);
        }
        return k.schedule.lwktSchedule(gd, threadDue(gd, mine, first));
    }

    /** The thread whose one-shot or periodic timer is the first one due. */
    private static LwktThread threadDue(Globaldata gd, Timers mine, long first) {
        LwktThread sleeper = (LwktThread) mine.oneShots.pollDue(first);
        if (sleeper != null) {
            gd.cpu.charge(Charge.CALLOUT);
            return sleeper;
        }
        for (int i = 0; i < mine.periodics.size(); i++) {
            Periodic timer = mine.periodics.get(i);
            if (timer.clock.nextNs() == first) {
                timer.clock.takeDue(gd.cpu.now());
                return timer.td;
            }
        }
        throw gd.cpu.violation("no-timer", "a timer is due but belongs to no thread");
    }

    /** Missed periods are merged into one call, but the clock's time counts them all. */
    private Next schedclockDone(Cpu cpu, Object ref, int a, long b) {
        Globaldata gd = Globaldata.of(cpu);
        k.clock.schedclockDone(gd);
        gd.schedclockTime += (int) of(gd).schedDue * KernClock.SCHEDCLOCK_PERIOD;
        return Next.RETURN;
    }
}
