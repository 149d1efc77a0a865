package dev.swtch.engine.workload;

import dev.swtch.spi.thread.ThreadClass;
import java.util.List;

/**
 * The operations of a compiled {@link Program}: an int in its code, followed by its operands.
 *
 * <p>Operands written <i>value</i> are evaluated with {@link Program#value}: a constant or a draw. Operands written
 * <i>reg</i> are registers of the running thread, counted from its base. Objects, threads and devices are indices into
 * the tables of the {@link Workload}; programs jump to absolute positions in their own code.
 */
public final class Op {
    /** {@code value}: work in user mode, in ns at full speed. */
    public static final int COMPUTE = 0;
    /** {@code value}: interruptible work in kernel mode, in ns at full speed. */
    public static final int KERNEL_WORK = 1;
    /**
     * {@code value elapsed, value slice, reg}: computes slice after slice until that much time has passed since the
     * step began, preempted or not. The register holds the end, set when the step begins and zeroed when it ends.
     */
    public static final int RUNTIME = 2;
    /** {@code value}: sleeps that long from now. */
    public static final int SLEEP = 3;
    /**
     * {@code timer, reg, value period, policy}: sleeps until the timer's next instant, by the rule of
     * {@link TimerRule}. The timer is shared, with its state in the timer table, or -1 for one of the thread's own,
     * with its state in the register. A timer's base is that of
     * the thread that uses it first. The policy is the ordinal of a {@link MissPolicy}.
     */
    public static final int TIMER = 4;
    /** {@code mutex}: locks a user mutex; not recursive. */
    public static final int LOCK = 5;
    /** {@code mutex}: unlocks a user mutex. */
    public static final int UNLOCK = 6;
    /** {@code condition, mutex}: releases the mutex, waits for the condition, locks the mutex again. */
    public static final int WAIT = 7;
    /** {@code condition}: wakes the first waiter; lost if there is none. */
    public static final int SIGNAL = 8;
    /** {@code condition}: wakes all waiters; lost if there are none. */
    public static final int BROADCAST = 9;
    /** {@code barrier}: waits until all parties have come; the last comer does not block. */
    public static final int BARRIER = 10;
    /** {@code semaphore}: adds one, or lets the first waiter go on. */
    public static final int SEM_POST = 11;
    /** {@code semaphore}: takes one, waiting for it if need be. */
    public static final int SEM_WAIT = 12;
    /**
     * {@code thread, value count, reg, limit, reg children}: creates that many threads from an on-demand entry of the
     * thread table. The first register counts the threads this thread made of that entry; beyond the limit (0: none)
     * nothing is created. The second counts those that have not left.
     */
    public static final int FORK = 13;
    /** Ends the thread. */
    public static final int EXIT = 14;
    /** Offers the CPU to others. */
    public static final int YIELD = 15;
    /** {@code nice}: sets the thread's own nice value. */
    public static final int SET_NICE = 16;
    /** {@code set}: restricts the thread to an affinity set of the workload, -1 for all CPUs. */
    public static final int SET_AFFINITY = 17;
    /** {@code class, rank}: the ordinal of a {@link ThreadClass}, and the rank in the realtime class. */
    public static final int SET_CLASS = 18;
    /**
     * {@code reg, value count, after}: sets the register to the count (-1: forever); jumps to after if it is 0.
     */
    public static final int LOOP_BEGIN = 19;
    /** {@code reg, body}: jumps to body if the register is negative, or not zero after being lowered by one. */
    public static final int LOOP_END = 20;
    /** Enters a critical section: no preemption on this CPU. Nests. */
    public static final int CRIT_ENTER = 21;
    /** Leaves a critical section. */
    public static final int CRIT_EXIT = 22;
    /** {@code lock}: takes a spin lock. */
    public static final int SPIN_LOCK = 23;
    /** {@code lock}: releases a spin lock. */
    public static final int SPIN_UNLOCK = 24;
    /** {@code mutex}: locks a kernel mutex. */
    public static final int KMUTEX_LOCK = 25;
    /** {@code mutex}: unlocks a kernel mutex. */
    public static final int KMUTEX_UNLOCK = 26;
    /** {@code serializer}: enters a serializer, which is given up while its holder sleeps. */
    public static final int SERIALIZER_ENTER = 27;
    /** {@code serializer}: leaves a serializer. */
    public static final int SERIALIZER_LEAVE = 28;
    /** {@code cpu}: moves the thread to a CPU and keeps it there. */
    public static final int BIND = 29;
    /** Undoes {@link #BIND}. */
    public static final int UNBIND = 30;
    /** {@code thread}: stops another thread wherever it is. */
    public static final int STOP = 31;
    /** {@code thread}: lets a stopped thread go on. */
    public static final int CONTINUE = 32;
    /** {@code probe, reg}: begins a latency measurement; the register holds its start. */
    public static final int BEGIN = 33;
    /** {@code probe, reg}: ends a latency measurement and records the time since its begin. */
    public static final int END = 34;
    /** {@code device, value service}: starts a request that takes the device that long, and waits for its end. */
    public static final int DEVICE_IO = 35;

    /**
     * {@code group, reg children}: waits until the threads of a group that were made at the start have left, and those
     * that the register counts.
     */
    public static final int JOIN = 36;
    /** {@code value}: goes on at the drawn one, counted from 0, of the {@link #JUMP}s that follow. */
    public static final int CHOOSE = 37;
    /** {@code target}: goes on there. */
    public static final int JUMP = 38;
    /**
     * {@code reg, value elapsed, after}: sets the register to the end of the loop, or jumps to after if it is no time.
     * Steps of the loop are not counted, as how many rounds it has is up to the scheduler.
     */
    public static final int TIMED_BEGIN = 39;
    /** {@code reg, body}: jumps to body if the end in the register has not come. */
    public static final int TIMED_END = 40;
    /** {@code condition, mutex, value timeout}: as {@link #WAIT}, at most so long. */
    public static final int WAIT_TIMED = 41;
    /**
     * {@code semaphore, value timeout, late}: as {@link #SEM_WAIT}, at most so long; then nothing is taken, and the
     * thread goes on at late. Steps are not counted until {@link #REJOIN}, as which come is up to the scheduler.
     */
    public static final int SEM_WAIT_TIMED = 42;
    /**
     * {@code target, object, value look, reg}: works so long, looks at a semaphore or barrier, and so on until it need
     * not wait. The target is the ordinal of a {@link SpinTarget}. The register is 1 from the begin to the end.
     */
    public static final int SPIN_UNTIL = 43;

    /** {@code rank}: the thread is in the realtime class with at least this rank until the step that undoes it. */
    public static final int CEILING_RAISE = 44;
    /** {@code rank}: undoes one {@link #CEILING_RAISE} of the same rank. */
    public static final int CEILING_DROP = 45;

    /**
     * {@code cpu, value handler}: interrupts a CPU, or with {@link Step.Ipi#ALL_BUT_SELF} all others; the handler works
     * so long there.
     */
    public static final int IPI = 46;

    /** {@code mutex, value timeout, late}: as {@link #LOCK}, else like {@link #SEM_WAIT_TIMED}. */
    public static final int LOCK_TIMED = 47;
    /** Where both ways that a timed step can go on meet again. */
    public static final int REJOIN = 48;

    /** What an operand is, for the disassembler. */
    enum Operand {
        VALUE,
        REGISTER,
        COUNT,
        TARGET,
        PLAIN
    }

    /** Name and operands of one operation. */
    record Shape(String name, List<Operand> operands) {}

    private static final List<Shape> SHAPES = List.of(
            shape("compute", Operand.VALUE),
            shape("kernel-work", Operand.VALUE),
            shape("runtime", Operand.VALUE, Operand.VALUE, Operand.REGISTER),
            shape("sleep", Operand.VALUE),
            shape("timer", Operand.PLAIN, Operand.REGISTER, Operand.VALUE, Operand.PLAIN),
            shape("lock", Operand.PLAIN),
            shape("unlock", Operand.PLAIN),
            shape("wait", Operand.PLAIN, Operand.PLAIN),
            shape("signal", Operand.PLAIN),
            shape("broadcast", Operand.PLAIN),
            shape("barrier", Operand.PLAIN),
            shape("sem-post", Operand.PLAIN),
            shape("sem-wait", Operand.PLAIN),
            shape("fork", Operand.PLAIN, Operand.COUNT, Operand.REGISTER, Operand.PLAIN, Operand.REGISTER),
            shape("exit"),
            shape("yield"),
            shape("set-nice", Operand.PLAIN),
            shape("set-affinity", Operand.PLAIN),
            shape("set-class", Operand.PLAIN, Operand.PLAIN),
            shape("loop-begin", Operand.REGISTER, Operand.COUNT, Operand.TARGET),
            shape("loop-end", Operand.REGISTER, Operand.TARGET),
            shape("crit-enter"),
            shape("crit-exit"),
            shape("spin-lock", Operand.PLAIN),
            shape("spin-unlock", Operand.PLAIN),
            shape("kmutex-lock", Operand.PLAIN),
            shape("kmutex-unlock", Operand.PLAIN),
            shape("serializer-enter", Operand.PLAIN),
            shape("serializer-leave", Operand.PLAIN),
            shape("bind", Operand.PLAIN),
            shape("unbind"),
            shape("stop", Operand.PLAIN),
            shape("continue", Operand.PLAIN),
            shape("begin", Operand.PLAIN, Operand.REGISTER),
            shape("end", Operand.PLAIN, Operand.REGISTER),
            shape("device-io", Operand.PLAIN, Operand.VALUE),
            shape("join", Operand.PLAIN, Operand.REGISTER),
            shape("choose", Operand.COUNT),
            shape("jump", Operand.TARGET),
            shape("timed-begin", Operand.REGISTER, Operand.VALUE, Operand.TARGET),
            shape("timed-end", Operand.REGISTER, Operand.TARGET),
            shape("wait-timed", Operand.PLAIN, Operand.PLAIN, Operand.VALUE),
            shape("sem-wait-timed", Operand.PLAIN, Operand.VALUE, Operand.TARGET),
            shape("spin-until", Operand.PLAIN, Operand.PLAIN, Operand.VALUE, Operand.REGISTER),
            shape("ceiling-raise", Operand.PLAIN),
            shape("ceiling-drop", Operand.PLAIN),
            shape("ipi", Operand.PLAIN, Operand.VALUE),
            shape("lock-timed", Operand.PLAIN, Operand.VALUE, Operand.TARGET),
            shape("rejoin"));

    private Op() {}

    /** Number of operations. */
    public static int count() {
        return SHAPES.size();
    }

    /** The name of an operation, for people. */
    public static String name(int op) {
        return SHAPES.get(op).name();
    }

    /** How many operands follow an operation. */
    public static int operands(int op) {
        return SHAPES.get(op).operands().size();
    }

    static Shape shapeOf(int op) {
        return SHAPES.get(op);
    }

    private static Shape shape(String name, Operand... operands) {
        return new Shape(name, List.of(operands));
    }
}
