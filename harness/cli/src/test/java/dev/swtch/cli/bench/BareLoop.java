package dev.swtch.cli.bench;

import dev.swtch.machine.event.EventHeap;

/**
 * The least a simulator of this design could do: take the earliest event and arm its slot again an exponential time
 * later, with as many slots pending as the machine of the same size has.
 */
final class BareLoop {
    private static final long MEAN_NS = 1_000_000;
    private static final int TABLE = 1 << 12;
    private static final long RESTART_NS = EventHeap.TIME_LIMIT >> 1;

    private final long[] gaps = new long[TABLE];
    private EventHeap heap;
    private final int slots;
    private int next;

    BareLoop(int slots) {
        this.slots = slots;
        long state = 0x9e3779b97f4a7c15L;
        for (int i = 0; i < TABLE; i++) {
            state = state * 6364136223846793005L + 1442695040888963407L;
            double uniform = ((state >>> 11) + 1) * 0x1.0p-53;
            gaps[i] = (long) (-StrictMath.log(uniform) * MEAN_NS) + 1;
        }
        heap = filled();
    }

    private EventHeap filled() {
        EventHeap fresh = new EventHeap(slots);
        for (int slot = 0; slot < slots; slot++) {
            fresh.arm(slot, gaps[slot & TABLE - 1]);
        }
        return fresh;
    }

    /** Handles {@code events} events. */
    long run(int events) {
        long time = 0;
        for (int i = 0; i < events; i++) {
            long event = heap.takeFirst();
            time = EventHeap.timeOf(event);
            heap.arm(EventHeap.slotOf(event), time + gaps[next++ & TABLE - 1]);
        }
        if (time > RESTART_NS) {
            heap = filled();
        }
        return time;
    }
}
