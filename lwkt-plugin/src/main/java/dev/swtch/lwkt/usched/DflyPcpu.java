package dev.swtch.lwkt.usched;

import dev.swtch.lwkt.sys.Cpumask;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.lwkt.sys.LwpQueue;
import dev.swtch.lwkt.sys.Spinlock;
import org.jspecify.annotations.Nullable;

/** {@code struct usched_dfly_pcpu}: the user run queues of a CPU and the LWP that may be in user mode there. */
public final class DflyPcpu {
    /** {@code NQS}: queues of a class. */
    public static final int NQS = 32;

    /** {@code PRIBASE_NULL}: worse than any priority. */
    public static final int PRIBASE_NULL = 512;

    /** The CPU. */
    public final Globaldata gd;

    /** Its number. */
    public final int cpuid;

    /** Its bit. */
    public final Cpumask cpumask;

    /** Its place in the topology; null if that is unknown. */
    public final @Nullable CpuNode cpunode;

    /** Schedules an LWP when another CPU asks to. */
    public final LwktThread helperThread;

    /** Priority of the designated LWP when it was designated. */
    public int upri = PRIBASE_NULL;

    /** Load of the LWPs counted here. */
    public long uload;

    /** Number of the LWPs counted here. */
    public int ucount;

    /** The designated LWP: the only one that may be in user mode here. */
    public @Nullable Lwp uschedcp;

    /** Non-empty queues of each class: realtime, normal, idle. */
    public final int[] bits = new int[DflyQueues.CLASSES];

    /** LWPs in the queues. */
    public int runqcount;

    final Spinlock spin = new Spinlock();
    private final LwpQueue[][] queues = new LwpQueue[DflyQueues.CLASSES][NQS];

    DflyPcpu(Globaldata gd, @Nullable CpuNode cpunode, LwktThread helperThread) {
        this.gd = gd;
        this.cpuid = gd.cpuid;
        this.cpumask = Cpumask.of(gd.cpuid);
        this.cpunode = cpunode;
        this.helperThread = helperThread;
        for (LwpQueue[] ofClass : queues) {
            for (int i = 0; i < NQS; i++) {
                ofClass[i] = new LwpQueue();
            }
        }
    }

    /** A queue of a class: 0 realtime, 1 normal, 2 idle. */
    public LwpQueue queue(int ofClass, int index) {
        return queues[ofClass][index];
    }

    /** Whether there is nothing to do for threads of any kind. */
    boolean isIdle() {
        return uschedcp == null && runqcount == 0 && gd.tdrunqcount == 0;
    }
}
