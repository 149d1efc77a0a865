package dev.swtch.spi.simple;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Landing;
import dev.swtch.machine.Next;
import dev.swtch.machine.topology.CpuSet;
import dev.swtch.spi.InterruptHandler;
import dev.swtch.spi.ScheduleContract;
import dev.swtch.spi.thread.KThread;
import dev.swtch.spi.thread.RunState;
import dev.swtch.spi.thread.ThreadBody;
import dev.swtch.spi.thread.ThreadClass;
import dev.swtch.spi.thread.ThreadSpec;
import java.util.Objects;

/** Threads made, released, woken, changed, moved, stopped. */
final class Threads implements ScheduleContract {
    private final Dispatcher dispatcher;
    private final Interrupts interrupts;

    private final Landing<SimpleThread> start =
            new Landing<>("THREAD_START", (cpu, previous, thread, a, b) -> begin(cpu, thread));
    private final Frame<SimpleThread> body = new Frame<>("THREAD_BODY", (cpu, thread, a, b) -> body(cpu, thread));

    Threads(Dispatcher dispatcher, Interrupts interrupts) {
        this.dispatcher = dispatcher;
        this.interrupts = interrupts;
    }

    @Override
    public KThread create(Cpu cpu, ThreadSpec spec, ThreadBody threadBody) {
        SimpleThread thread = dispatcher.policy.thread(spec, threadBody);
        if (thread == null) {
            throw cpu.violation("thread-made", "thread returned null for " + spec.name());
        }
        thread.start(start, thread);
        return thread;
    }

    private Next begin(Cpu cpu, SimpleThread thread) {
        cpu.push(body, thread);
        if (thread.staysInKernel()) {
            return dispatcher.begun(cpu);
        }
        cpu.push(interrupts.userReturn);
        return dispatcher.begun(cpu);
    }

    private static Next body(Cpu cpu, SimpleThread thread) {
        return Objects.requireNonNull(thread.body()).run(cpu);
    }

    @Override
    public Next release(Cpu cpu, KThread thread) {
        dispatcher.makeRunnable(cpu, (SimpleThread) thread, ReadyReason.RELEASED);
        return dispatcher.makeRoomInKernel(cpu);
    }

    @Override
    public Next wake(Cpu cpu, KThread thread) {
        return dispatcher.ready(cpu, thread);
    }

    // ---- changes ------------------------------------------------------------------------------------------------

    @Override
    public Next setNice(Cpu cpu, KThread kthread, int nice) {
        SimpleThread thread = (SimpleThread) kthread;
        boolean kept = takeOut(cpu, thread);
        thread.setNice(nice);
        return changed(cpu, thread, kept);
    }

    @Override
    public Next setClass(Cpu cpu, KThread kthread, ThreadClass threadClass, int rank) {
        SimpleThread thread = (SimpleThread) kthread;
        boolean kept = takeOut(cpu, thread);
        thread.setClass(threadClass, rank);
        return changed(cpu, thread, kept);
    }

    @Override
    public Next setAffinity(Cpu cpu, KThread kthread, CpuSet cpus) {
        SimpleThread thread = (SimpleThread) kthread;
        boolean kept = takeOut(cpu, thread);
        thread.setAffinity(cpus);
        return changed(cpu, thread, kept);
    }

    private boolean takeOut(Cpu cpu, SimpleThread thread) {
        boolean kept = thread.runState() == RunState.RUNNABLE && dispatcher.policy.holds(thread);
        if (kept) {
            dispatcher.lock.lock(cpu);
            dispatcher.policy.dequeue(cpu, thread);
            dispatcher.lock.unlock(cpu);
        }
        return kept;
    }

    /** A thread that was kept is enqueued anew; one that runs somewhere makes room, to be enqueued there. */
    private Next changed(Cpu cpu, SimpleThread thread, boolean kept) {
        if (kept) {
            dispatcher.enqueue(cpu, thread, ReadyReason.CHANGED);
        } else if (thread.onCpu() >= 0 && thread.runState() == RunState.RUNNABLE) {
            dispatcher.ask(CpuRoom.of(cpu), dispatcher.rooms[thread.onCpu()], ReadyReason.CHANGED);
        } else if (thread.asideIn != null) {
            dispatcher.ask(CpuRoom.of(cpu), thread.asideIn, ReadyReason.CHANGED);
        }
        return dispatcher.makeRoomInKernel(cpu);
    }

    @Override
    public Next bind(Cpu cpu, int target) {
        SimpleThread thread = CpuRoom.of(cpu).running;
        thread.bind(target);
        return cpu.id() == target ? Next.RETURN : dispatcher.makeRoom(cpu, ReadyReason.CHANGED);
    }

    @Override
    public Next unbind(Cpu cpu) {
        CpuRoom room = CpuRoom.of(cpu);
        room.running.unbind();
        if (!room.running.mayRunOn(cpu.id())) {
            room.askedFor(ReadyReason.CHANGED);
        }
        return dispatcher.makeRoomInKernel(cpu);
    }

    // ---- stopping -----------------------------------------------------------------------------------------------

    @Override
    public Next stop(Cpu cpu, KThread kthread) {
        SimpleThread thread = (SimpleThread) kthread;
        thread.stopRequested = true;
        if (thread.onCpu() >= 0 && thread.onCpu() != cpu.id()) {
            dispatcher.kick(CpuRoom.of(cpu), dispatcher.rooms[thread.onCpu()]);
        }
        return Next.RETURN;
    }

    @Override
    public Next resume(Cpu cpu, KThread kthread) {
        SimpleThread thread = (SimpleThread) kthread;
        thread.stopRequested = false;
        if (!thread.stopped) {
            return Next.RETURN;
        }
        thread.stopped = false;
        return dispatcher.ready(cpu, thread);
    }

    @Override
    public void attachDevice(int line, int target, boolean threaded, InterruptHandler handler) {
        interrupts.attach(line, target, threaded, handler);
    }
}
