package dev.swtch.lwkt.plugin;

import static dev.swtch.lwkt.sys.Tsleep.PCATCH;
import static dev.swtch.lwkt.sys.Tsleep.PDOMAIN_UMTX;
import static dev.swtch.lwkt.sys.Tsleep.PINTERLOCKED;

import dev.swtch.lwkt.kern.KernSynch;
import dev.swtch.lwkt.kern.LwktKernel;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.Ident;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.LwktToken;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;
import dev.swtch.machine.cost.Charge;
import dev.swtch.spi.BlockContract;
import dev.swtch.spi.block.KernelLock;
import dev.swtch.spi.block.WaitChannel;
import org.jspecify.annotations.Nullable;

/** Sleeping, waiting and locking of the workload by DragonFly's means. */
final class SleepContracts implements BlockContract {
    private static final long TICK_NS = 1_000_000_000L / Systimers.HZ;

    /** {@code kern.nanosleep_hard_us}: shorter waits are a loop of yields. */
    private static final long HARD_NS = 100_000;

    /** User words lie in pages of their own: {@code umtx_sleep} sleeps on their physical address. */
    private static final long USER_WORDS = 1L << 30;

    private static final int WORD_SPACING = 4_096 + 64;

    private final LwktKernel k;
    private final KernSynch synch;
    private final Systimers systimers;
    private final Threads threads;
    private final Ident nanowait;

    private final Frame<Object> nanoAgain = new Frame<>("NANOSLEEP", this::nanoAgain);
    private final Frame<Object> nanoPause = new Frame<>("NANOSLEEP_PAUSE", (cpu, ref, a, b) -> cpu.spin());
    private final Frame<Object> nanoSwitch = new Frame<>("NANOSLEEP_SWITCH", this::nanoSwitch);
    private final Frame<SleepLock> lockAgain = new Frame<>("LOCK_AGAIN", this::lockAgain);

    SleepContracts(LwktKernel k, KernSynch synch, Systimers systimers, Threads threads) {
        this.k = k;
        this.synch = synch;
        this.systimers = systimers;
        this.threads = threads;
        this.nanowait = new Ident(threads.nextAddress(), "nanowait");
    }

    // ---- nanosleep ----------------------------------------------------------------------------------------------

    /** {@code nanosleep1}, sys/kern/kern_time.c: whole ticks by {@code tsleep}, the rest by a one-shot timer. */
    @Override
    public Next sleep(Cpu cpu, long ns) {
        return ns <= 0 ? Next.RETURN : nanosleep(cpu, cpu.now() + ns);
    }

    private Next nanoAgain(Cpu cpu, Object ref, int a, long targetNs) {
        return nanosleep(cpu, targetNs);
    }

    private Next nanosleep(Cpu cpu, long targetNs) {
        Globaldata gd = Globaldata.of(cpu);
        long left = targetNs - cpu.now();
        if (left <= 0) {
            return Next.RETURN;
        }
        cpu.push(nanoAgain, 0, targetNs);
        if (left >= TICK_NS) {
            return synch.tsleep(gd, nanowait, PCATCH, "nanslp", (int) Math.min(left / TICK_NS, Integer.MAX_VALUE));
        }
        if (left < HARD_NS) {
            cpu.push(nanoPause);
            return k.yields.lwktUserYield(gd);
        }
        LwktThread td = gd.curthread;
        gd.critEnter();
        systimers.oneShot(gd, td, targetNs);
        k.schedule.lwktDescheduleSelfInCrit(gd, td);
        cpu.push(nanoSwitch);
        return k.splz.critExit(gd);
    }

    /** Outside the critical section: a timer that is due by now queues the thread again before it switches. */
    private Next nanoSwitch(Cpu cpu, Object ref, int a, long b) {
        return k.lwktSwitch.lwktSwitch(Globaldata.of(cpu));
    }

    // ---- user words ---------------------------------------------------------------------------------------------

    /** {@code umtx_sleep}, sys/kern/kern_umtx.c. */
    @Override
    public Next await(Cpu cpu, WaitChannel channel, long timeoutNs) {
        int timo = timeoutNs < 0 ? 0 : (int) Math.max(1, (timeoutNs + TICK_NS - 1) / TICK_NS);
        return synch.tsleep(Globaldata.of(cpu), ident(channel), PCATCH | PDOMAIN_UMTX, "umtxsl", timo);
    }

    /** {@code umtx_wakeup}, sys/kern/kern_umtx.c: one is woken on each CPU that has sleepers, or all. */
    @Override
    public Next wake(Cpu cpu, WaitChannel channel, int count) {
        Globaldata gd = Globaldata.of(cpu);
        return count == 1
                ? synch.wakeups().wakeupDomainOne(gd, ident(channel), PDOMAIN_UMTX)
                : synch.wakeups().wakeupDomain(gd, ident(channel), PDOMAIN_UMTX);
    }

    private static Ident ident(WaitChannel channel) {
        if (channel.kernelPart() instanceof Ident known) {
            return known;
        }
        Ident made = new Ident(USER_WORDS + (long) WORD_SPACING * channel.number(), channel.name());
        channel.setKernelPart(made);
        return made;
    }

    // ---- kernel locks -------------------------------------------------------------------------------------------

    /**
     * Stands for a kernel mutex: a sleep lock over {@code tsleep_interlock} and {@code tsleep}.
     *
     * <p>Deviation: DragonFly's {@code lockmgr} and {@code mtx} are not modelled.
     */
    private static final class SleepLock {
        final Ident ident;

        @Nullable
        LwktThread owner;

        int waiters;

        SleepLock(Ident ident) {
            this.ident = ident;
        }
    }

    private SleepLock sleepLock(KernelLock lock) {
        if (lock.kernelPart() instanceof SleepLock known) {
            return known;
        }
        SleepLock made = new SleepLock(new Ident(threads.nextAddress(), lock.name()));
        lock.setKernelPart(made);
        return made;
    }

    @Override
    public Next lock(Cpu cpu, KernelLock mutex) {
        return acquire(cpu, sleepLock(mutex));
    }

    private Next acquire(Cpu cpu, SleepLock lock) {
        Globaldata gd = Globaldata.of(cpu);
        cpu.charge(Charge.ATOMIC);
        if (lock.owner == null) {
            lock.owner = gd.curthread;
            return Next.RETURN;
        }
        lock.waiters++;
        cpu.push(lockAgain, lock);
        gd.critEnter();
        synch.tsleepInterlockInCrit(gd, lock.ident, 0);
        gd.critExitNoyield();
        return synch.tsleep(gd, lock.ident, PINTERLOCKED, lock.ident.name, 0);
    }

    private Next lockAgain(Cpu cpu, SleepLock lock, int a, long b) {
        lock.waiters--;
        return acquire(cpu, lock);
    }

    @Override
    public Next unlock(Cpu cpu, KernelLock mutex) {
        SleepLock lock = sleepLock(mutex);
        Globaldata gd = Globaldata.of(cpu);
        if (lock.owner != gd.curthread) {
            throw cpu.violation("sleep-lock-owner", gd.curthread.comm + " unlocks " + lock.ident.name);
        }
        cpu.charge(Charge.ATOMIC);
        lock.owner = null;
        return lock.waiters == 0 ? Next.RETURN : synch.wakeups().wakeupOne(gd, lock.ident);
    }

    // ---- serializers are tokens ---------------------------------------------------------------------------------

    private static LwktToken token(KernelLock serializer) {
        if (serializer.kernelPart() instanceof LwktToken known) {
            return known;
        }
        LwktToken made = new LwktToken(serializer.number(), serializer.name());
        serializer.setKernelPart(made);
        return made;
    }

    @Override
    public Next enter(Cpu cpu, KernelLock serializer) {
        return k.tokens.lwktGettoken(Globaldata.of(cpu), token(serializer));
    }

    @Override
    public Next leave(Cpu cpu, KernelLock serializer) {
        k.tokens.lwktReltoken(Globaldata.of(cpu), token(serializer));
        return Next.RETURN;
    }
}
