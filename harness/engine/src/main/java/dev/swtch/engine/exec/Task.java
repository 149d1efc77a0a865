package dev.swtch.engine.exec;

import dev.swtch.engine.workload.Program;
import dev.swtch.engine.workload.StepHash;
import dev.swtch.engine.workload.ThreadEntry;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Next;
import dev.swtch.spi.BlockContract;
import dev.swtch.spi.block.WaitChannel;
import dev.swtch.spi.thread.KThread;
import dev.swtch.spi.thread.RunState;
import dev.swtch.spi.thread.ThreadBody;
import dev.swtch.spi.thread.WaitPlace;
import org.jspecify.annotations.Nullable;

/** One thread of the workload: its position, registers and running hash, and what it is measured by. */
public final class Task implements ThreadBody {
    final ThreadEntry entry;
    final String path;
    final Program program;
    final int[] code;
    final long[] registers;
    final long key;
    final boolean forked;
    final WorkloadMachine owner;
    final Wishes wishes;

    int pc;
    /** Critical sections, spin locks, kernel locks and bindings held: the thread stays in the kernel while not 0. */
    int kernelDepth;

    boolean inKernel;
    boolean bound;
    boolean yielding;
    long timerBaseNs;

    /** What the thread waits for without a timeout; null while it does not. */
    @Nullable
    String waitsFor;

    /** Sequence number seen when the thread began to wait on a condition or barrier. */
    long seen;

    boolean ioDone;

    /** Whether a semaphore that is handed over was handed to it. */
    boolean served;

    // Kept by the watch over idle CPUs: the CPUs it is allowed on, and the set it is counted in while it waits.
    int affinitySet;
    int allowedSet;
    int waitsIn = -1;
    long idledBefore;
    long idledNs;

    /** What made it arrive; null if the workload's threads did. */
    OpenLoad.@Nullable Source source;

    /** When it was released; -1 while it has not been. */
    long releasedNs = -1;

    /** When it was first on a CPU after its release; -1 while it has not been. */
    private long firstRunNs = -1;

    /** Depth of loops for a time and of waits for a time, whose steps are not counted. */
    private int uncounted;

    /** When the wait of the current step ends, in ns; {@link BlockContract#FOREVER} if it has no end. */
    long deadlineNs = BlockContract.FOREVER;

    /** Who forked it and counts it in a register of its own; null if nobody did. */
    final @Nullable Task parent;

    final int countedIn;

    /** The register that counts the children the task waits for; -1 while it does not. */
    int waitsForChildren = -1;

    private @Nullable WaitChannel channel;

    /** When it left; -1 while it has not. */
    long endNs = -1;

    private @Nullable KThread thread;
    private @Nullable WaitLog waits;
    private long steps;
    private long stepHash = StepHash.START;
    private long wakeNoted = -1;
    private long firstLoadNs;
    private boolean wakePending;
    private long switches;

    /** Work that interrupts had it do. */
    private long handlersNs;

    /** A thread made at the start. */
    Task(WorkloadMachine owner, ThreadEntry entry, Program program) {
        this(owner, entry, entry.path(), program, entry.key(), null, -1);
    }

    /** A thread made by another, which counts it in one of its registers. */
    Task(
            WorkloadMachine owner,
            ThreadEntry entry,
            String path,
            Program program,
            long key,
            @Nullable Task parent,
            int countedIn) {
        this.owner = owner;
        this.entry = entry;
        this.path = path;
        this.program = program;
        this.code = program.code();
        this.registers = new long[program.registers()];
        this.key = key;
        this.parent = parent;
        this.countedIn = countedIn;
        this.forked = entry.onDemand();
        this.wishes = new Wishes(entry);
    }

    @Override
    public Next run(Cpu cpu) {
        return owner.interpreter().begin(cpu, this);
    }

    /** It may run on the CPUs of a set until that changes or it is bound. */
    void allowOn(int set) {
        affinitySet = set;
        allowedSet = bound ? allowedSet : set;
    }

    @Override
    public void waitChanged(Cpu cpu) {
        owner.meter().conservation().changed(this, cpu.now());
    }

    /** Whether it could use a CPU if it had one; a thread that waits for a lock in a queue for CPUs could not. */
    boolean waitsForCpu() {
        KThread itself = thread();
        return itself.runState() == RunState.RUNNABLE && !itself.isExecuting() && itself.place() != WaitPlace.LOCK;
    }

    /** The scheduler's thread that executes the task; once it was made. */
    public KThread thread() {
        KThread made = thread;
        if (made == null) {
            throw new IllegalStateException(path + " has no thread yet");
        }
        return made;
    }

    /** Whether the scheduler has made its thread. */
    public boolean hasThread() {
        return thread != null;
    }

    void setThread(KThread made) {
        thread = made;
    }

    void setWaitLog(WaitLog log) {
        waits = log;
    }

    /** Waits of this task alone; null in runs with too many threads to keep them apart. */
    public @Nullable WaitLog waitLog() {
        return waits;
    }

    /** When it was released, in ns, or -1. */
    public long releasedNs() {
        return releasedNs;
    }

    /** When it was first on a CPU after its release, in ns, or -1. */
    public long firstRunNs() {
        return firstRunNs;
    }

    /** When it left, in ns, or -1. */
    public long endNs() {
        return endNs;
    }

    /** Evaluates a value operand of the current step. */
    long value(int operand) {
        return program.value(operand, key, registers, 0);
    }

    /** Whether the time of the current step's wait is over. */
    boolean isTooLate(Cpu cpu) {
        return deadlineNs != BlockContract.FOREVER && cpu.now() >= deadlineNs;
    }

    /** Counts no steps until the matching end: which come, or how many, is up to the scheduler. */
    void stopCounting() {
        uncounted++;
    }

    void countAgain() {
        uncounted--;
    }

    /** What the task alone waits on. */
    WaitChannel ownChannel() {
        WaitChannel own = channel;
        if (own == null) {
            own = owner.channel(path);
            channel = own;
        }
        return own;
    }

    /** Counts the current step with the value it drew. */
    void count(long value) {
        if (uncounted > 0) {
            return;
        }
        steps++;
        stepHash = StepHash.add(stepHash, pc, value);
    }

    // ---- measured at switches -----------------------------------------------------------------------------------

    /** The thread was loaded; true if this is the first time since its last wait ended. */
    boolean loaded(long nowNs) {
        long woken = thread().wokenAt();
        if (woken == wakeNoted) {
            return false;
        }
        wakeNoted = woken;
        firstLoadNs = nowNs;
        if (firstRunNs < 0 && nowNs >= releasedNs) {
            firstRunNs = nowNs;
        }
        wakePending = true;
        return true;
    }

    void left() {
        switches++;
        yielding = false;
    }

    /** Whether a wait ended whose first work has not been seen yet; asked once. */
    boolean takeWake() {
        boolean pending = wakePending;
        wakePending = false;
        return pending;
    }

    long firstLoadNs() {
        return firstLoadNs;
    }

    // ---- results ------------------------------------------------------------------------------------------------

    /** The entry of the thread table it was made from. */
    public ThreadEntry entry() {
        return entry;
    }

    /** Stable path name. */
    public String path() {
        return path;
    }

    /** A handler of a device or another CPU worked on the kernel stack of whatever runs on a CPU: that is not its own work. */
    static void handled(Cpu cpu, long ns) {
        if (cpu.current() instanceof KThread interrupted && interrupted.body() instanceof Task task) {
            task.handlersNs += ns;
        }
    }

    /** Work it has done in kernel mode, ns at full speed. */
    public long kernelWorkNs() {
        return thread().kernelWorkNs() - handlersNs;
    }

    /** Work it has done, ns at full speed; 0 before its thread was made. */
    long workNs() {
        return thread == null ? 0 : thread().userWorkNs() + kernelWorkNs();
    }

    /** Steps executed. */
    public long steps() {
        return steps;
    }

    /** Running hash over the steps. */
    public long stepHash() {
        return stepHash;
    }

    /** Times its thread was switched out. */
    public long switches() {
        return switches;
    }

    /** What it waits for without a timeout; empty if it does not. */
    public String waitsFor() {
        return waitsFor == null ? "" : waitsFor;
    }
}
