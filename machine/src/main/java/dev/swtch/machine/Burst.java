package dev.swtch.machine;

import dev.swtch.machine.trace.TraceKind;
import org.jspecify.annotations.Nullable;

/**
 * The work of the context a CPU runs: when it began, at which speed, and what a cold cache takes of it first.
 *
 * <p>A CPU's speed is constant between two changes of its SMT siblings; at a change the work done so far is settled.
 */
final class Burst {
    /** Work is counted in 2^-10 ns, so that the slower rates of SMT siblings lose nothing to rounding. */
    static final int UNIT_BITS = 10;

    private static final int FULL_RATE = 1 << UNIT_BITS;

    private final Machine machine;
    private final Cpu cpu;
    private @Nullable Context lastWorker;
    private long runFrom;
    private int rate = FULL_RATE;

    Burst(Machine machine, Cpu cpu) {
        this.machine = machine;
        this.cpu = cpu;
    }

    /** The current context's work begins at the cursor. */
    void begin() {
        Context context = cpu.current();
        if (lastWorker != context || context.lastCpu != cpu.id()) {
            chargeCold(context);
        }
        runFrom = cpu.cursor;
        rate = machine.rate(cpu.id());
        machine.trace(TraceKind.WORK, cpu, context.number(), context.work);
        machine.armGo(cpu.id(), runFrom + ticks(context.debt + context.work));
    }

    /** A context comes to a cache that others used since, or that is not the one it left: it owes work, but not twice. */
    private void chargeCold(Context context) {
        lastWorker = context;
        if (context.lastCpu != Context.NO_CPU && context.mode == Mode.USER) {
            long ns = machine.interconnect().coldDebt(context.lastCpu, cpu.id(), cpu.cursor - context.savedAt);
            context.debt = Math.max(context.debt, ns << UNIT_BITS);
        }
        context.worksOn(cpu.id());
    }

    /** Takes the work done up to an instant off the burst. */
    void settle(long time) {
        if (time <= runFrom) {
            return;
        }
        Context context = cpu.current();
        long done = (time - runFrom) * rate;
        long cold = Math.min(done, context.debt);
        if (cold > 0) {
            context.debt -= cold;
            context.coldWork += cold;
            cpu.ledger.account(Usage.COLD, runFrom + ticks(cold));
        }
        long work = Math.min(done - cold, context.work);
        context.work -= work;
        if (context.mode == Mode.USER) {
            context.userWork += work;
            cpu.ledger.account(Usage.USER, time);
        } else {
            context.kernelWork += work;
            cpu.ledger.account(Usage.KERNEL_WORK, time);
        }
        runFrom = time;
    }

    /** Work that will be left of the burst at an instant, if nothing comes between. */
    long workLeft(long time) {
        Context context = cpu.current();
        long done = Math.max(0, time - runFrom) * rate;
        return Math.max(0, context.work - Math.max(0, done - context.debt));
    }

    /** A sibling became busy or idle: settles, and re-arms the end of the burst for the new speed. */
    void rateChanged(long time) {
        settle(time);
        rate = machine.rate(cpu.id());
        Context context = cpu.current();
        machine.armGo(cpu.id(), Math.max(runFrom, time) + ticks(context.debt + context.work));
    }

    private long ticks(long units) {
        // Without busy siblings, which is the rule, no division is needed.
        return rate == FULL_RATE ? units + FULL_RATE - 1 >> UNIT_BITS : (units + rate - 1) / rate;
    }
}
