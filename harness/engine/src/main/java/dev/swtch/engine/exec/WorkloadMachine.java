package dev.swtch.engine.exec;

import dev.swtch.engine.result.Idling;
import dev.swtch.engine.workload.NodeRef;
import dev.swtch.engine.workload.Streams;
import dev.swtch.engine.workload.ThreadEntry;
import dev.swtch.engine.workload.Workload;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Machine;
import dev.swtch.machine.Pmap;
import dev.swtch.machine.cost.Charge;
import dev.swtch.machine.topology.CpuSet;
import dev.swtch.spi.Scheduler;
import dev.swtch.spi.block.WaitChannel;
import dev.swtch.spi.thread.Process;
import dev.swtch.spi.thread.RunState;
import dev.swtch.spi.thread.ThreadClass;
import dev.swtch.spi.thread.ThreadSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A workload on a machine under a scheduler: its tasks, the objects they meet at, and whether anything can still happen.
 *
 * <p>What is run is made by a {@link Starter}.
 */
public final class WorkloadMachine {
    /** Event sources outside the CPUs besides the devices': late starts, and the watch for a stall. */
    private static final int OWN_SLOTS = 2;

    /** Interrupt lines besides the devices': late starts, and interrupts that threads send. */
    private static final int OWN_LINES = 2;

    private static final int RANKS = 32;
    private static final int MOST_LOGGED_TASKS = 256;

    /** Threads that a run can fork, as a system has a limit; the ones of the past count, for they are in the result. */
    private static final int MOST_FORKED = 200_000;

    private final Workload workload;
    private final Machine machine;
    private final KernelCalls kernel;
    private final Meter meter;
    private final Interpreter interpreter;
    private final Devices devices;
    private final Ipis ipis;
    private final List<Task> tasks = new ArrayList<>();
    private final List<Task> tasksView = Collections.unmodifiableList(tasks);
    /** By the thread table's order; forked tasks may stand between them in the order of creation. */
    private final @Nullable Task[] initial;

    private final List<Process> processes = new ArrayList<>();
    private final List<CpuSet> affinities = new ArrayList<>();
    private final Labels labels;
    private final OpenLoad openLoad;
    private final long[] timers;
    private final StallWatch stalls;
    private final long endNs;
    private final boolean logEachTask;
    private final Starter starter;

    private int addresses;
    private int live;
    private long refusedForks;
    private long lastProgressNs;
    private boolean over;

    /**
     * Puts a workload on a machine.
     *
     * @param workload what is run
     * @param machine a machine made with {@link #slots} event sources, none of whose CPUs has started
     * @param scheduler the scheduler made for that machine
     * @param endNs when the run ends
     * @param idleThresholdNs the shortest time worth mentioning in which a CPU idles while a thread waits
     */
    public WorkloadMachine(Workload workload, Machine machine, Scheduler scheduler, long endNs, long idleThresholdNs) {
        this.workload = workload;
        this.machine = machine;
        this.endNs = endNs;
        this.kernel = new KernelCalls(scheduler);
        for (int i = 0; i < workload.affinitySets(); i++) {
            affinities.add(NodeRef.resolve(workload.affinitySet(i), machine.topology()));
        }
        this.meter = new Meter(new WorkConservation(affinities, machine.cpuCount(), idleThresholdNs));
        this.initial = new Task[workload.initialThreads()];
        this.timers = new long[workload.objects().timers().size()];
        this.labels = new Labels(workload);
        this.logEachTask = workload.initialThreads() <= MOST_LOGGED_TASKS;
        this.interpreter = new Interpreter(this, kernel, meter);
        this.devices = new Devices(this, kernel);
        int ownSlots = Devices.slots(workload.devices());
        int ownLines = workload.devices().size();
        this.starter = new Starter(this, kernel, ownSlots, ownLines);
        this.ipis = new Ipis(machine, ownLines + 1);
        this.openLoad = new OpenLoad(this, kernel, ownSlots + OWN_SLOTS, ownLines + OWN_LINES);
        int cpus = machine.cpuCount();
        for (int i = 0; i < workload.processes().size(); i++) {
            processes.add(new Process(i + 1, workload.processes().get(i), new Pmap(i + 1, cpus)));
        }
        machine.install(kernel);
        this.stalls = new StallWatch(this, ownSlots + 1);
        devices.attach(scheduler.scheduling());
        starter.attach(scheduler.scheduling());
        ipis.attach(scheduler.scheduling(), this);
        openLoad.attach(scheduler.scheduling());
    }

    /** Event sources outside the CPUs that a machine for a workload needs. */
    public static int slots(Workload workload) {
        return Devices.slots(workload.devices())
                + OWN_SLOTS
                + workload.arrivals().size();
    }

    /** Makes the starter, arms the devices and the start of every CPU. */
    public void boot() {
        starter.boot();
        devices.start();
        openLoad.start();
        for (int cpu = 0; cpu < machine.cpuCount(); cpu++) {
            startCpu(cpu, workload.cpuStartNs(cpu));
        }
    }

    /** CPUs that start with the run are up before its first event: the starter finds them all. */
    private void startCpu(int cpu, long atNs) {
        if (atNs == 0) {
            machine.startNow(cpu);
        } else {
            machine.startCpu(cpu, atNs);
        }
    }

    /** Whether another thread can be forked; counts the times it cannot. */
    boolean mayFork() {
        boolean may = tasks.size() < workload.initialThreads() + MOST_FORKED;
        refusedForks += may ? 0 : 1;
        return may;
    }

    /** Fork steps that made fewer threads than they wanted, because there were too many. */
    public long refusedForks() {
        return refusedForks;
    }

    /** A task forks another from an on-demand entry; the new thread is made but not released. */
    Task fork(Cpu cpu, Task parent, int entryIndex, long number, int countedIn) {
        ThreadEntry entry = workload.threads().get(entryIndex);
        String path = workload.forkedPath(parent.path, parent.forked, entry, number);
        long key = Streams.childKey(parent.key, entryIndex, number);
        Task child = make(cpu, new Task(this, entry, path, workload.programOf(entry), key, parent, countedIn));
        child.releasedNs = cpu.now();
        return child;
    }

    /** Makes the thread of a task that is there from the start; it is not released. */
    Task make(Cpu cpu, int index) {
        ThreadEntry entry = workload.threads().get(index);
        Task task = make(cpu, new Task(this, entry, workload.programOf(entry)));
        task.releasedNs = Math.max(cpu.now(), entry.startNs());
        initial[index] = task;
        return task;
    }

    /** A thread arrives from outside; it is made but not released. Its first labels have begun when it came. */
    Task arrive(Cpu cpu, OpenLoad.Source source, long number, long atNs) {
        ThreadEntry entry = workload.threads().get(source.entry.fork());
        long key = Streams.childKey(source.entry.key(), source.entry.fork(), number);
        String path = source.entry.path(entry, number);
        Task task = make(cpu, new Task(this, entry, path, workload.programOf(entry), key, null, -1));
        task.source = source;
        task.releasedNs = atNs;
        labels.arrived(task, atNs);
        return task;
    }

    private Task make(Cpu cpu, Task task) {
        ThreadEntry entry = task.entry;
        cpu.charge(Charge.THREAD_CREATE);
        Process process = entry.threadClass().isUser() ? processes.get(entry.process()) : null;
        int set = entry.affinitySet(task.key);
        CpuSet affinity = set < 0 ? null : affinities.get(set);
        ThreadSpec spec = new ThreadSpec(
                tasks.size(),
                task.path,
                process,
                entry.threadClass(),
                entry.nice(),
                rank(entry.threadClass(), entry.rank()),
                affinity);
        task.allowOn(meter.conservation().setOfAffinity(set));
        task.setThread(kernel.scheduling(cpu).create(cpu, spec, task));
        if (logEachTask && tasks.size() < MOST_LOGGED_TASKS) {
            task.setWaitLog(WaitLog.coarse());
        }
        tasks.add(task);
        live++;
        return task;
    }

    void exited(Cpu cpu, Task task) {
        live--;
        task.endNs = cpu.now();
        task.waitsFor = null;
        labels.exited(task, cpu.now());
        if (task.source != null) {
            task.source.left();
        }
        endIfAllLeft(cpu.now());
    }

    /** Ends the run if no task is left and none can come. */
    void endIfAllLeft(long nowNs) {
        if (live == 0 && tasks.size() >= workload.initialThreads() && !openLoad.maySpeak()) {
            over = true;
            end(nowNs);
        }
    }

    /** Nothing happens after an instant, in ns. */
    void end(long latestNs) {
        lastProgressNs = latestNs;
        machine.requestStop();
    }

    /** Whether something may still come that no task waits for by name. */
    boolean maySpeak() {
        return tasks.size() < workload.initialThreads() || devices.maySpeak() || openLoad.maySpeak();
    }

    StallWatch stalls() {
        return stalls;
    }

    /** The task whose steps take no time and never end; null if there is none. */
    public @Nullable Task endlessTask() {
        return stalls.endlessTask();
    }

    /** Whether nothing can happen any more. */
    public boolean isStalled() {
        return stalls.isStalled();
    }

    /** Whether the run is at its end because all tasks have left or nothing can happen any more. */
    public boolean isOver() {
        return isStalled() || over;
    }

    /** When the last task left or, in a stall, began its last wait, in ns. */
    public long lastProgressNs() {
        return lastProgressNs;
    }

    /** Tasks made and not gone. */
    public int live() {
        return live;
    }

    // ---- for the executor ---------------------------------------------------------------------------------------

    Interpreter interpreter() {
        return interpreter;
    }

    Devices devices() {
        return devices;
    }

    Ipis ipis() {
        return ipis;
    }

    Workload workload() {
        return workload;
    }

    Machine machine() {
        return machine;
    }

    long endNs() {
        return endNs;
    }

    long[] timers() {
        return timers;
    }

    int nextAddress() {
        return addresses++;
    }

    WaitChannel channel(String name) {
        return new WaitChannel(nextAddress(), name);
    }

    /** The rank a thread asks the scheduler for. */
    int rank(ThreadClass threadClass, int rank) {
        return threadClass == ThreadClass.REALTIME ? workload.level(rank, RANKS) : Math.min(rank, RANKS - 1);
    }

    CpuSet affinity(int set) {
        return set < 0 ? CpuSet.all(machine.cpuCount()) : affinities.get(set);
    }

    /** The task made at the start of an entry of the thread table; null before its release and when it has left. */
    @Nullable
    Task taskOf(int entry) {
        Task task = initial[entry];
        boolean there = task != null && task.thread().runState() != RunState.NEW && task.endNs < 0;
        return there ? task : null;
    }

    // ---- results ------------------------------------------------------------------------------------------------

    /** The tasks in the order they were made; a view. */
    public List<Task> tasks() {
        return tasksView;
    }

    /** Who waited while CPUs idled, up to now; once, after the run. */
    public Idling idling() {
        return meter.conservation().finish(tasks, machine.now());
    }

    /** What a task waits for without a timeout and who holds it; empty if it does not wait. */
    public String waitsFor(Task task) {
        return Deadlocks.waitsFor(interpreter.locks(), task);
    }

    /** Threads that wait for each other and never go on: a sentence for each circle of them. */
    public List<String> deadlocks() {
        return new Deadlocks(interpreter.locks()).among(tasks);
    }

    /** What was measured at switches and first works. */
    public Meter meter() {
        return meter;
    }

    /** Calls of a contract. */
    public long decisions() {
        return kernel.decisions();
    }

    /** What arrived from outside. */
    public OpenLoad openLoad() {
        return openLoad;
    }

    /** What is measured between begin and end of a label. */
    public Labels labels() {
        return labels;
    }

    /** Measuring begins only now: forgets the latencies and switches so far. */
    public void startMeasuring() {
        meter.reset();
        meter.conservation().reset(tasks, machine.now());
        for (Task task : tasks) {
            WaitLog waits = task.waitLog();
            if (waits != null) {
                waits.reset();
            }
        }
    }
}
