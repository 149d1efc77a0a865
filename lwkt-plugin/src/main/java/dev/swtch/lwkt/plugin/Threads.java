package dev.swtch.lwkt.plugin;

import dev.swtch.lwkt.kern.CreateRequest;
import dev.swtch.lwkt.kern.ForkRequest;
import dev.swtch.lwkt.kern.LwktKernel;
import dev.swtch.lwkt.kern.ThreadCache;
import dev.swtch.lwkt.sys.Cpumask;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.LwktToken;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.lwkt.sys.Proc;
import dev.swtch.lwkt.sys.Tdf;
import dev.swtch.lwkt.sys.Tdpri;
import dev.swtch.lwkt.sys.Usched;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Machine;
import dev.swtch.machine.Next;
import dev.swtch.machine.topology.CpuSet;
import dev.swtch.spi.thread.Process;
import dev.swtch.spi.thread.ThreadBody;
import dev.swtch.spi.thread.ThreadClass;
import dev.swtch.spi.thread.ThreadSpec;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Threads of the workload as DragonFly makes them, and the structures the kernel's own threads use. */
final class Threads implements ThreadCache {
    private static final int RANKS = 32;

    /** Addresses of things made for the workload: far from each other, as allocated ones are. */
    private static final long ALLOCATED = 1L << 28;

    private static final int SPACING = 1_136;

    private static final int NOMINAL_CACHE = 32;

    private final Machine machine;
    private final ArrayDeque<LwktThread> cache = new ArrayDeque<>();
    private @Nullable LwktKernel kernel;
    private @Nullable Usched usched;
    private @Nullable Lwp lwp0;
    private @Nullable LwktThread starter;
    private int ownThreads;
    private long allocated;
    private final Frame<Lwp> firstMoved = new Frame<>("USCHED_SET_FIRST", this::firstMoved);
    private final Frame<Lwp> firstAgain =
            new Frame<>("USER_FIRST", (cpu, lp, a, b) -> firstInUser(Globaldata.of(cpu), lp.thread()));
    private final Frame<CreateRequest> kthreadMade = new Frame<>("KTHREAD_MADE", this::kthreadMade);

    Threads(Machine machine) {
        this.machine = machine;
    }

    void attachKernel(LwktKernel k) {
        kernel = k;
    }

    void attachUsched(Usched scheduler) {
        usched = scheduler;
        lwp0 = new Lwp(new Proc("lwp0", scheduler, nextAddress()), new LwktToken(0, "lwp0"));
    }

    private LwktKernel k() {
        LwktKernel k = kernel;
        if (k == null) {
            throw new IllegalStateException("the kernel is not made yet");
        }
        return k;
    }

    /** Stands for the address of something newly allocated. */
    long nextAddress() {
        return ALLOCATED + SPACING * allocated++;
    }

    // ---- structures ---------------------------------------------------------------------------------------------

    /** A structure for a thread of the kernel's own. */
    LwktThread kernelStructure(String name, ThreadClass threadClass) {
        int number = ThreadSpec.FIRST_PLUGIN_NUMBER + machine.cpuCount() + ownThreads++;
        return new LwktThread(ThreadSpec.kernel(number, name, threadClass), null, k().gd(0));
    }

    @Override
    public LwktThread get() {
        LwktThread cached = cache.pollLast();
        if (cached != null) {
            return cached;
        }
        LwktThread made = kernelStructure("thread", ThreadClass.KERNEL);
        made.flags = Tdf.TDF_ALLOCATED_THREAD;
        return made;
    }

    /** Keeps {@code lwkt.cache_threads} structures, by default 32 or four times the number of CPUs. */
    @Override
    public void put(LwktThread td) {
        if (cache.size() < Math.max(NOMINAL_CACHE, 4 * machine.cpuCount())) {
            cache.addLast(td);
        } else {
            k().threads.lwktThreadDtor(td);
        }
    }

    /** The structure of a thread of the workload, which no other thread ever uses. */
    LwktThread structure(ThreadSpec spec, ThreadBody body) {
        return new LwktThread(spec, body, k().gd(0));
    }

    // ---- making threads run -------------------------------------------------------------------------------------

    /** A user thread is forked: {@code lwp_fork}; what the workload wishes is set as the program would have. */
    Next fork(Globaldata gd, LwktThread td) {
        ThreadSpec spec = td.spec();
        Lwp current = gd.curthread.lwp;
        Lwp parent = current == null ? lwp0() : current;
        if (current == null || gd.curthread == starter) {
            parent.estcpu = 0;
        }
        ForkRequest request = new ForkRequest(
                parent,
                procOf(spec),
                td,
                gd.cpuid,
                spec.name(),
                new LwktToken(td.number() + 1, "lwp " + spec.name()),
                this::firstInUser);
        request.wish(rtprioType(spec.threadClass()), RANKS - 1 - Math.min(spec.rank(), RANKS - 1), maskOf(spec));
        return k().fork.lwpFork(gd, request);
    }

    /**
     * The thread that starts the workload is forked as the first process is, and stays in the kernel: like any parent it
     * is its CPU's designated LWP while it forks. Its use of the CPU is not passed on to its children.
     */
    Next forkStarter(Globaldata gd, LwktThread td) {
        Usched scheduler = usched;
        if (scheduler == null) {
            throw new IllegalStateException("the kernel is not made yet");
        }
        starter = td;
        String name = td.spec().name();
        ForkRequest request = new ForkRequest(
                lwp0(),
                new Proc(name, scheduler, nextAddress()),
                td,
                gd.cpuid,
                name,
                new LwktToken(td.number() + 1, "lwp " + name),
                (mycpu, thread) -> {
                    k().trap.userenter(mycpu);
                    return body(thread).run(mycpu.cpu);
                });
        request.wish(Lwp.RTP_PRIO_NORMAL, 0, Cpumask.of(gd.cpuid));
        return k().fork.lwpFork(gd, request);
    }

    boolean isStarter(LwktThread td) {
        return td == starter;
    }

    private Lwp lwp0() {
        Lwp lp = lwp0;
        if (lp == null) {
            throw new IllegalStateException("the kernel is not made yet");
        }
        return lp;
    }

    /**
     * A new thread is in user mode. Placement at fork may have ignored its set of CPUs; as with {@code sys_usched_set}, which
     * the program would have called, it then moves.
     */
    private Next firstInUser(Globaldata gd, LwktThread td) {
        Lwp lp = td.lwp;
        if (lp == null || lp.cpumask.has(gd.cpuid)) {
            return body(td).run(gd.cpu);
        }
        int target = lp.cpumask.lowest();
        while (target >= 0 && !k().smpActiveMask.has(target)) {
            target = lp.cpumask.next(target + 1);
        }
        if (target < 0) {
            return body(td).run(gd.cpu);
        }
        k().trap.userenter(gd);
        gd.cpu.push(firstMoved, lp);
        return k().migrate.lwktMigratecpu(gd, target);
    }

    private Next firstMoved(Cpu cpu, Lwp lp, int a, long b) {
        Globaldata gd = Globaldata.of(cpu);
        lp.proc.usched.changedcpu(gd, lp);
        cpu.push(firstAgain, lp);
        return k().trap.returnToUser(gd);
    }

    private static ThreadBody body(LwktThread td) {
        ThreadBody body = td.body();
        if (body == null) {
            throw td.gd.cpu.violation("no-body", td.comm + " has nothing to execute");
        }
        return body;
    }

    /** The process a thread belongs to; once its last LWP has left, the next one to come begins a new process. */
    private Proc procOf(ThreadSpec spec) {
        Process process = spec.process();
        Usched scheduler = usched;
        if (process == null || scheduler == null) {
            throw new IllegalArgumentException(spec.name() + " is to run in user mode but has no process");
        }
        if (process.kernelPart() instanceof Proc known && known.stat != Proc.Stat.ZOMB) {
            return known;
        }
        Proc made = new Proc(process.name(), scheduler, nextAddress());
        made.nice = spec.nice();
        process.setKernelPart(made);
        return made;
    }

    static int rtprioType(ThreadClass threadClass) {
        return switch (threadClass) {
            case REALTIME -> Lwp.RTP_PRIO_REALTIME;
            case IDLE, CPU_IDLE -> Lwp.RTP_PRIO_IDLE;
            case TIMESHARE -> Lwp.RTP_PRIO_NORMAL;
            case KERNEL, INTERRUPT -> Lwp.RTP_PRIO_THREAD;
        };
    }

    private static @Nullable Cpumask maskOf(ThreadSpec spec) {
        CpuSet affinity = spec.affinity();
        if (affinity == null) {
            return null;
        }
        Cpumask mask = new Cpumask();
        assign(mask, affinity);
        return mask;
    }

    /** Makes a set of the kernel's equal to one of the harness. */
    static void assign(Cpumask mask, CpuSet cpus) {
        for (int word = 0; word < Cpumask.WORDS; word++) {
            mask.setWord(word, word << 6 < cpus.capacity() ? cpus.word(word) : 0);
        }
    }

    /** A thread of the kernel is made and scheduled: {@code kthread_create}, on the next CPU in turn unless it is tied. */
    Next kthread(Globaldata gd, LwktThread td) {
        ThreadSpec spec = td.spec();
        CpuSet affinity = spec.affinity();
        int cpu = affinity == null ? -1 : affinity.first();
        CreateRequest request = new CreateRequest(
                td,
                Tdf.TDF_NOSTART,
                cpu,
                spec.name(),
                (mycpu, thread) -> body(thread).run(mycpu.cpu));
        gd.cpu.push(kthreadMade, request);
        return k().threads.lwktCreate(gd, request);
    }

    private Next kthreadMade(Cpu cpu, CreateRequest request, int a, long b) {
        Globaldata gd = Globaldata.of(cpu);
        LwktThread td = request.td();
        k().schedule.lwktSetpriInitial(gd, td, Tdpri.TDPRI_KERN_DAEMON);
        return k().schedule.lwktSchedule(gd, td);
    }
}
