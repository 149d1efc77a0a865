package dev.swtch.spi.simple;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.event.EventHeap;
import dev.swtch.spi.thread.WaitPlace;
import dev.swtch.spi.timer.DeadlineQueue;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The per-CPU area: what runs, what asks it to make room, and whose waits its timer ends. */
final class CpuRoom {
    final Cpu cpu;
    final SimpleThread idle;
    final ThreadQueue interruptThreads = new ThreadQueue();
    final DeadlineQueue timeouts = new DeadlineQueue();

    SimpleThread running;

    /** The thread that goes on when the interrupt threads have run; null if there is none. */
    @Nullable
    SimpleThread aside;

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
    private boolean putOff;
    private long lookAgainAt = Long.MAX_VALUE;
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

    /** The thread of the policy that runs here, if only interrupts kept it from running; null if there is none. */
    @Nullable
    SimpleThread policyThread() {
        return runsPolicyThread() ? running : aside;
    }

    /** Whether the running thread has to make room, for a thread of the policy or of an interrupt. */
    boolean wantsRoom() {
        return reschedule || !interruptThreads.isEmpty();
    }

    /** A thread makes room for interrupt threads alone: it keeps its turn, and what is left of its slice. */
    void putAside(SimpleThread thread) {
        aside = thread;
        thread.asideIn = this;
        thread.sliceLeftNs = sliceLeftNs();
        thread.waitAt(cpu, WaitPlace.PREEMPTED);
    }

    @Nullable
    SimpleThread takeAside() {
        SimpleThread thread = aside;
        if (thread != null) {
            aside = null;
            thread.asideIn = null;
        }
        return thread;
    }

    /** What is left of the running slice in ns; 0 if it has no end or is over. */
    long sliceLeftNs() {
        return sliceEnd == Long.MAX_VALUE ? 0 : Math.max(0, sliceEnd - cpu.now());
    }

    void askedFor(ReadyReason why) {
        reschedule = true;
        reason = why;
    }

    void beginSlice(long ns) {
        sliceEnd = ns < Long.MAX_VALUE - cpu.now() ? cpu.now() + ns : Long.MAX_VALUE;
        lookAgainAt = Long.MAX_VALUE;
        putOff = false;
    }

    /** The slice is over. */
    void endSlice() {
        sliceEnd = Long.MAX_VALUE;
        askedFor(ReadyReason.EXPIRED);
    }

    /**
     * Whether the running thread, whose work ends at this instant, goes on before it makes room: so what happens at one
     * instant happens in the order in which one would write it down. If it works on, it makes room by the least of times
     * later, or after its next system call.
     */
    boolean putOff() {
        if (putOff || !wantsRoom() || cpu.machine().workLeftNs(running) > 0) {
            return false;
        }
        putOff = true;
        lookAgainAt = cpu.now() + 1;
        armTimer();
        return true;
    }

    void answered() {
        reschedule = false;
        asked = false;
        reason = ReadyReason.PREEMPTED;
    }

    /** The timer has fired: whatever it was set to is over. */
    void timerFired() {
        armedFor = Long.MAX_VALUE;
        lookAgainAt = Long.MAX_VALUE;
    }

    /** Sets the timer to the earliest timeout or the end of the slice, unless it is already. */
    void armTimer() {
        long at = Math.min(timeouts.firstDeadline(), Math.min(sliceEnd, lookAgainAt));
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
