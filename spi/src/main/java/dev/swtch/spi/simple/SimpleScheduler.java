package dev.swtch.spi.simple;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Machine;
import dev.swtch.machine.Next;
import dev.swtch.spi.BlockContract;
import dev.swtch.spi.PreemptContract;
import dev.swtch.spi.ScheduleContract;
import dev.swtch.spi.Scheduler;
import dev.swtch.spi.SchedulerContext;
import dev.swtch.spi.SwitchContract;
import dev.swtch.spi.SwitchReason;
import dev.swtch.spi.ThrowContract;
import dev.swtch.spi.plugin.CounterSink;
import dev.swtch.spi.plugin.Means;
import dev.swtch.spi.thread.KThread;
import dev.swtch.spi.thread.ThreadClass;
import dev.swtch.spi.thread.ThreadSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A scheduler's mechanism without its policy: start of the CPUs, switch, idle loop, timer, IPI, interrupt threads, waits.
 *
 * <p>All that is decided is decided by a {@link Policy}, under one lock for the whole machine. A thread that can run is
 * handed to the policy; then an idle CPU is told of it, or one whose thread it preempts: by a flag on the CPU that
 * executes, by an IPI elsewhere. Each CPU's one-shot timer serves the running thread's slice and the timed waits that
 * began there.
 *
 * <p>A thread that makes room for interrupt threads alone keeps its turn and the rest of its slice, unless another CPU is
 * idle: so policies that do not preempt are not made to by interrupts.
 *
 * <h2>Why this way: when a thread makes room</h2>
 * A thread with a user mode makes room when it goes back there, after a system call or an interrupt; in the kernel only
 * for a thread that serves an interrupt, and never in a critical section. So code in the kernel, which may hold locks
 * others wait for, is not held up by slices, and a policy never sees a thread that owns the kernel. A thread of the
 * kernel has no way back to user mode: it makes room after an interrupt and after calls that wake or change
 * threads. Full preemption in the kernel was left out: it needs priority lending to be of use. A reference scheduler
 * with lending would reopen this.
 */
public final class SimpleScheduler implements Scheduler, SwitchContract, ThrowContract {
    /** By what means every scheduler made of this class serves the needs of a workload. */
    public static final List<Means> MEANS = List.of(
            new Means("sleep", "one-shot timer at the exact time"),
            new Means(
                    "user mutex, condition, barrier, semaphore", "first-in first-out queue; the woken thread retries"),
            new Means("kernel mutex", "first-in first-out queue with hand-off"),
            new Means("serializer", "dropped on blocking, all taken again at once before going on"),
            new Means("interrupt thread", "runs before all other threads, on the line's CPU"));

    private final Dispatcher dispatcher;
    private final Interrupts interrupts;
    private final Threads threads;
    private final FifoBlocking blocking;

    /** The scheduler of one machine, none of whose CPUs has started. */
    public SimpleScheduler(SchedulerContext context, Policy policy) {
        Machine machine = context.machine();
        CpuRoom[] rooms = new CpuRoom[machine.cpuCount()];
        for (int cpu = 0; cpu < rooms.length; cpu++) {
            int number = ThreadSpec.FIRST_PLUGIN_NUMBER + cpu;
            ThreadSpec spec = ThreadSpec.kernel(number, "idle" + cpu, ThreadClass.CPU_IDLE);
            rooms[cpu] = new CpuRoom(machine.cpu(cpu), new SimpleThread(spec, null));
        }
        dispatcher = new Dispatcher(policy, rooms);
        blocking = new FifoBlocking(dispatcher);
        interrupts = new Interrupts(dispatcher, blocking, ThreadSpec.FIRST_PLUGIN_NUMBER + rooms.length);
        threads = new Threads(dispatcher, interrupts);
    }

    @Override
    public SwitchContract switching() {
        return this;
    }

    @Override
    public ThrowContract throwing() {
        return this;
    }

    @Override
    public ScheduleContract scheduling() {
        return threads;
    }

    @Override
    public PreemptContract preemption() {
        return interrupts;
    }

    @Override
    public BlockContract blocking() {
        return blocking;
    }

    @Override
    public Next switchOut(Cpu cpu, SwitchReason reason) {
        return switch (reason) {
            case YIELD -> dispatcher.makeRoom(cpu, ReadyReason.YIELDED);
            case BLOCK -> blocking.block(cpu);
        };
    }

    @Override
    public Next start(Cpu cpu, @Nullable KThread first) {
        return dispatcher.start(cpu, (SimpleThread) first);
    }

    @Override
    public Next exit(Cpu cpu) {
        return dispatcher.exit(cpu);
    }

    @Override
    public void check(Cpu cpu) {
        CpuRoom room = CpuRoom.of(cpu);
        if (room.started && cpu.current() != room.running) {
            throw cpu.violation(
                    "running-is-current",
                    room.running.name() + " should run, not " + cpu.current().name());
        }
        if (dispatcher.policy.holds(room.running)) {
            throw cpu.violation("kept-and-running", room.running.name() + " runs and is kept by the policy");
        }
        if (room.runsPolicyThread() && !room.running.mayRunOn(cpu.id()) && !room.reschedule && !room.asked) {
            throw cpu.violation("affinity", room.running.name() + " runs where it may not");
        }
    }

    @Override
    public boolean holds(KThread thread) {
        SimpleThread simple = (SimpleThread) thread;
        if (simple instanceof InterruptThread) {
            return simple.isQueued();
        }
        return simple.asideIn != null || dispatcher.policy.holds(simple);
    }

    @Override
    public void counters(CounterSink sink) {
        sink.counter("switches", "preempted", dispatcher.preemptions);
        sink.counter("switches", "expired", dispatcher.expirations);
        sink.counter("ipis", "reschedule", dispatcher.kicks);
        sink.counter("locks", "contended", dispatcher.lock.contended());
    }
}
