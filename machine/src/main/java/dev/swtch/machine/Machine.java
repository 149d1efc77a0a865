package dev.swtch.machine;

import dev.swtch.machine.cost.Charge;
import dev.swtch.machine.cost.CostModel;
import dev.swtch.machine.cost.Delay;
import dev.swtch.machine.event.EventHeap;
import dev.swtch.machine.topology.Distance;
import dev.swtch.machine.topology.Topology;
import dev.swtch.machine.trace.TraceKind;
import dev.swtch.machine.trace.TraceSink;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The simulated multiprocessor: CPUs, devices and the order of events.
 *
 * <p>Slots of the event order belong to their sources for good: devices first, then for each CPU its timer, its
 * vectors and its own progress. One machine belongs to one host thread.
 */
public final class Machine {
    /** Three are used; a power of two spares a division per event. */
    private static final int SLOTS_PER_CPU = 4;

    private static final int TIMER = 0;
    private static final int VECTORS = 1;
    private static final int GO = 2;
    private static final long MOST_EVENTS_AT_ONE_INSTANT = 1_000_000;

    private final Topology topology;
    private final CostModel costs;
    private final EventHeap events;
    private final Device[] devices;
    private final Cpu[] cpus;
    private final int firstCpuSlot;
    private final long pathLimit;
    private final Interconnect interconnect;
    private final SmtCores cores;

    private Kernel kernel = Unattended.INSTANCE;
    private Observer observer = Unattended.INSTANCE;
    private @Nullable TraceSink sink;
    private long now;
    private long eventsRun;
    private long eventsAtThisInstant;
    private long ipis;
    private long earlyReads;
    private boolean stopRequested;
    private boolean broken;

    /**
     * Makes a machine on which nothing runs.
     *
     * @param topology its CPUs
     * @param costs its prices
     * @param deviceSlots number of event sources outside the CPUs
     */
    public Machine(Topology topology, CostModel costs, int deviceSlots) {
        this.topology = topology;
        this.costs = costs;
        this.devices = new Device[deviceSlots];
        Arrays.fill(devices, (Device) at -> {});
        firstCpuSlot = deviceSlots;
        events = new EventHeap(deviceSlots + SLOTS_PER_CPU * topology.cpus());
        pathLimit = Math.max(1, costs.delay(Delay.PATH_LIMIT));
        interconnect = new Interconnect(topology, costs);
        cores = new SmtCores(topology, costs);
        cpus = new Cpu[topology.cpus()];
        for (int i = 0; i < cpus.length; i++) {
            cpus[i] = new Cpu(this, i);
        }
    }

    /** Says which kernel runs on the machine; before the first event. */
    public void install(Kernel newKernel) {
        kernel = newKernel;
    }

    /** Says who measures; before the first event. */
    public void observe(Observer newObserver) {
        observer = newObserver;
    }

    /** Sends trace events to a sink; null turns tracing off. */
    public void traceTo(@Nullable TraceSink newSink) {
        sink = newSink;
    }

    /** Time of the event being handled, in ns; a CPU's own instant is {@link Cpu#now}. */
    public long now() {
        return now;
    }

    /** The machine's CPUs, their order and distances. */
    public Topology topology() {
        return topology;
    }

    /** The machine's prices. */
    public CostModel costs() {
        return costs;
    }

    /** Number of CPUs. */
    public int cpuCount() {
        return cpus.length;
    }

    /** A CPU by number. */
    public Cpu cpu(int id) {
        return cpus[id];
    }

    /** IPIs sent so far, coalesced ones included. */
    public long ipis() {
        return ipis;
    }

    /** Events handled so far. */
    public long events() {
        return eventsRun;
    }

    /** How often a CPU read data of another before the instant at which it was written. */
    public long earlyReads() {
        return earlyReads;
    }

    /**
     * Work left of a context's burst at {@link #now}, in ns at full speed, rounded up; 0 between bursts. For the harness:
     * no kernel can know it. While an interrupt is served on the context's CPU, the handler's.
     */
    public long workLeftNs(Context context) {
        long work = context.onCpu == Context.NO_CPU ? context.work : cpus[context.onCpu].paths.workLeft(now);
        return work + (1 << Burst.UNIT_BITS) - 1 >> Burst.UNIT_BITS;
    }

    // ---- running ------------------------------------------------------------------------------------------------

    /** Starts a CPU at an instant in ns. */
    public void startCpu(int cpu, long atNs) {
        arm(cpu, GO, atNs);
    }

    /** Says what an event source outside the CPUs does when it is due. */
    public void setDevice(int slot, Device device) {
        devices[slot] = device;
    }

    /** Arms an event source outside the CPUs. */
    public void armDevice(int slot, long atNs) {
        events.arm(slot, atNs);
    }

    /** A device raises its line at an instant that is not before {@link #now}; false if it was raised already. */
    public boolean raiseLine(int line, int cpu, long atNs) {
        return cpus[cpu].paths.raise(Vector.FIRST_DEVICE + line, atNs);
    }

    /** A path stores to the line another CPU may be polling or monitoring; pays, and wakes it. */
    public void store(Cpu from, Cpu target) {
        from.charge(Charge.MONITOR_STORE);
        target.paths.storeSeen(from.now());
    }

    /** Makes {@link #run} return after the event being handled. */
    public void requestStop() {
        stopRequested = true;
    }

    /**
     * Handles events up to an instant, or until none is pending or {@link #requestStop} is called, and settles every
     * CPU there.
     *
     * @param untilNs events at this instant and later stay pending
     * @throws IllegalArgumentException if the instant is 2^42 ns or later
     * @throws Violation if a rule is broken; the machine then refuses to run on
     */
    public void run(long untilNs) {
        if (untilNs < 0 || untilNs >= EventHeap.TIME_LIMIT) {
            throw new IllegalArgumentException("a run ends before 2^42 ns (73 minutes): " + untilNs);
        }
        if (broken) {
            throw new Violation("machine-broken", -1, now, "a machine that panicked was run on");
        }
        broken = true;
        stopRequested = false;
        long end = untilNs << EventHeap.SLOT_BITS;
        while (!stopRequested && events.first() < end) {
            long event = events.beginFirst();
            advance(EventHeap.timeOf(event));
            handle(EventHeap.slotOf(event));
            events.endFirst();
        }
        if (!stopRequested) {
            now = Math.max(now, untilNs);
        }
        for (Cpu cpu : cpus) {
            cpu.paths.settle(now);
        }
        broken = false;
    }

    private void advance(long time) {
        eventsRun++;
        if (time > now) {
            now = time;
            eventsAtThisInstant = 0;
        } else if (++eventsAtThisInstant > MOST_EVENTS_AT_ONE_INSTANT) {
            throw new Violation("no-progress", -1, now, "the machine handles events but its time stands still");
        }
    }

    private void handle(int slot) {
        if (slot < firstCpuSlot) {
            devices[slot].due(now);
            return;
        }
        int at = slot - firstCpuSlot;
        Cpu cpu = cpus[at / SLOTS_PER_CPU];
        switch (at & SLOTS_PER_CPU - 1) {
            case TIMER -> cpu.paths.raiseNow(Vector.TIMER, now);
            case VECTORS -> cpu.paths.vectorsDue(now);
            default -> {
                if (cpu.state() == CpuState.OFF) {
                    cpu.paths.startUp(now);
                } else {
                    cpu.paths.go(now);
                }
            }
        }
    }

    /**
     * Runs one entry on a CPU that rests, as a recorded script does, at the machine's time.
     *
     * @param cpu the CPU whose current stack executes
     * @param entry what it executes; pushed and run until the path is over
     */
    public void enter(int cpu, Frame<?> entry) {
        cpus[cpu].paths.call(now, entry);
    }

    /** Makes a CPU that rests take a vector at the machine's time, as a recorded script does. */
    public void interruptNow(int cpu, int vector) {
        cpus[cpu].paths.takeNow(vector, now);
    }

    /** Makes a spinning or idle CPU look once at the machine's time, as a recorded script does. */
    public void lookNow(int cpu) {
        cpus[cpu].paths.go(now);
    }

    /** Starts a CPU at the machine's time, as a recorded script does. */
    public void startNow(int cpu) {
        cpus[cpu].paths.startUp(now);
    }

    // ---- for the CPUs -------------------------------------------------------------------------------------------

    Kernel kernel() {
        return kernel;
    }

    Observer observer() {
        return observer;
    }

    long pathLimit() {
        return pathLimit;
    }

    long delay(Delay delay) {
        return costs.delay(delay);
    }

    Distance distance(int a, int b) {
        return topology.distance(a, b);
    }

    Interconnect interconnect() {
        return interconnect;
    }

    void trace(TraceKind kind, Cpu cpu, long a, long b) {
        if (sink != null) {
            sink.event(kind, cpu.now(), cpu.id(), a, b);
        }
    }

    /** Writes a trace event at a CPU's cursor. */
    public void note(TraceKind kind, Cpu cpu, long a, long b) {
        trace(kind, cpu, a, b);
    }

    void countIpi() {
        ipis++;
    }

    void countEarlyRead() {
        earlyReads++;
    }

    void armTimer(int cpu, long atNs) {
        arm(cpu, TIMER, atNs);
    }

    void disarmTimer(int cpu) {
        events.cancel(firstCpuSlot + cpu * SLOTS_PER_CPU + TIMER);
    }

    void armVectors(int cpu, long atNs) {
        arm(cpu, VECTORS, atNs);
    }

    void armGo(int cpu, long atNs) {
        arm(cpu, GO, atNs);
    }

    /** As {@link #armGo}, unless the CPU goes on earlier anyway. */
    void armGoBy(int cpu, long atNs) {
        int slot = firstCpuSlot + cpu * SLOTS_PER_CPU + GO;
        if (!events.isArmed(slot) || atNs < events.timeOfSlot(slot)) {
            arm(cpu, GO, atNs);
        }
    }

    void cancelGo(int cpu) {
        events.cancel(firstCpuSlot + cpu * SLOTS_PER_CPU + GO);
    }

    /** What is due later than any run lasts stays the last of all events: it is never reached. */
    private void arm(int cpu, int what, long atNs) {
        events.arm(firstCpuSlot + cpu * SLOTS_PER_CPU + what, Math.min(atNs, EventHeap.TIME_LIMIT - 1));
    }

    /** Speed of a CPU in 1/1024, by the number of busy siblings of its core. */
    int rate(int cpu) {
        return cores.rate(cpu);
    }

    /** A CPU became idle or busy: the siblings' speed changes. */
    void idleChanged(Cpu cpu, boolean idle) {
        if (!cores.areShared()) {
            return;
        }
        cores.count(cpu.id(), idle);
        int first = topology.coreOf(cpu.id()) * topology.smt();
        for (int sibling = first; sibling < first + topology.smt(); sibling++) {
            if (sibling != cpu.id()) {
                cpus[sibling].paths.rateChanged(now);
            }
        }
    }

    /** An event source outside the CPUs. */
    @FunctionalInterface
    public interface Device {
        /** Its event is due at {@link Machine#now}. */
        void due(long nowNs);
    }
}
