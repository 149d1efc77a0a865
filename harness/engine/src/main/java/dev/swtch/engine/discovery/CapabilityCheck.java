package dev.swtch.engine.discovery;

import dev.swtch.engine.workload.Need;
import dev.swtch.engine.workload.Workload;
import dev.swtch.spi.SchedulerPlugin;
import dev.swtch.spi.plugin.Capability;
import dev.swtch.spi.plugin.PluginDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Compares what a workload and a machine need with what a scheduler has. */
public final class CapabilityCheck {
    private CapabilityCheck() {}

    /** What a scheduler must be capable of to serve a need; empty if every scheduler serves it. */
    public static Optional<Capability> capabilityFor(Need need) {
        return switch (need) {
            case USER_PI_MUTEX -> Optional.of(Capability.USER_MUTEX_INHERITANCE);
            case KERNEL_MUTEX -> Optional.of(Capability.KERNEL_MUTEX);
            case SERIALIZER -> Optional.of(Capability.SERIALIZER);
            case SPIN_LOCK, CRITICAL_SECTION -> Optional.of(Capability.CRITICAL_SECTION);
            case REALTIME_CLASS -> Optional.of(Capability.REALTIME_CLASS);
            case IDLE_CLASS -> Optional.of(Capability.IDLE_CLASS);
            case AFFINITY -> Optional.of(Capability.AFFINITY);
            case BIND -> Optional.of(Capability.BIND);
            case SIGNAL_STOP -> Optional.of(Capability.STOP);
            case DEVICE, THREADED_INTERRUPT -> Optional.of(Capability.DEVICES);
            case KERNEL_THREAD, FORK, NICE, LATE_CPUS -> Optional.empty();
        };
    }

    /** The needs of a workload that a scheduler cannot serve. */
    public static List<Need> lacking(PluginDescriptor plugin, Workload workload) {
        List<Need> lacking = new ArrayList<>();
        for (Need need : Need.values()) {
            Optional<Capability> capability = capabilityFor(need);
            if (workload.needs().contains(need)
                    && capability.isPresent()
                    && plugin.lacks().contains(capability.get())) {
                lacking.add(need);
            }
        }
        return lacking;
    }

    /** One sentence about why a scheduler is left out; empty if it serves every need on a machine of that size. */
    public static String explain(SchedulerPlugin plugin, Workload workload, int cpus) {
        PluginDescriptor descriptor = plugin.descriptor();
        if (cpus > plugin.mostCpus()) {
            return "the machine has " + cpus + " CPUs, " + descriptor.id() + " runs on at most " + plugin.mostCpus();
        }
        List<Need> lacking = lacking(descriptor, workload);
        if (lacking.isEmpty()) {
            return "";
        }
        return "the workload needs "
                + String.join(", ", lacking.stream().map(CapabilityCheck::words).toList())
                + ", which " + descriptor.id() + " does not have";
    }

    /** A need in words: {@code serializer}. */
    public static String words(Need need) {
        return switch (need) {
            case USER_PI_MUTEX -> "user mutexes with priority inheritance";
            case KERNEL_MUTEX -> "kernel mutexes";
            case SERIALIZER -> "serializers";
            case SPIN_LOCK -> "spin locks";
            case CRITICAL_SECTION -> "critical sections";
            case REALTIME_CLASS -> "the realtime class";
            case IDLE_CLASS -> "the idle class";
            case KERNEL_THREAD -> "kernel threads";
            case FORK -> "threads created on the way";
            case NICE -> "nice values";
            case AFFINITY -> "CPU affinity";
            case BIND -> "binding to a CPU";
            case SIGNAL_STOP -> "stopping threads";
            case DEVICE -> "devices";
            case THREADED_INTERRUPT -> "threaded interrupts";
            case LATE_CPUS -> "CPUs that start late";
        };
    }

    /** A capability in words: {@code user mutex inheritance}. */
    public static String nameOf(Capability capability) {
        return capability.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
