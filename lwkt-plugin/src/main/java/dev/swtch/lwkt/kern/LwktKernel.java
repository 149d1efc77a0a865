package dev.swtch.lwkt.kern;

import static dev.swtch.lwkt.sys.Cpumask.SMP_MAXCPU;

import dev.swtch.lwkt.sys.Cpumask;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.Tokref;
import dev.swtch.machine.Arrival;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Kernel;
import dev.swtch.machine.Machine;
import dev.swtch.machine.Next;
import dev.swtch.machine.Pmap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** DragonFly's kernel on one simulated machine: its global variables, and its functions by topic. */
public final class LwktKernel implements Kernel {
    /** Tunables. */
    public final Sysctl sysctl = new Sysctl();

    /** lwkt_switch. */
    public final LwktSwitch lwktSwitch;

    /** lwkt_preempt. */
    public final LwktPreempt preempt;

    /** lwkt_yield. */
    public final LwktYield yields;

    /** lwkt_schedule. */
    public final LwktSchedule schedule;

    /** lwkt_setcpu_self, lwkt_acquire. */
    public final LwktMigrate migrate;

    /** lwkt_create, lwkt_exit. */
    public final LwktThreads threads;

    /** lwkt_gettoken. */
    public final LwktTokens tokens;

    /** lwkt_send_ipiq. */
    public final LwktIpiq ipiq;

    /** lwkt_process_ipiq. */
    public final LwktIpiqProcess ipiqProcess;

    /** lwkt_wait_ipiq. */
    public final LwktIpiqWait ipiqWait;

    /** lwkt_cpusync_interlock. */
    public final LwktCpusync cpusync;

    /** lwkt_passive_release. */
    public final Passive passive;

    /** splz, doreti. */
    public final Splz splz;

    /** Interrupt entry. */
    public final Intr intr;

    /** register_int. */
    public final Ithreads ithreads;

    /** tsleep, wakeup. */
    public final Synch synch;

    /** callout_reset. */
    public final KernTimeout timeout;

    /** hardclock, schedclock. */
    public final KernClock clock;

    /** schedcpu. */
    public final Schedcpu schedcpu;

    /** allproc. */
    public final Procs proc = new Procs();

    /** proc_stop, tstop. */
    public final KernSig sig;

    /** userenter, userret. */
    public final Trap trap;

    /** lwp_fork. */
    public final KernFork fork;

    /** lwp_exit. */
    public final KernExit exit;

    /** reaplwps. */
    public final LwpReaper reaper;

    /** {@code switch_count}: switches between two threads, preemptions not counted. */
    public long switchCount;

    /** {@code preempt_hit}. */
    public long preemptHit;

    /** {@code preempt_miss}. */
    public long preemptMiss;

    /** {@code preempt_weird}. */
    public long preemptWeird;

    /** {@code smp_active_mask}: CPUs that have come up. */
    public final Cpumask smpActiveMask;

    /** {@code usched_mastermask}: all CPUs. */
    final Cpumask uschedMastermask;

    /** {@code lwkt_cseq_windex}: tickets of the resequencer given out. */
    int cseqWindex;

    /** {@code lwkt_cseq_rindex}: tickets of the resequencer done. */
    int cseqRindex;

    final Swtch swtch;

    /** systimer_intr. */
    public final Systimer systimer;

    final IdleRest idleRest;
    final Console console;
    final ThreadCache threadCache;
    final NameListener named;
    final @Nullable Pmap kernelPmap;

    private final Idle idle;
    private final Globaldata[] globaldata;
    private final Tokref[][] sortedTokens;

    /**
     * Makes a kernel and its idle threads; installs it on the machine.
     *
     * @param machine where it runs
     * @param parts what surrounds LWKT
     */
    public LwktKernel(Machine machine, Parts parts) {
        int ncpus = machine.cpuCount();
        if (ncpus > SMP_MAXCPU) {
            throw new IllegalArgumentException(
                    "DragonFly runs on at most " + SMP_MAXCPU + " CPUs (SMP_MAXCPU), the machine has " + ncpus);
        }
        smpActiveMask = Cpumask.first(ncpus);
        uschedMastermask = Cpumask.first(ncpus);
        lwktSwitch = new LwktSwitch(this);
        preempt = new LwktPreempt(this);
        yields = new LwktYield(this);
        schedule = new LwktSchedule(this);
        migrate = new LwktMigrate(this);
        threads = new LwktThreads(this);
        tokens = new LwktTokens(this);
        ipiq = new LwktIpiq(this);
        ipiqProcess = new LwktIpiqProcess(this);
        ipiqWait = new LwktIpiqWait(this);
        cpusync = new LwktCpusync(this);
        passive = new Passive(this);
        splz = new Splz(this);
        intr = new Intr(this);
        ithreads = new Ithreads(this);
        swtch = new Swtch(this);
        idle = new Idle(this);
        timeout = new KernTimeout(this, ncpus);
        clock = new KernClock(this);
        schedcpu = new Schedcpu(this);
        sig = new KernSig(this);
        trap = new Trap(this);
        fork = new KernFork(this);
        exit = new KernExit(this);
        reaper = new LwpReaper(this, ncpus);
        synch = parts.synch().apply(this);
        systimer = parts.systimer().apply(this);
        idleRest = parts.idleRest();
        console = parts.console();
        threadCache = parts.threadCache().apply(this);
        named = parts.named();
        kernelPmap = parts.kernelPmap();
        globaldata = new Globaldata[ncpus];
        sortedTokens = new Tokref[ncpus][LwktThread.LWKT_MAXTOKENS];
        for (int i = 0; i < ncpus; i++) {
            globaldata[i] = new Globaldata(machine.cpu(i), ncpus, i);
            idle.init(globaldata[i]);
        }
        machine.install(this);
    }

    /** Number of CPUs. */
    public int ncpus() {
        return globaldata.length;
    }

    /** {@code globaldata_find}: the area of a CPU. */
    public Globaldata gd(int cpuid) {
        return globaldata[cpuid];
    }

    /** Room to sort a thread's tokens in. */
    Tokref[] sortedTokens(int cpuid) {
        return sortedTokens[cpuid];
    }

    @Override
    public Next interrupt(Cpu cpu, int vector, Arrival arrival) {
        return intr.interrupt(Globaldata.of(cpu), vector, arrival);
    }

    @Override
    public Next start(Cpu cpu) {
        return idle.start(Globaldata.of(cpu));
    }

    /** Learns of a thread's name, when the structure becomes that thread. */
    @FunctionalInterface
    public interface NameListener {
        /** The structure was zeroed and named. */
        void threadNamed(LwktThread td);
    }

    /**
     * What surrounds LWKT.
     *
     * @param synch sleeping and waking
     * @param systimer clocks
     * @param idleRest what an idle CPU does
     * @param console where the kernel prints
     * @param threadCache unused thread structures
     * @param named learns the names of threads
     * @param kernelPmap the kernel's address space; null if none is simulated
     */
    public record Parts(
            Function<LwktKernel, Synch> synch,
            Function<LwktKernel, Systimer> systimer,
            IdleRest idleRest,
            Console console,
            Function<LwktKernel, ThreadCache> threadCache,
            NameListener named,
            @Nullable Pmap kernelPmap) {}
}
