package dev.swtch.engine.workload;

import dev.swtch.spi.thread.ThreadClass;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One step of a thread in the source form of a workload. Objects and threads are referred to by name. */
public sealed interface Step {
    /** A step with the place where it was written; everything else is the step's. */
    record Placed(Step step, Place place) implements Step {
        /** The step itself. */
        static Step bare(Step step) {
            return step instanceof Placed placed ? placed.step() : step;
        }
    }

    /** Work in user mode (in kernel mode for a thread that has no other), ns at full speed. */
    record Compute(Dist work) implements Step {}

    /** Interruptible work in kernel mode, ns at full speed. */
    record KernelWork(Dist work) implements Step {}

    /** Work in slices until a time has elapsed, preempted or not. */
    record RunFor(Dist elapsed, Dist slice) implements Step {}

    /** Sleep for a time from now. */
    record Sleep(Dist span) implements Step {}

    /** Sleep until the next instant of a periodic timer; without a name the step has a timer of its own. */
    record Timer(@Nullable String timer, boolean perThread, Dist period, MissPolicy policy) implements Step {}

    /** Lock a user mutex. */
    record Lock(String mutex) implements Step {}

    /** Unlock a user mutex. */
    record Unlock(String mutex) implements Step {}

    /** Wait for a condition, with a locked mutex; after the timeout, if there is one, the thread goes on anyway. */
    record Wait(String condition, String mutex, @Nullable Dist timeout) implements Step {
        /** Waits as long as it takes. */
        public Wait(String condition, String mutex) {
            this(condition, mutex, null);
        }
    }

    /** Wake one waiter of a condition. */
    record Signal(String condition) implements Step {}

    /** Wake all waiters of a condition. */
    record Broadcast(String condition) implements Step {}

    /** Meet the other parties of a barrier. */
    record Barrier(String barrier) implements Step {}

    /** Post a semaphore. */
    record Post(String semaphore) implements Step {}

    /** Take from a semaphore. */
    record Pend(String semaphore) implements Step {}

    /**
     * Lock a user mutex within a time.
     *
     * @param mutex its name; not one with inheritance
     * @param timeout how long to wait at most
     * @param body steps with the mutex locked, after which it is unlocked
     * @param otherwise steps to take instead if it was not had in time
     */
    record LockWithin(String mutex, Dist timeout, List<Step> body, List<Step> otherwise) implements Step {
        /** Copies the lists. */
        public LockWithin {
            body = List.copyOf(body);
            otherwise = List.copyOf(otherwise);
        }
    }

    /**
     * Take from a semaphore within a time.
     *
     * @param semaphore its name
     * @param timeout how long to wait at most
     * @param body steps after taking
     * @param otherwise steps to take instead if there was nothing to take in time
     */
    record PendWithin(String semaphore, Dist timeout, List<Step> body, List<Step> otherwise) implements Step {
        /** Copies the lists. */
        public PendWithin {
            body = List.copyOf(body);
            otherwise = List.copyOf(otherwise);
        }
    }

    /** Work in slices, looking after each, until what is waited for has come. */
    record SpinUntil(SpinTarget target, String object, Dist look) implements Step {}

    /** Lock mutex, wait for condition, unlock mutex, all of one name. */
    record Suspend(String name) implements Step {}

    /** Lock mutex, broadcast condition, unlock mutex, all of one name; forgotten if nobody is suspended. */
    record Resume(String name) implements Step {}

    /** Create threads; beyond the limit (0: none) per creating thread, nothing happens. */
    record Fork(String thread, Dist count, int limit) implements Step {}

    /** Wait until all threads of a name that were made at the start, and all of it that the thread forked, have left. */
    record Join(String thread) implements Step {}

    /** End the thread. */
    record Exit() implements Step {}

    /** Offer the CPU to others. */
    record Yield() implements Step {}

    /** Change the own nice value. */
    record SetNice(int nice) implements Step {}

    /** Change the own affinity: CPUs, or {@link NodeRef}s; an empty list means all CPUs. */
    record SetAffinity(List<Integer> cpus) implements Step {
        /** Copies the list. */
        public SetAffinity {
            cpus = List.copyOf(cpus);
        }
    }

    /** Change the own class; the rank counts in the realtime class only. */
    record SetClass(ThreadClass threadClass, int rank) implements Step {}

    /** Repeat; a constant count of {@link #FOREVER} never ends. */
    record Loop(Dist count, List<Step> body) implements Step {
        /** The count of an endless loop. */
        public static final Dist FOREVER = new Dist.Constant(-1);

        /** Copies the body. */
        public Loop {
            body = List.copyOf(body);
        }
    }

    /** A loop for a time; one whose rounds are a compute step alone works in slices. */
    static Step loopFor(Dist elapsed, List<Step> body) {
        boolean slices = body.size() == 1 && Placed.bare(body.get(0)) instanceof Compute;
        return slices ? new RunFor(elapsed, ((Compute) Placed.bare(body.get(0))).work()) : new LoopFor(elapsed, body);
    }

    /** Begin rounds until a time has elapsed since the first. */
    record LoopFor(Dist elapsed, List<Step> body) implements Step {
        /** Copies the body. */
        public LoopFor {
            body = List.copyOf(body);
        }
    }

    /** Take the steps of one branch, drawn by weight. */
    record Choose(List<Branch> branches) implements Step {
        /** Copies the branches. */
        public Choose {
            branches = List.copyOf(branches);
        }
    }

    /**
     * A branch of a {@link Choose}.
     *
     * @param weight at least 1
     * @param body the steps
     */
    record Branch(int weight, List<Step> body) {
        /** Copies the body. */
        public Branch {
            body = List.copyOf(body);
        }
    }

    /** Steps in a critical section. */
    record Critical(List<Step> body) implements Step {
        /** Copies the body. */
        public Critical {
            body = List.copyOf(body);
        }
    }

    /** Steps under a spin lock. */
    record SpinLocked(String lock, List<Step> body) implements Step {
        /** Copies the body. */
        public SpinLocked {
            body = List.copyOf(body);
        }
    }

    /** Steps under a kernel mutex. */
    record KernelMutex(String mutex, List<Step> body) implements Step {
        /** Copies the body. */
        public KernelMutex {
            body = List.copyOf(body);
        }
    }

    /** Steps in a serializer. */
    record Serialized(String serializer, List<Step> body) implements Step {
        /** Copies the body. */
        public Serialized {
            body = List.copyOf(body);
        }
    }

    /** Move to a CPU and stay. */
    record Bind(int cpu) implements Step {}

    /** Undo {@link Bind}. */
    record Unbind() implements Step {}

    /** Stop the thread with a path name, or all threads made at the start under a name. */
    record Stop(String thread) implements Step {}

    /** Let what {@link Stop} names go on. */
    record Continue(String thread) implements Step {}

    /** Interrupt another CPU, or all others that have started: a handler there works for a time, ns at full speed. */
    record Ipi(int cpu, Dist handler) implements Step {
        /** Instead of the number of a CPU: all but the thread's own. */
        public static final int ALL_BUT_SELF = -1;
    }

    /** Begin a latency measurement. */
    record Begin(String probe) implements Step {}

    /** End a latency measurement. */
    record End(String probe) implements Step {}

    /** One request to a device, which takes it that long. */
    record DeviceIo(String device, Dist service) implements Step {}
}
