package dev.swtch.machine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a CPU runs: a register file with the work left in the current burst, a control block, a kernel stack and an
 * address space. Kernels extend it by their threads; the machine knows no more of them.
 */
public abstract class Context {
    static final int NO_CPU = -1;

    final KernelStack stack = new KernelStack();

    /** CPU on which the context is loaded, or {@link #NO_CPU}. */
    int onCpu = NO_CPU;

    int lastCpu = NO_CPU;
    long savedAt;
    long loadedAt;
    boolean dead;

    /** Work left in the burst, in 1/1024 ns at full speed; see {@link Burst#UNIT_BITS}. */
    long work;

    /** Work owed to a cold cache, same unit; paid first, never counted as work done. */
    long debt;

    Mode mode = Mode.KERNEL;
    long userWork;
    long kernelWork;
    long coldWork;

    private int migrations;
    private final int number;
    private @Nullable Pmap pmap;

    /**
     * Makes a context that has never run.
     *
     * @param number names it in traces; unique in its machine
     */
    protected Context(int number) {
        this.number = number;
    }

    /** Number that names the context in traces. */
    public final int number() {
        return number;
    }

    /**
     * Prepares the first run: puts a landing on the empty kernel stack.
     *
     * @throws Violation if the stack is in use: the structure was recycled without {@link #recycle}
     */
    public final <T> void start(Landing<T> landing, T ref) {
        if (stack.depth() != 0) {
            throw new Violation(
                    "stack-in-use",
                    onCpu,
                    savedAt,
                    "a context was started on a stack that is in use: " + stack.backTrace());
        }
        stack.push(landing, ref, 0, 0);
    }

    /** Makes a dead context's structure usable for {@link #start} again. */
    public final void recycle() {
        if (onCpu != NO_CPU) {
            throw new Violation("context-in-use", onCpu, savedAt, "a context was recycled while it is loaded");
        }
        stack.reset();
        dead = false;
        work = 0;
        debt = 0;
    }

    /** The user address space; null for a context that only ever runs in the kernel's. */
    public final @Nullable Pmap pmap() {
        return pmap;
    }

    /** Gives the context a user address space; before its first run. */
    public final void setPmap(@Nullable Pmap pmap) {
        this.pmap = pmap;
    }

    /** The context begins work on a CPU; counts a migration if it worked on another before. */
    void worksOn(int cpu) {
        if (lastCpu != cpu && lastCpu != NO_CPU) {
            migrations++;
        }
        lastCpu = cpu;
    }

    /** How often the context's work began on another CPU than the last. */
    public final int migrations() {
        return migrations;
    }

    /** CPU on which the context is loaded, or -1. */
    public final int onCpu() {
        return onCpu;
    }

    /** CPU on which the context worked last, or -1. */
    public final int lastCpu() {
        return lastCpu;
    }

    /** When the context was saved last, in ns: no CPU can load it before. */
    public final long savedAt() {
        return savedAt;
    }

    /** When the context was loaded last, in ns. */
    public final long loadedAt() {
        return loadedAt;
    }

    /** User work done so far, in ns at full speed. */
    public final long userWorkNs() {
        return userWork >> Burst.UNIT_BITS;
    }

    /** Kernel-mode work of the workload done so far, in ns at full speed. */
    public final long kernelWorkNs() {
        return kernelWork >> Burst.UNIT_BITS;
    }

    /** Work lost to cold caches so far, in ns at full speed. */
    public final long coldWorkNs() {
        return coldWork >> Burst.UNIT_BITS;
    }

    /** Names of the frames on the kernel stack, innermost first. */
    public final List<String> backTrace() {
        return stack.backTrace();
    }

    /** What a person calls the context. */
    public abstract String name();
}
