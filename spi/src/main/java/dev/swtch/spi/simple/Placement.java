package dev.swtch.spi.simple;

import dev.swtch.machine.cost.Charge;
import dev.swtch.machine.topology.CpuSet;

/** Which CPU has to be told of a thread that was enqueued. */
final class Placement {
    static final int NOBODY = -1;

    private final Policy policy;
    private final CpuRoom[] rooms;

    /** CPUs that are halted and have not been told of a thread. */
    private final CpuSet idle;

    Placement(Policy policy, CpuRoom[] rooms, CpuSet idle) {
        this.policy = policy;
        this.rooms = rooms;
        this.idle = idle;
    }

    /** The CPU to tell of a thread that was enqueued from a room: an idle one, or one that should preempt for it. */
    int whoShouldLook(CpuRoom here, SimpleThread thread, int preferred, boolean hereToo) {
        int own = here.cpu.id();
        if (preferred != Policy.ANY_CPU) {
            return canUse(preferred, own, thread, hereToo) && wouldTake(rooms[preferred], thread) ? preferred : NOBODY;
        }
        if (idle.contains(own) && canUse(own, own, thread, hereToo)) {
            return own;
        }
        int last = thread.lastCpu();
        if (last >= 0 && idle.contains(last) && canUse(last, own, thread, hereToo)) {
            return last;
        }
        for (int cpu = idle.first(); cpu >= 0; cpu = idle.next(cpu + 1)) {
            here.cpu.charge(Charge.SCAN_ITEM);
            if (canUse(cpu, own, thread, hereToo)) {
                return cpu;
            }
        }
        int found = NOBODY;
        for (int i = 0; i < rooms.length; i++) {
            int cpu = i == 0 ? own : i <= own ? i - 1 : i;
            here.cpu.charge(Charge.SCAN_ITEM);
            if (canUse(cpu, own, thread, hereToo)
                    && wouldTake(rooms[cpu], thread)
                    && (found == NOBODY || isPreempted(rooms[found], rooms[cpu]))) {
                found = cpu;
            }
        }
        return found;
    }

    private boolean canUse(int cpu, int own, SimpleThread thread, boolean ownToo) {
        return rooms[cpu].started && thread.mayRunOn(cpu) && (ownToo || cpu != own);
    }

    /** Whether a CPU that was not told yet is idle or runs a thread that the given one preempts. */
    private boolean wouldTake(CpuRoom room, SimpleThread thread) {
        if (room.reschedule || room.asked) {
            return false;
        }
        SimpleThread running = room.policyThread();
        return idle.contains(room.cpu.id()) || running != null && policy.preempts(thread, running);
    }

    /** Whether the thread of one CPU would preempt that of another; idle CPUs are not compared. */
    private boolean isPreempted(CpuRoom by, CpuRoom room) {
        SimpleThread one = by.policyThread();
        SimpleThread other = room.policyThread();
        return one != null && other != null && policy.preempts(one, other);
    }
}
