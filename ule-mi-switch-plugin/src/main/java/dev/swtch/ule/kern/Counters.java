package dev.swtch.ule.kern;

import static dev.swtch.ule.kern.SwitchFlags.SWT_COUNT;
import static dev.swtch.ule.kern.SwitchFlags.SWT_IDLE;
import static dev.swtch.ule.kern.SwitchFlags.SWT_SUSPEND;

import dev.swtch.spi.plugin.CounterSink;
import java.util.List;

/** What the kernel counts about itself, for the report: {@code kern.sched.stats} and some of {@code vmstat}. */
final class Counters {
    private static final String BY_TYPE = "mi_switch by type (kern.sched.stats)";
    private static final String BY_VOLITION = "mi_switch by volition";
    private static final String IPIS = "IPIs";
    private static final String BALANCER = "balancer";

    private static final List<String> SWT_NAMES = List.of(
            "owepreempt",
            "turnstile",
            "sleepq",
            "relinquish",
            "needresched",
            "idle",
            "iwait",
            "suspend",
            "remotepreempt",
            "remotewakeidle",
            "bind");

    private Counters() {}

    /** Hands all of them out. */
    static void hand(UleKernel k, CounterSink sink) {
        long all = 0;
        long vol = 0;
        long preempt = 0;
        long switches = 0;
        for (int cpu = 0; cpu < k.ncpus(); cpu++) {
            preempt += k.pcpu(cpu).preemptSwitches;
            switches += k.pcpu(cpu).vSwtch;
        }
        for (int type = 1; type < SWT_COUNT; type++) {
            sink.counter(BY_TYPE, SWT_NAMES.get(type - 1), switches(k, type));
            all += switches(k, type);
            vol += voluntary(k, type);
        }
        sink.counter(BY_VOLITION, "sw_vol", vol);
        sink.counter(BY_VOLITION, "sw_invol", all - vol);
        sink.counter(BY_VOLITION, "sw_preempt", preempt);
        sink.counter(BY_VOLITION, "idle, sw_vol", voluntary(k, SWT_IDLE));
        sink.counter(BY_VOLITION, "idle, sw_invol", switches(k, SWT_IDLE) - voluntary(k, SWT_IDLE));
        sink.counter(BY_VOLITION, "suspend, sw_vol", voluntary(k, SWT_SUSPEND));
        sink.counter(BY_VOLITION, "suspend, sw_invol", switches(k, SWT_SUSPEND) - voluntary(k, SWT_SUSPEND));
        for (SchedStat stat : SchedStat.values()) {
            sink.counter("ULE (kern.sched.stats)", stat.statName(), k.statValue(stat));
        }
        sink.counter(IPIS, "ipi_preempt", ipis(k, Ipi.IPI_PREEMPT));
        sink.counter(IPIS, "ipi_ast", ipis(k, Ipi.IPI_AST));
        sink.counter(BALANCER, "passes", k.balancer.passes());
        sink.counter(BALANCER, "moves", k.balancer.moves());
        sink.counter("vmstat", "v_swtch", switches);
    }

    private static long switches(UleKernel k, int type) {
        long n = 0;
        for (int cpu = 0; cpu < k.ncpus(); cpu++) {
            n += k.pcpu(cpu).schedSwitchStats[type];
        }
        return n;
    }

    private static long voluntary(UleKernel k, int type) {
        long n = 0;
        for (int cpu = 0; cpu < k.ncpus(); cpu++) {
            n += k.pcpu(cpu).volSwitches[type];
        }
        return n;
    }

    private static long ipis(UleKernel k, int ipi) {
        long n = 0;
        for (int cpu = 0; cpu < k.ncpus(); cpu++) {
            n += k.pcpu(cpu).ipiCounts[ipi];
        }
        return n;
    }
}
