package dev.swtch.lwkt.usched;

import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.Lwp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code struct usched_bsd4_pcpu}: the LWP that may be in user mode on a CPU. */
final class Bsd4Pcpu {
    /** The CPU. */
    final Globaldata gd;

    /** Its number. */
    final int cpuid;

    /** Schedules an LWP when another CPU asks to. */
    final LwktThread helperThread;

    /** Its groups of CPUs, from itself to the whole machine; empty if the topology is unknown. */
    final List<CpuNode> groups;

    /** Priority of the designated LWP when it was designated. */
    int upri = UserPriority.PRIBASE_NULL;

    /** Schedclock ticks of the turn. */
    int rrcount;

    /** The designated LWP: the only one that may be in user mode here. */
    @Nullable
    Lwp uschedcp;

    Bsd4Pcpu(Globaldata gd, LwktThread helperThread, List<CpuNode> groups) {
        this.gd = gd;
        this.cpuid = gd.cpuid;
        this.helperThread = helperThread;
        this.groups = groups;
    }
}
