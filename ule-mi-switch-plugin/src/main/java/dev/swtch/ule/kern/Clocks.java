package dev.swtch.ule.kern;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Next;
import dev.swtch.spi.timer.PeriodicClock;
import org.jspecify.annotations.Nullable;

/**
 * The clocks of each CPU on its one-shot timer: sys/kern/kern_clocksource.c, kern_clock.c.
 *
 * <p>All CPUs' clocks have the same phase. An idle CPU postpones its hz clock and stops its statistics clock; what it
 * missed is delivered with its count when it becomes active.
 */
final class Clocks {
    private static final long SECOND_NS = 1_000_000_000;

    /** {@code getnextcpuevent}: an idle CPU keeps half a second of hz ticks for later. */
    private static final int IDLE_HARDCLOCKS = SchedTunables.HZ / 2;

    /** Uptime, in 2^-32 s, of a kernel whose clocks were never started: it stands still unless it is set. */
    long stoppedUptime;

    private final UleKernel k;
    private final @Nullable EventState[] states;
    private boolean started;

    Clocks(UleKernel k) {
        this.k = k;
        states = new EventState[k.ncpus()];
    }

    /** {@code struct pcpu_state}: what a CPU's timer is to do next. */
    private static final class EventState {
        final PeriodicClock hard;
        final PeriodicClock stat;
        boolean idle;
        int pcTicks;

        EventState(long nowNs, int stathz) {
            long hardNs = SECOND_NS / SchedTunables.HZ;
            long statNs = SECOND_NS / stathz;
            hard = new PeriodicClock(hardNs, (nowNs / hardNs + 1) * hardNs);
            stat = new PeriodicClock(statNs, (nowNs / statNs + 1) * statNs);
        }
    }

    private EventState state(Cpu cpu) {
        EventState state = states[cpu.id()];
        if (state == null) {
            throw cpu.violation("no-clocks", "a CPU's clock was used before it was started");
        }
        return state;
    }

    /** Starts the clocks of a CPU: {@code cpu_initclocks_bsp}, {@code cpu_initclocks_ap}. */
    void cpuInitclocks(Cpu cpu) {
        EventState state = new EventState(cpu.now(), k.tune.realstathz);
        state.pcTicks = k.ticks;
        states[cpu.id()] = state;
        started = true;
        loadtimer(cpu, state, false);
    }

    /** The timer's interrupt: {@code hardclockintr}, inside the critical section of {@code lapic_handle_timer}. */
    Next timerIntr(Cpu cpu) {
        UleThread td = Pcpu.curthread(cpu);
        k.critical.criticalEnter(cpu);
        td.intrNestingLevel++;
        handleevents(cpu, state(cpu));
        td.intrNestingLevel--;
        return k.critical.criticalExit(cpu);
    }

    /** Does all that is due, with the real count of missed events: {@code handleevents}. */
    private void handleevents(Cpu cpu, EventState state) {
        long now = cpu.now();
        int hard = (int) state.hard.takeDue(now);
        if (hard > 0) {
            hardclock(state, hard);
        }
        int stat = (int) state.stat.takeDue(now);
        if (stat > 0) {
            statclock(cpu, stat);
        }
        if (sbinuptime(cpu) >= k.callouts.firsteventOpt(cpu.id())) {
            k.callouts.calloutProcess(cpu);
        }
        loadtimer(cpu, state, false);
    }

    /** {@code hardclock}, sys/kern/kern_clock.c: the CPU that is ahead advances the kernel's ticks. */
    private void hardclock(EventState state, int cnt) {
        state.pcTicks += cnt;
        if (state.pcTicks - k.ticks > 0) {
            k.ticks = state.pcTicks;
        }
    }

    /** {@code statclock}, sys/kern/kern_clock.c. */
    private void statclock(Cpu cpu, int cnt) {
        UleThread td = Pcpu.curthread(cpu);
        k.locks.threadLock(cpu, td);
        k.clock.schedClock(cpu, td, cnt);
        k.locks.threadUnlockHeld(cpu, td);
    }

    /** {@code getnextcpuevent} and {@code loadtimer}. */
    private void loadtimer(Cpu cpu, EventState state, boolean idle) {
        long next = state.hard.nextNs();
        if (idle) {
            next += state.hard.periodNs() * (IDLE_HARDCLOCKS - 1);
        } else {
            next = Math.min(next, state.stat.nextNs());
        }
        long callout = k.callouts.firstevent(cpu.id());
        cpu.armTimer(callout == Long.MAX_VALUE ? next : Math.min(next, Sbt.toNsUp(callout)));
    }

    /** The uptime at this point of the path, in 2^-32 s: {@code sbinuptime}, sys/kern/kern_tc.c. */
    long sbinuptime(Cpu cpu) {
        return started ? Sbt.ofNs(cpu.now()) : stoppedUptime;
    }

    /** The uptime cached by the last hz tick of this CPU: {@code getsbinuptime}, sys/kern/kern_tc.c. */
    long lastTickSbt(Cpu cpu) {
        PeriodicClock hard = state(cpu).hard;
        return Sbt.ofNs(Math.max(0, hard.nextNs() - hard.periodNs()));
    }

    /** A CPU begins a long wait: {@code cpu_idleclock}. */
    void cpuIdleclock(Cpu cpu) {
        EventState state = state(cpu);
        state.idle = true;
        loadtimer(cpu, state, true);
    }

    /** The wait is over: {@code cpu_activeclock}. */
    void cpuActiveclock(Cpu cpu) {
        EventState state = state(cpu);
        if (!state.idle) {
            return;
        }
        state.idle = false;
        UleThread td = Pcpu.curthread(cpu);
        k.critical.spinlockEnter(cpu);
        td.intrNestingLevel++;
        handleevents(cpu, state);
        td.intrNestingLevel--;
        k.critical.spinlockExitHeld(cpu);
    }

    /** A callout was armed on this CPU: the timer may have to fire earlier, {@code cpu_new_callout}. */
    void cpuNewCallout(Cpu cpu) {
        EventState state = states[cpu.id()];
        if (state != null) {
            loadtimer(cpu, state, state.idle);
        }
    }
}
