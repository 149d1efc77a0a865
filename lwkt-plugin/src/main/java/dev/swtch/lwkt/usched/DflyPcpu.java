package dev.swtch.lwkt.usched;

import dev.swtch.lwkt.sys.Cpumask;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.lwkt.sys.Spinlock;
import org.jspecify.annotations.Nullable;

/** {@code struct usched_dfly_pcpu}: the user run queues of a CPU and the LWP that may be in user mode there. */
public final class DflyPcpu {
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
    public int upri = UserPriority.PRIBASE_NULL;

    /** Load of the LWPs counted here. */
    public long uload;

    /** Number of the LWPs counted here. */
    public int ucount;

    /** The designated LWP: the only one that may be in user mode here. */
    public @Nullable Lwp uschedcp;

    /** Its user run queues. */
    public final UserRunq runq = new UserRunq();

    final Spinlock spin = new Spinlock();

    DflyPcpu(Globaldata gd, @Nullable CpuNode cpunode, LwktThread helperThread) {
        this.gd = gd;
        this.cpuid = gd.cpuid;
        this.cpumask = Cpumask.of(gd.cpuid);
        this.cpunode = cpunode;
        this.helperThread = helperThread;
    }

    /** Whether there is nothing to do for threads of any kind. */
    boolean isIdle() {
        return uschedcp == null && runq.runqcount == 0 && gd.tdrunqcount == 0;
    }
}
