package dev.swtch.lwkt.sys;

import static dev.swtch.lwkt.sys.Rqf.RQF_AST_LWKT_RESCHED;
import static dev.swtch.lwkt.sys.Rqf.RQF_AST_USER_RESCHED;
import static dev.swtch.lwkt.sys.Rqf.RQF_IDLECHECK_MASK;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Next;
import dev.swtch.machine.cost.Charge;
import dev.swtch.spi.thread.ThreadClass;
import dev.swtch.spi.thread.ThreadSpec;
import org.jspecify.annotations.Nullable;

/**
 * {@code struct globaldata}: the kernel's area of one CPU, with the inline functions of {@code thread2.h} that act on
 * the executing CPU.
 */
public final class Globaldata {
    /** Interrupts of a CPU. */
    public static final int INTRS = 48;

    /** {@code FIRST_SOFTINT}: the first of the interrupts that software raises, behind those of devices. */
    public static final int FIRST_SOFTINT = INTRS;

    /** Interrupts that software can raise. */
    public static final int SOFTINTS = 8;

    /** The CPU. */
    public final Cpu cpu;

    /** {@code gd_cpuid}. */
    public final int cpuid;

    /** {@code gd_idlethread}. */
    public final LwktThread idlethread;

    /** {@code gd_tdrunq}. */
    public final RunQueue tdrunq = new RunQueue();

    /** {@code gd_tdallq}. */
    public final AllQueue tdallq = new AllQueue();

    /** {@code gd_cpusyncq}: messages of CPUs that hold this one still. */
    public final Ipiq cpusyncq = new Ipiq();

    /** {@code gd_curthread}. */
    public LwktThread curthread;

    /** {@code gd_freetd}: the thread that exited last, kept until another does. */
    public @Nullable LwktThread freetd;

    /** {@code gd_reqflags}: RQF_. */
    public int reqflags;

    /** {@code gd_tdrunqcount}. */
    public int tdrunqcount;

    /** {@code gd_intr_nesting_level}: in an interrupt, an IPI function or a hard section; no switch is allowed. */
    public int intrNestingLevel;

    /** {@code gd_trap_nesting_level}. */
    public int trapNestingLevel;

    /** {@code gd_ipimask}: CPUs that queued messages for this one. */
    public final Cpumask ipimask = new Cpumask();

    /** When the message was sent whose function is being entered. */
    public long messageSentNs;

    /** {@code gd_npoll}: an IPI is on its way or being worked off. */
    public int npoll;

    /** {@code gd_processing_ipiq}. */
    public int processingIpiq;

    /** {@code gd_spinlocks}: held spin locks. */
    public int spinlocks;

    /** {@code gd_idle_repeat}: idle turns since a thread ran. */
    public int idleRepeat;

    /** Selections in a row that failed for tokens when the idle thread was switched to last. */
    public int idleSpinning;

    /** Device interrupts that wait, as {@code gd_ipending}. */
    public long ipending;

    /** {@code gd_spending}: soft interrupts that wait. */
    public int spending;

    /** Switches to a thread that was selected from the run queue. */
    public long vSwtch;

    /** Threads that could not be scheduled because of a token. */
    public long vLockColls;

    /** Device interrupts taken. */
    public long vIntr;

    /** How often a contended switch tried to wait for the request flags instead of spinning. */
    public long spinMonitors;

    /** Messages sent. */
    public long ipiqCount;

    /** Messages that met a full queue. */
    public long ipiqFifofull;

    /** Messages that needed no IPI. */
    public long ipiqAvoided;

    /** Messages sent without an IPI of their own. */
    public long ipiqPassive;

    /** Cpusyncs begun. */
    public long ipiqCscount;

    /** Not the seed's: threads of equal priority are queued by {@code td_upri}. */
    public boolean enqueueByUpri;

    /** The seed's: a reschedule is requested although the run queue is empty. */
    public boolean reschedWhenEmpty = true;

    /** The seed's: a thread that was preempted finds a reschedule requested although it is still the first. */
    public boolean reschedAfterPreempt = true;

    /** Not the seed's: an exclusive request keeps others from sharing a token. */
    public boolean exclreqBlocksShared;

    /** The loop the CPU waits in while it spins. */
    public Wait waiting = Wait.NONE;

    /** {@code gd_tsleep_hash}. */
    public final SleepQueue tsleepHash = new SleepQueue();

    /** {@code gd_delayed_wakeup}. */
    public final @Nullable Ident[] delayedWakeup = new Ident[2];

    /** {@code gd_schedclock.time}: when the schedclock ticks next; a {@code sysclock_t} of 32 bits. */
    public int schedclockTime;

    private final @Nullable Ipiq[] ipiq;
    private final @Nullable IntrInfo[] intrInfo = new IntrInfo[INTRS + SOFTINTS];

    /**
     * Makes the area of a CPU.
     *
     * @param cpu the CPU
     * @param cpus number of CPUs
     * @param idleNumber number of the idle thread
     */
    public Globaldata(Cpu cpu, int cpus, int idleNumber) {
        this.cpu = cpu;
        this.cpuid = cpu.id();
        this.ipiq = new Ipiq[cpus];
        ThreadSpec spec = ThreadSpec.kernel(idleNumber, "idle" + cpuid, ThreadClass.CPU_IDLE);
        this.idlethread = new LwktThread(spec, null, this);
        this.curthread = idlethread;
        cpu.setArea(this);
    }

    /** {@code mycpu}. */
    public static Globaldata of(Cpu cpu) {
        Object area = cpu.area();
        if (area == null) {
            throw new IllegalStateException("cpu" + cpu.id() + " has no area");
        }
        return (Globaldata) area;
    }

    /** {@code gd_ipiq}: the queue of this CPU's messages to another; made on first use. */
    public Ipiq ipiq(int target) {
        Ipiq ip = ipiq[target];
        if (ip == null) {
            ip = new Ipiq();
            ipiq[target] = ip;
        }
        return ip;
    }

    /** Whether this CPU ever sent a message to another. */
    public boolean hasIpiq(int target) {
        return ipiq[target] != null;
    }

    /** An interrupt of this CPU; made on first use. */
    public IntrInfo intrInfo(int irq) {
        IntrInfo info = intrInfo[irq];
        if (info == null) {
            info = new IntrInfo(irq);
            intrInfo[irq] = info;
        }
        return info;
    }

    // ---- thread2.h: critical sections ---------------------------------------------------------------------------

    /** {@code crit_enter}. */
    public void critEnter() {
        if (curthread.critcount++ == 0) {
            cpu.setCritical(true);
        }
    }

    /** {@code crit_exit_noyield}: leaves a critical section without looking for what waited. */
    public void critExitNoyield() {
        if (--curthread.critcount <= 0) {
            if (curthread.critcount < 0) {
                throw critPanic();
            }
            cpu.setCritical(false);
        }
    }

    /**
     * {@code crit_exit} up to its call of {@code splz}: leaves a critical section and, with
     * {@code lwkt_maybe_splz}, says whether it has to be called, which is the caller's last act.
     */
    public boolean critExit() {
        critExitNoyield();
        return (reqflags & RQF_IDLECHECK_MASK) != 0
                && curthread.critcount == 0
                && intrNestingLevel == 0
                && curthread.nestCount < 2;
    }

    /** {@code splz_check} up to its call of {@code splz}: it may be called inside a critical section. */
    public boolean splzWanted() {
        return (reqflags & RQF_IDLECHECK_MASK) != 0 && intrNestingLevel == 0 && curthread.nestCount < 2;
    }

    /** {@code crit_enter_hard}: a critical section in which no switch is allowed. */
    public void critEnterHard() {
        critEnter();
        ++intrNestingLevel;
    }

    /** {@code spin_lock}: its effects on the CPU. */
    public void spinLockEffects() {
        critEnter();
        ++spinlocks;
    }

    /** {@code spin_unlock}: its effects on the CPU. */
    public void spinUnlockEffects() {
        --spinlocks;
        critExitNoyield();
    }

    private RuntimeException critPanic() {
        int lcrit = curthread.critcount;
        curthread.critcount = 0;
        return Kassert.panic(this, "td_critcount is/would-go negative! " + curthread.comm + " " + lcrit);
    }

    // ---- reschedule requests ------------------------------------------------------------------------------------

    /** Sets requests of this CPU, atomically. */
    public void setReqflags(int flags) {
        cpu.charge(Charge.ATOMIC);
        reqflags |= flags;
    }

    /** Clears requests of this CPU, atomically. */
    public void clearReqflags(int flags) {
        cpu.charge(Charge.ATOMIC);
        reqflags &= ~flags;
    }

    /** {@code need_lwkt_resched}. */
    public void needLwktResched() {
        setReqflags(RQF_AST_LWKT_RESCHED);
    }

    /** {@code clear_lwkt_resched}. */
    public void clearLwktResched() {
        clearReqflags(RQF_AST_LWKT_RESCHED);
    }

    /** {@code lwkt_resched_wanted}. */
    public boolean lwktReschedWanted() {
        return (reqflags & RQF_AST_LWKT_RESCHED) != 0;
    }

    /** {@code need_user_resched}. */
    public void needUserResched() {
        setReqflags(RQF_AST_USER_RESCHED);
    }

    /** {@code clear_user_resched}. */
    public void clearUserResched() {
        clearReqflags(RQF_AST_USER_RESCHED);
    }

    /** {@code user_resched_wanted}. */
    public boolean userReschedWanted() {
        return (reqflags & RQF_AST_USER_RESCHED) != 0;
    }

    /** Rests in one of the kernel's wait loops; what was pushed is its next turn. */
    public Next waitIn(Wait loop) {
        waiting = loop;
        return cpu.spin();
    }
}
