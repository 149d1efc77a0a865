package dev.swtch.spi.simple;

import dev.swtch.machine.Arrival;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.CpuState;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Landing;
import dev.swtch.machine.Next;
import dev.swtch.machine.Vector;
import dev.swtch.machine.cost.Charge;
import dev.swtch.spi.InterruptHandler;
import dev.swtch.spi.PreemptContract;
import org.jspecify.annotations.Nullable;

/** Interrupts and their ways back: the timer, the IPI, devices, critical sections, and the border to user mode. */
final class Interrupts implements PreemptContract {
    private static final int FROM_KERNEL_PATH = 0;
    private static final int FROM_KERNEL_WORK = 1;
    private static final int FROM_USER = 2;
    private static final int LINES = Vector.END - Vector.FIRST_DEVICE;

    private final Dispatcher dispatcher;
    private final FifoBlocking blocking;
    private final int firstThreadNumber;
    private final @Nullable InterruptHandler[] handlers = new InterruptHandler[LINES];
    private final @Nullable InterruptThread[] threads = new InterruptThread[LINES];

    private final Frame<Object> done = new Frame<>("INTERRUPT_DONE", (cpu, ref, from, b) -> done(cpu, from));
    private final Frame<Object> timerMore = new Frame<>("TIMER_MORE", (cpu, ref, a, b) -> timer(cpu));
    final Frame<Object> userReturn = new Frame<>("USER_RETURN", (cpu, ref, a, b) -> returnToUser(cpu));
    private final Frame<InterruptThread> serveMore =
            new Frame<>("SERVE_MORE", (cpu, thread, a, b) -> serve(cpu, thread));
    private final Landing<InterruptThread> serveFirst =
            new Landing<>("SERVE_FIRST", (cpu, previous, thread, a, b) -> serve(cpu, thread));

    Interrupts(Dispatcher dispatcher, FifoBlocking blocking, int firstThreadNumber) {
        this.dispatcher = dispatcher;
        this.blocking = blocking;
        this.firstThreadNumber = firstThreadNumber;
    }

    void attach(int line, int target, boolean threaded, InterruptHandler handler) {
        if (threaded) {
            InterruptThread thread =
                    new InterruptThread(firstThreadNumber + line, dispatcher.rooms[target], line, handler);
            thread.start(serveFirst, thread);
            threads[line] = thread;
        } else {
            handlers[line] = handler;
        }
    }

    // ---- interrupts ---------------------------------------------------------------------------------------------

    @Override
    public Next interrupt(Cpu cpu, int vector, Arrival arrival) {
        CpuRoom room = CpuRoom.of(cpu);
        int kernel = cpu.state() == CpuState.RUNNING ? FROM_KERNEL_WORK : FROM_KERNEL_PATH;
        cpu.disableInterrupts();
        room.inInterrupt = true;
        cpu.push(done, cpu.interruptedUser() ? FROM_USER : kernel, 0);
        if (vector == Vector.TIMER) {
            room.timerFired();
            return timer(cpu);
        }
        if (vector == Dispatcher.RESCHEDULE) {
            room.kicked = false;
            room.reschedule |= room.asked;
            return Next.RETURN;
        }
        return device(cpu, vector - Vector.FIRST_DEVICE);
    }

    /** What is due at the same instant comes first: a thread it makes runnable is ahead of one whose slice ends now. */
    private Next done(Cpu cpu, int from) {
        CpuRoom.of(cpu).inInterrupt = false;
        cpu.enableInterrupts();
        if (cpu.isInterruptDue()) {
            return Next.RETURN;
        }
        if (from == FROM_USER) {
            return CpuRoom.of(cpu).putOff() ? Next.RETURN : returnToUser(cpu);
        }
        return from == FROM_KERNEL_WORK ? dispatcher.makeRoomInKernel(cpu) : Next.RETURN;
    }

    private Next timer(Cpu cpu) {
        CpuRoom room = CpuRoom.of(cpu);
        if (cpu.pathIsLong()) {
            cpu.push(timerMore);
            return cpu.park();
        }
        SimpleThread thread = (SimpleThread) room.timeouts.pollDue(cpu.now());
        if (thread != null) {
            cpu.push(timerMore);
            cpu.charge(Charge.CALLOUT);
            thread.timerCpu = -1;
            blocking.timedOut(cpu, thread);
            dispatcher.makeRunnable(cpu, thread, ReadyReason.WOKEN);
            return Next.RETURN;
        }
        if (cpu.now() >= room.sliceEnd) {
            room.endSlice();
        }
        room.armTimer();
        return Next.RETURN;
    }

    private Next device(Cpu cpu, int line) {
        InterruptThread thread = threads[line];
        if (thread != null) {
            thread.requests++;
            if (thread.blocked) {
                dispatcher.makeRunnable(cpu, thread, ReadyReason.WOKEN);
            }
            return Next.RETURN;
        }
        InterruptHandler handler = handlers[line];
        if (handler == null) {
            throw cpu.violation("stray-interrupt", "nobody serves device line " + line);
        }
        return handler.serve(cpu, line);
    }

    /** The loop of an interrupt thread. */
    private Next serve(Cpu cpu, InterruptThread thread) {
        cpu.push(serveMore, thread);
        if (thread.requests == 0) {
            return dispatcher.block(cpu);
        }
        thread.requests--;
        return thread.handler.serve(cpu, thread.line);
    }

    // ---- critical sections --------------------------------------------------------------------------------------

    @Override
    public void criticalEnter(Cpu cpu) {
        if (CpuRoom.of(cpu).running.critical++ == 0) {
            cpu.setCritical(true);
        }
    }

    @Override
    public Next criticalExit(Cpu cpu) {
        SimpleThread thread = CpuRoom.of(cpu).running;
        if (--thread.critical > 0) {
            return Next.RETURN;
        }
        if (thread.critical < 0) {
            throw cpu.violation("critical-negative", thread.name() + " left a critical section it was not in");
        }
        cpu.setCritical(false);
        return dispatcher.makeRoomInKernel(cpu);
    }

    @Override
    public void spinEnter(Cpu cpu) {
        CpuRoom.of(cpu).running.spinDepth++;
        cpu.disableInterrupts();
        criticalEnter(cpu);
    }

    @Override
    public Next spinExit(Cpu cpu) {
        CpuRoom room = CpuRoom.of(cpu);
        if (--room.running.spinDepth == 0 && !room.inInterrupt) {
            cpu.enableInterrupts();
        }
        return criticalExit(cpu);
    }

    // ---- the border to user mode --------------------------------------------------------------------------------

    @Override
    public void enteredKernel(Cpu cpu) {}

    /** Looks again after each time it lost the CPU. */
    @Override
    public Next returnToUser(Cpu cpu) {
        CpuRoom room = CpuRoom.of(cpu);
        SimpleThread thread = room.running;
        if (thread.stopRequested) {
            thread.stopped = true;
            cpu.push(userReturn);
            return dispatcher.block(cpu);
        }
        if (room.wantsRoom()) {
            cpu.push(userReturn);
            return dispatcher.makeRoom(cpu, room.reason);
        }
        return Next.RETURN;
    }
}
