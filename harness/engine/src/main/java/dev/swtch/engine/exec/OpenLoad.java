package dev.swtch.engine.exec;

import dev.swtch.engine.workload.ArrivalClock;
import dev.swtch.engine.workload.ArrivalEntry;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Machine;
import dev.swtch.machine.Next;
import dev.swtch.spi.ScheduleContract;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What arrives from outside, whatever the threads do. Each kind of arrivals is a device: it interrupts its CPU when
 * something arrives, and its interrupt thread makes and releases a thread, or posts, or wakes. So the instant depends on
 * no priority and on nothing that runs.
 */
public final class OpenLoad {
    private final WorkloadMachine owner;
    private final Machine machine;
    private final KernelCalls kernel;
    private final List<Source> sources = new ArrayList<>();

    private final Frame<Source> deliverMore =
            new Frame<>("ARRIVALS_DELIVER", (cpu, source, a, b) -> deliver(cpu, source, true));

    /**
     * Prepares the load.
     *
     * @param owner whose threads arrive
     * @param kernel who makes and wakes them
     * @param firstSlot first of as many event sources as there are kinds of arrivals
     * @param firstLine first of as many interrupt lines
     */
    OpenLoad(WorkloadMachine owner, KernelCalls kernel, int firstSlot, int firstLine) {
        this.owner = owner;
        this.machine = owner.machine();
        this.kernel = kernel;
        for (ArrivalEntry entry : owner.workload().arrivals()) {
            int number = sources.size();
            sources.add(new Source(entry, firstSlot + number, firstLine + number));
        }
    }

    /** Says who serves the arrivals; before the first CPU starts. */
    void attach(ScheduleContract scheduling) {
        for (Source source : sources) {
            machine.setDevice(source.slot, now -> arrive(source));
            scheduling.attachDevice(source.line, source.cpu(), true, (cpu, line) -> deliver(cpu, source, false));
        }
    }

    /** Arms the first of each kind; before the first CPU starts. */
    void start() {
        sources.forEach(this::armNext);
    }

    private void armNext(Source source) {
        long nextNs = source.clock.nextNs();
        source.goesOn = nextNs >= owner.endNs();
        source.nextNs = source.goesOn ? ArrivalClock.NEVER : nextNs;
        if (source.nextNs != ArrivalClock.NEVER) {
            machine.armDevice(source.slot, source.nextNs);
        }
    }

    private void arrive(Source source) {
        source.add(source.nextNs);
        machine.raiseLine(source.line, source.cpu(), source.nextNs);
        armNext(source);
    }

    private Next deliver(Cpu cpu, Source source, boolean further) {
        if (source.isEmpty()) {
            owner.endIfAllLeft(cpu.now());
            return Next.RETURN;
        }
        cpu.push(deliverMore, source);
        return further && cpu.pathIsLong() ? cpu.park() : deliver(cpu, source, source.remove());
    }

    private Next deliver(Cpu cpu, Source source, long atNs) {
        long number = source.delivered++;
        boolean measured = atNs >= owner.workload().goals().warmupNs();
        source.arrived += measured ? 1 : 0;
        ArrivalEntry entry = source.entry;
        UserWaits user = owner.interpreter().user();
        if (!hasRoom(source, user)) {
            source.turnedAway += measured ? 1 : 0;
            return Next.RETURN;
        }
        if (entry.fork() >= 0) {
            Task task = owner.arrive(cpu, source, number, atNs);
            source.inside++;
            return kernel.scheduling(cpu).release(cpu, task.thread());
        }
        if (entry.posted() >= 0) {
            return user.post(entry.posted()) ? user.wakePosted(cpu, entry.posted()) : Next.RETURN;
        }
        return user.grant(entry.woken(), Integer.MAX_VALUE) > 0
                ? user.wakeSignalled(cpu, entry.woken(), Integer.MAX_VALUE)
                : Next.RETURN;
    }

    private boolean hasRoom(Source source, UserWaits user) {
        int room = source.entry.spec().room();
        if (source.entry.fork() >= 0) {
            return (room == 0 || source.inside < room) && owner.mayFork();
        }
        return source.entry.taken() < 0 || user.trySemaphore(source.entry.taken());
    }

    /**
     * Whether something may still arrive or is on its way, or would after the end of the run: who waits for more until then
     * has not come to the end of the work.
     */
    boolean maySpeak() {
        for (Source source : sources) {
            if (source.nextNs != ArrivalClock.NEVER || source.goesOn || !source.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** How much arrived of a kind, by the workload's index, since measuring began. */
    public long arrived(int kind) {
        return sources.get(kind).arrived;
    }

    /** How much of it was turned away. */
    public long turnedAway(int kind) {
        return sources.get(kind).turnedAway;
    }

    /** One kind of arrivals, with the instants of those that are not delivered yet in a ring. */
    static final class Source {
        private static final int FEW = 16;

        final ArrivalEntry entry;
        private final ArrivalClock clock;
        private final int slot;
        private final int line;
        private long[] ring = new long[FEW];
        private int first;
        private int waiting;
        private long nextNs = ArrivalClock.NEVER;
        private boolean goesOn;
        private long delivered;
        private long inside;
        private long arrived;
        private long turnedAway;

        Source(ArrivalEntry entry, int slot, int line) {
            this.entry = entry;
            this.clock = entry.clock();
            this.slot = slot;
            this.line = line;
        }

        int cpu() {
            return entry.spec().cpu();
        }

        /** One of its threads left. */
        void left() {
            inside--;
        }

        private boolean isEmpty() {
            return waiting == 0;
        }

        private void add(long atNs) {
            if (waiting == ring.length) {
                long[] larger = Arrays.copyOfRange(ring, first, first + 2 * ring.length);
                System.arraycopy(ring, 0, larger, ring.length - first, first);
                ring = larger;
                first = 0;
            }
            ring[(first + waiting++) & (ring.length - 1)] = atNs;
        }

        private long remove() {
            long atNs = ring[first];
            first = (first + 1) & (ring.length - 1);
            waiting--;
            return atNs;
        }
    }
}
