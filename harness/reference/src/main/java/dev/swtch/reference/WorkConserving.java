package dev.swtch.reference;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.topology.CpuSet;
import dev.swtch.spi.Foresight;
import dev.swtch.spi.simple.Policy;
import dev.swtch.spi.simple.ReadyReason;
import dev.swtch.spi.simple.SimpleThread;
import dev.swtch.spi.thread.ThreadBody;
import dev.swtch.spi.thread.ThreadSpec;
import org.jspecify.annotations.Nullable;

/**
 * The work-conserving bound: least work left first, on every CPU there is. A thread that may use an idle CPU never keeps
 * one that may not from running: it is moved there. On one CPU without costs no schedule has a smaller mean response.
 *
 * <p>One thread is moved for one that comes; where only a chain of moves would free a CPU, it stays idle.
 */
final class WorkConserving implements Policy {
    private final Policy leastFirst;

    /** CPUs that found nothing to run, and were not told of a thread since. */
    private final CpuSet idle;

    WorkConserving(Foresight foresight, int cpus) {
        idle = CpuSet.none(cpus);
        LeastWorkLeft leastWork = new LeastWorkLeft(foresight);
        leastFirst = new LeastFirst(new LeastFirst.Order() {
            @Override
            public long rank(RankedThread thread, ReadyReason reason) {
                boolean aside = reason == ReadyReason.PREEMPTED && idleFor(thread) != ANY_CPU;
                return aside ? Foresight.NEVER : leastWork.rank(thread, reason);
            }

            @Override
            public boolean preempts(RankedThread enqueued, RankedThread running) {
                return idleFor(running) != ANY_CPU || leastWork.preempts(enqueued, running);
            }
        });
    }

    private int idleFor(SimpleThread thread) {
        for (int cpu = idle.first(); cpu >= 0; cpu = idle.next(cpu + 1)) {
            if (thread.mayRunOn(cpu)) {
                return cpu;
            }
        }
        return ANY_CPU;
    }

    @Override
    public SimpleThread thread(ThreadSpec spec, @Nullable ThreadBody body) {
        return leastFirst.thread(spec, body);
    }

    @Override
    public int enqueue(Cpu cpu, SimpleThread thread, ReadyReason reason) {
        leastFirst.enqueue(cpu, thread, reason);
        int home = idleFor(thread);
        if (home != ANY_CPU) {
            idle.remove(home);
        }
        return home;
    }

    @Override
    public @Nullable SimpleThread pick(Cpu cpu) {
        SimpleThread thread = leastFirst.pick(cpu);
        if (thread == null) {
            idle.add(cpu.id());
        } else {
            idle.remove(cpu.id());
        }
        return thread;
    }

    @Override
    public boolean preempts(SimpleThread enqueued, SimpleThread running) {
        return leastFirst.preempts(enqueued, running);
    }

    @Override
    public void dequeue(Cpu cpu, SimpleThread thread) {
        leastFirst.dequeue(cpu, thread);
    }

    @Override
    public boolean holds(SimpleThread thread) {
        return leastFirst.holds(thread);
    }
}
