package dev.swtch.machine;

import dev.swtch.machine.cost.Charge;
import dev.swtch.machine.cost.Delay;
import dev.swtch.machine.trace.TraceKind;

/** Brings events to one CPU: begins paths, runs their frames, and lets the CPU rest when they are over. */
final class PathRunner {
    private static final int USER_BIT = 0x100;
    private static final CpuState[] STATES = CpuState.values();

    private final Machine machine;
    private final Cpu cpu;
    private final PendingVectors pending;
    private final CpuLedger ledger;
    private final Burst burst;
    private final Frame<Object> iret =
            new Frame<>("IRET", (at, ref, was, local) -> at.paths.returnFromInterrupt(was, local));
    private boolean inPath;
    private boolean interruptedUser;

    PathRunner(Machine machine, Cpu cpu) {
        this.machine = machine;
        this.cpu = cpu;
        this.pending = cpu.pending;
        this.ledger = cpu.ledger;
        this.burst = new Burst(machine, cpu);
    }

    boolean isInPath() {
        return inPath;
    }

    boolean interruptedUser() {
        return interruptedUser;
    }

    // ---- vectors ------------------------------------------------------------------------------------------------

    /** Notes a vector that arrives at an instant not before the machine's time; false if it was pending. */
    boolean raise(int vector, long arrivalNs) {
        if (!pending.add(vector, arrivalNs)) {
            return false;
        }
        armVectors();
        return true;
    }

    private void armVectors() {
        if (!pending.isEmpty() && !pending.isClosed() && canTake()) {
            machine.armVectors(cpu.id(), Math.max(pending.firstArrival(), cpu.cursor));
        }
    }

    /** The CPU's own timer or a device raises a vector at this instant: taken without a detour if the CPU may. */
    void raiseNow(int vector, long time) {
        if (pending.add(vector, time)) {
            vectorsDue(time);
        }
    }

    /** A pending vector may be due: taken if the CPU rests with interrupts open, else when it does. */
    void vectorsDue(long time) {
        if (canTake() && !pending.isClosed() && cpu.cursor <= time && pending.isDue(time)) {
            takeVector(pending.first(), pending.firstArrival(), Math.max(time, cpu.cursor));
        } else {
            armVectors();
        }
    }

    private boolean canTake() {
        return !inPath && cpu.state != CpuState.OFF && cpu.state != CpuState.STOPPED;
    }

    /** Takes a vector at once although no event brought it, as a recorded script does. */
    void takeNow(int vector, long time) {
        takeVector(vector, time, time);
    }

    private void takeVector(int vector, long arrival, long time) {
        begin(time);
        pending.remove(vector);
        Arrival how = pending.situationAt(arrival);
        CpuState was = cpu.state;
        interruptedUser = was == CpuState.RUNNING && cpu.current().mode == Mode.USER;
        if (was.isIdle()) {
            cpu.cursor += machine.delay(was == CpuState.HALTED ? Delay.HALT_EXIT : Delay.MONITOR_EXIT);
            ledger.account(Usage.IDLE, cpu.cursor);
            machine.idleChanged(cpu, false);
        } else {
            long local = was == CpuState.SPINNING ? cpu.nextLook : cpu.current().work;
            cpu.stack.push(iret, was.ordinal() | (interruptedUser ? USER_BIT : 0), local);
        }
        ledger.countInterrupt();
        cpu.charge(Charge.INTERRUPT_ENTER);
        machine.trace(TraceKind.INTERRUPT, cpu, vector, arrival);
        run(machine.kernel().interrupt(cpu, vector, how));
    }

    private Next returnFromInterrupt(int was, long local) {
        cpu.charge(Charge.INTERRUPT_RETURN);
        switch (STATES[was & ~USER_BIT]) {
            case RUNNING -> {
                Context context = cpu.current();
                context.work = local;
                context.mode = (was & USER_BIT) != 0 ? Mode.USER : Mode.KERNEL;
                return cpu.rest(CpuState.RUNNING);
            }
            case STOPPED -> {
                return cpu.rest(CpuState.STOPPED);
            }
            case SPINNING -> {
                ledger.account(Usage.KERNEL, cpu.cursor);
                // The context may have spun on another CPU before.
                cpu.lookPeriod = Math.max(1, machine.costs().price(Charge.SPIN_LOOK));
                long late = Math.max(0, cpu.cursor - local);
                cpu.nextLook = local + (late + cpu.lookPeriod - 1) / cpu.lookPeriod * cpu.lookPeriod;
                return cpu.rest(CpuState.SPINNING);
            }
            default -> {
                return Next.RETURN;
            }
        }
    }

    // ---- the CPU's own events -----------------------------------------------------------------------------------

    /** A burst is done, a look falls due, a parked path goes on, a store was seen. */
    void go(long time) {
        boolean wasIdle = cpu.state.isIdle();
        begin(time);
        if (wasIdle) {
            machine.idleChanged(cpu, false);
        }
        run(Next.RETURN);
    }

    /** Another CPU stores to the monitored line at an instant not before the machine's time. */
    void storeSeen(long atNs) {
        if (cpu.state == CpuState.MONITORING) {
            machine.armGoBy(cpu.id(), Math.max(atNs, cpu.cursor) + machine.delay(Delay.MONITOR_EXIT));
        } else if (cpu.state == CpuState.POLLING) {
            long before = Math.max(0, cpu.nextLook - Math.max(atNs, cpu.cursor));
            machine.armGoBy(cpu.id(), cpu.nextLook - before / cpu.lookPeriod * cpu.lookPeriod);
        }
    }

    /** The CPU starts: the kernel loads its first context. */
    void startUp(long time) {
        ledger.account(Usage.OFF, time);
        cpu.cursor = Math.max(cpu.cursor, time);
        inPath = true;
        pending.beginPath(cpu.cursor);
        machine.idleChanged(cpu, false);
        run(machine.kernel().start(cpu));
    }

    /** Runs a frame on the current stack, as a recorded script does; the CPU rests before and after. */
    void call(long time, Frame<?> entry) {
        boolean wasIdle = cpu.state.isIdle();
        begin(time);
        if (wasIdle) {
            machine.idleChanged(cpu, false);
        }
        cpu.stack.push(entry, 0, 0);
        run(Next.RETURN);
    }

    // ---- a path -------------------------------------------------------------------------------------------------

    private void begin(long time) {
        if (inPath) {
            throw cpu.violation("nested-entry", "an entry was made while a path runs on the same CPU");
        }
        settle(time);
        cpu.cursor = Math.max(cpu.cursor, time);
        inPath = true;
        pending.beginPath(cpu.cursor);
        cpu.cursor += ledger.payOwed();
    }

    /** Runs frames until the path is over. */
    private void run(Next first) {
        Next next = first;
        while (next == Next.RETURN) {
            next = cpu.stack.pop(cpu);
        }
        end();
    }

    private void end() {
        if (!cpu.resting) {
            throw cpu.violation("no-rest", "a path ended without naming the state to rest in");
        }
        cpu.resting = false;
        inPath = false;
        CpuState state = cpu.state;
        ledger.account(state == CpuState.SPINNING ? Usage.SPIN : Usage.KERNEL, cpu.cursor);
        machine.observer().pathEnded(cpu);
        switch (state) {
            case RUNNING -> burst.begin();
            case PATH -> machine.armGo(cpu.id(), cpu.cursor);
            case SPINNING -> machine.armGo(cpu.id(), cpu.nextLook);
            case POLLING, MONITORING, HALTED -> beginIdle();
            case OFF, STOPPED -> machine.cancelGo(cpu.id());
        }
        pending.endPath(cpu.cursor);
        armVectors();
    }

    private void beginIdle() {
        if (cpu.state == CpuState.POLLING) {
            machine.armGo(cpu.id(), cpu.nextLook);
        } else {
            machine.cancelGo(cpu.id());
        }
        machine.trace(TraceKind.IDLE, cpu, cpu.state.ordinal(), 0);
        machine.idleChanged(cpu, true);
    }

    // ---- time between paths -------------------------------------------------------------------------------------

    /** Accounts the time up to an instant to what the CPU rests in, and takes done work off the burst. */
    void settle(long time) {
        if (cpu.state == CpuState.RUNNING) {
            burst.settle(time);
        } else if (time > cpu.cursor) {
            ledger.account(restingUsage(), time);
        }
        cpu.cursor = Math.max(cpu.cursor, time);
    }

    /** Work left of the current context's burst at an instant not before the last event. */
    long workLeft(long time) {
        return cpu.state == CpuState.RUNNING && !inPath ? burst.workLeft(time) : cpu.current().work;
    }

    private Usage restingUsage() {
        return switch (cpu.state) {
            case OFF, STOPPED -> Usage.OFF;
            case SPINNING -> Usage.SPIN;
            case PATH, RUNNING -> Usage.KERNEL;
            case POLLING, MONITORING, HALTED -> Usage.IDLE;
        };
    }

    /** The speed of this CPU changed because a sibling became busy or idle. */
    void rateChanged(long time) {
        if (cpu.state == CpuState.RUNNING && !inPath) {
            burst.rateChanged(time);
        }
    }
}
