package dev.swtch.spi.simple;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.event.EventHeap;
import dev.swtch.spi.timer.DeadlineQueue;
import java.util.Objects;

/** The per-CPU area: what runs, what asks it to make room, and whose waits its timer ends. */
final class CpuRoom {
    final Cpu cpu;
    final SimpleThread idle;
    final ThreadQueue interruptThreads = new ThreadQueue();
    final DeadlineQueue timeouts = new DeadlineQueue();

    SimpleThread running;
    boolean started;
    boolean inInterrupt;

    /** The running thread has to make room at the next opportunity, and why. */
    boolean reschedule;

    ReadyReason reason = ReadyReason.PREEMPTED;
    /** Another CPU asked for {@link #reschedule}; its IPI makes it so. */
    boolean asked;
    /** An IPI is on its way. */
    boolean kicked;

    long ranSince;
    long sliceEnd = Long.MAX_VALUE;
    private long armedFor = Long.MAX_VALUE;

    CpuRoom(Cpu cpu, SimpleThread idle) {
        this.cpu = cpu;
        this.idle = idle;
        this.running = idle;
        cpu.setArea(this);
    }

    static CpuRoom of(Cpu cpu) {
        return (CpuRoom) Objects.requireNonNull(cpu.area());
    }

    /** Whether a thread of the policy runs, not the idle thread or an interrupt thread. */
    boolean runsPolicyThread() {
        return running != idle && !(running instanceof InterruptThread);
    }

    void askedFor(ReadyReason why) {
        reschedule = true;
        reason = why;
    }

    void answered() {
        reschedule = false;
        asked = false;
        reason = ReadyReason.PREEMPTED;
    }

    /** The timer has fired: whatever it was set to is over. */
    void timerFired() {
        armedFor = Long.MAX_VALUE;
    }

    /** Sets the timer to the earliest timeout or the end of the slice, unless it is already. */
    void armTimer() {
        long at = Math.min(timeouts.firstDeadline(), sliceEnd);
        if (at == armedFor) {
            return;
        }
        armedFor = at;
        if (at < EventHeap.TIME_LIMIT) {
            cpu.armTimer(at);
        } else {
            cpu.disarmTimer();
        }
    }
}
