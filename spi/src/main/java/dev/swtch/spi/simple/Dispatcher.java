package dev.swtch.spi.simple;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Landing;
import dev.swtch.machine.Next;
import dev.swtch.machine.Pmap;
import dev.swtch.machine.SpinLock;
import dev.swtch.machine.Vector;
import dev.swtch.machine.cost.Charge;
import dev.swtch.machine.topology.CpuSet;
import dev.swtch.spi.thread.KThread;
import org.jspecify.annotations.Nullable;

/** Which thread each CPU runs: the choice, the switch, and who is told of a thread that could run. */
final class Dispatcher implements FifoBlocking.Sleeper {
    /** The one IPI: look again which thread should run. */
    static final int RESCHEDULE = Vector.FIRST_IPI;

    final Policy policy;
    final CpuRoom[] rooms;
    private final CpuSet idle;
    private final Placement placement;

    final SpinLock lock = new SpinLock();
    final Landing<Object> idleStart = new Landing<>("IDLE_START", (cpu, previous, ref, a, b) -> idle(cpu));

    private final Landing<Object> switched = new Landing<>("SWITCHED", (cpu, previous, ref, a, b) -> begun(cpu));
    private final Frame<Object> idleLoop = new Frame<>("IDLE", (cpu, ref, a, b) -> idle(cpu));

    long preemptions;
    long expirations;
    long kicks;

    Dispatcher(Policy policy, CpuRoom[] rooms) {
        this.policy = policy;
        this.rooms = rooms;
        this.idle = CpuSet.none(rooms.length);
        this.placement = new Placement(policy, rooms, idle);
        for (CpuRoom room : rooms) {
            room.idle.start(idleStart, this);
        }
    }

    // ---- switching ----------------------------------------------------------------------------------------------

    /** A CPU starts with a thread, or idle. */
    Next start(Cpu cpu, @Nullable SimpleThread first) {
        CpuRoom room = CpuRoom.of(cpu);
        room.started = true;
        if (first != null) {
            first.markRunnable(cpu);
            room.running = first;
        }
        cpu.enableInterrupts();
        return cpu.load(room.running);
    }

    /** The current thread makes room and stays runnable; it goes on at once if the policy picks it again. */
    Next makeRoom(Cpu cpu, ReadyReason reason) {
        CpuRoom room = CpuRoom.of(cpu);
        SimpleThread old = room.running;
        if (!room.interruptThreads.isEmpty() && room.runsPolicyThread() && idle.isEmpty()) {
            SimpleThread interrupt = next(room);
            room.putAside(old);
            return switchTo(room, interrupt);
        }
        countRun(room);
        old.sliceLeftNs = reason == ReadyReason.PREEMPTED ? room.sliceLeftNs() : 0;
        lock.lock(cpu);
        int first = keep(cpu, old, reason);
        SimpleThread next = choose(room);
        int told = next == old ? Placement.NOBODY : placement.whoShouldLook(room, old, first, false);
        lock.unlock(cpu);
        tell(room, told);
        if (next == old) {
            return begun(cpu);
        }
        count(reason);
        return switchTo(room, next);
    }

    private void count(ReadyReason reason) {
        if (reason == ReadyReason.EXPIRED) {
            expirations++;
        } else if (reason == ReadyReason.PREEMPTED) {
            preemptions++;
        }
    }

    /** As {@link #makeRoom}, if somebody asked for it and the current thread may be preempted in the kernel. */
    Next makeRoomInKernel(Cpu cpu) {
        CpuRoom room = CpuRoom.of(cpu);
        boolean wanted = !room.interruptThreads.isEmpty() || room.reschedule && room.running.staysInKernel();
        if (wanted && !room.inInterrupt && room.runsPolicyThread() && room.running.critical == 0) {
            return makeRoom(cpu, room.reason);
        }
        return Next.RETURN;
    }

    @Override
    public Next block(Cpu cpu) {
        CpuRoom room = CpuRoom.of(cpu);
        SimpleThread old = room.running;
        if (old.critical != 0 || room.inInterrupt) {
            throw cpu.violation("block-in-critical", old.name() + " blocks in a critical section or interrupt");
        }
        if (old.wakePending) {
            old.wakePending = false;
            cancelTimeout(cpu, old);
            return Next.RETURN;
        }
        old.blocked = true;
        old.markBlocked(cpu);
        return switchTo(room, next(room));
    }

    /** The current thread leaves for good. */
    Next exit(Cpu cpu) {
        CpuRoom room = CpuRoom.of(cpu);
        room.running.markExited(cpu);
        SimpleThread next = next(room);
        cpu.discard();
        return enter(room, next);
    }

    private SimpleThread next(CpuRoom room) {
        countRun(room);
        lock.lock(room.cpu);
        SimpleThread next = choose(room);
        lock.unlock(room.cpu);
        return next;
    }

    /** Interrupt threads first, then the policy's choice, else the idle thread. Under the lock. */
    private SimpleThread choose(CpuRoom room) {
        SimpleThread next = room.interruptThreads.takeFor(room.cpu);
        if (next == null) {
            next = chooseByPolicy(room);
        }
        room.running = next == null ? room.idle : next;
        return room.running;
    }

    /** The thread that interrupt threads put aside goes on, unless somebody asked it to make room. */
    private @Nullable SimpleThread chooseByPolicy(CpuRoom room) {
        SimpleThread aside = room.takeAside();
        if (aside != null) {
            if (!room.reschedule) {
                return aside;
            }
            aside.sliceLeftNs = room.reason == ReadyReason.PREEMPTED ? aside.sliceLeftNs : 0;
            count(room.reason);
            tell(room, placement.whoShouldLook(room, aside, keep(room.cpu, aside, room.reason), false));
        }
        room.answered();
        SimpleThread next = policy.pick(room.cpu);
        if (next != null && !next.mayRunOn(room.cpu.id())) {
            throw room.cpu.violation("picked-elsewhere", next.name() + " was picked where it may not run");
        }
        return next;
    }

    private Next switchTo(CpuRoom room, SimpleThread next) {
        room.cpu.save(switched, 0, 0);
        return enter(room, next);
    }

    private static Next enter(CpuRoom room, SimpleThread next) {
        Pmap wanted = next.pmap();
        Pmap loaded = room.cpu.pmap();
        if (wanted != null && wanted != loaded) {
            room.cpu.activate(wanted);
            if (loaded != null) {
                room.cpu.deactivate(loaded);
            }
        }
        return room.cpu.load(next);
    }

    private void countRun(CpuRoom room) {
        if (room.runsPolicyThread()) {
            policy.ran(room.running, room.cpu.now() - room.ranSince);
        }
    }

    /** The running thread begins to run: its slice starts. */
    Next begun(Cpu cpu) {
        CpuRoom room = CpuRoom.of(cpu);
        room.ranSince = cpu.now();
        room.beginSlice(room.runsPolicyThread() ? sliceNs(room.running) : Long.MAX_VALUE);
        if (room.running != room.idle) {
            room.armTimer();
        }
        return Next.RETURN;
    }

    private long sliceNs(SimpleThread thread) {
        long left = thread.sliceLeftNs;
        thread.sliceLeftNs = 0;
        return left > 0 ? left : slice(thread);
    }

    private long slice(SimpleThread thread) {
        long ns = policy.sliceNs(thread);
        if (ns < 1) {
            throw rooms[thread.onCpu()].cpu.violation(
                    "slice-positive", "sliceNs returned " + ns + " for " + thread.name() + ": expected at least 1 ns");
        }
        return ns;
    }

    private Next idle(Cpu cpu) {
        CpuRoom room = CpuRoom.of(cpu);
        SimpleThread next = next(room);
        cpu.push(idleLoop);
        if (next != room.idle) {
            idle.remove(cpu.id());
            return switchTo(room, next);
        }
        idle.add(cpu.id());
        room.sliceEnd = Long.MAX_VALUE;
        room.armTimer();
        return cpu.halt();
    }

    // ---- waking -------------------------------------------------------------------------------------------------

    @Override
    public Next ready(Cpu cpu, KThread kthread) {
        SimpleThread thread = (SimpleThread) kthread;
        if (!thread.blocked) {
            thread.wakePending = true;
            return Next.RETURN;
        }
        makeRunnable(cpu, thread, ReadyReason.WOKEN);
        return makeRoomInKernel(cpu);
    }

    @Override
    public void startTimeout(Cpu cpu, KThread thread, long deadlineNs) {
        ((SimpleThread) thread).timerCpu = cpu.id();
        CpuRoom.of(cpu).timeouts.add(thread, deadlineNs);
    }

    @Override
    public void cancelTimeout(Cpu cpu, KThread kthread) {
        SimpleThread thread = (SimpleThread) kthread;
        if (thread.timerCpu >= 0) {
            cpu.charge(thread.timerCpu == cpu.id() ? Charge.QUEUE_OP : Charge.REMOTE_ACCESS);
            rooms[thread.timerCpu].timeouts.remove(thread);
            thread.timerCpu = -1;
        }
    }

    /** A blocked or new thread can run: it is reported, kept, and a CPU told. */
    void makeRunnable(Cpu cpu, SimpleThread thread, ReadyReason reason) {
        thread.blocked = false;
        thread.markRunnable(cpu);
        if (thread instanceof InterruptThread served) {
            served.home.interruptThreads.addLast(cpu, thread);
        } else {
            enqueue(cpu, thread, reason);
        }
    }

    /** A runnable thread that does not run is handed to the policy, and a CPU told. */
    void enqueue(Cpu cpu, SimpleThread thread, ReadyReason reason) {
        CpuRoom room = CpuRoom.of(cpu);
        lock.lock(cpu);
        int first = keep(cpu, thread, reason);
        int told = placement.whoShouldLook(room, thread, first, true);
        lock.unlock(cpu);
        tell(room, told);
    }

    /** Has the policy keep a thread; returns the CPU it names. */
    private int keep(Cpu cpu, SimpleThread thread, ReadyReason reason) {
        int first = policy.enqueue(cpu, thread, reason);
        if (first < Policy.ANY_CPU || first >= rooms.length) {
            throw cpu.violation(
                    "told-cpu-exists",
                    "enqueue returned CPU " + first + " for " + thread.name() + ": expected 0 to " + (rooms.length - 1)
                            + ", or ANY_CPU");
        }
        return first;
    }

    private void tell(CpuRoom here, int cpu) {
        if (cpu == Placement.NOBODY) {
            return;
        }
        idle.remove(cpu);
        ask(here, rooms[cpu], ReadyReason.PREEMPTED);
    }

    /** Has the thread that runs on a CPU make room there at the next opportunity. */
    void ask(CpuRoom here, CpuRoom target, ReadyReason reason) {
        if (target == here) {
            here.askedFor(reason);
        } else {
            target.asked = true;
            target.reason = reason;
            kick(here, target);
        }
    }

    /** Interrupts another CPU, unless such an IPI is on its way. */
    void kick(CpuRoom here, CpuRoom target) {
        if (!target.kicked) {
            target.kicked = true;
            kicks++;
            here.cpu.sendIpi(target.cpu, RESCHEDULE);
        }
    }
}
