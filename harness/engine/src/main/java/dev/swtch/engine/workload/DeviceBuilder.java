package dev.swtch.engine.workload;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a device does, for {@link WorkloadBuilder}. */
public final class DeviceBuilder {
    private final String name;
    private int cpu;
    private Dist handler = Dist.of(5_000);
    private boolean fast = true;
    private Arrivals arrivals = new Arrivals.None();
    private int servers = 1;
    private @Nullable String posts;

    DeviceBuilder(String name) {
        this.name = name;
    }

    /** Routes the interrupt line to a CPU; 0 without it. */
    public DeviceBuilder cpu(int number) {
        cpu = number;
        return this;
    }

    /** Sets the kernel work of the handler; 5 microseconds without it. */
    public DeviceBuilder handler(String span) {
        return handler(Dist.of(span));
    }

    /** Sets the kernel work of the handler. */
    public DeviceBuilder handler(Dist span) {
        handler = span;
        return this;
    }

    /** Gives the handler a thread of its own instead of running it in the interrupt. */
    public DeviceBuilder threaded() {
        fast = false;
        return this;
    }

    /** Interrupts once every period, first after one period. */
    public DeviceBuilder every(String period) {
        return every(period, period);
    }

    /** Interrupts once every period, first at the phase. */
    public DeviceBuilder every(String period, String phase) {
        arrivals = new Arrivals.Periodic(Times.parseNs(phase), Times.parseNs(period));
        return this;
    }

    /** Interrupts at random, with exponentially distributed gaps. */
    public DeviceBuilder poisson(String meanGap) {
        arrivals = new Arrivals.Poisson(0, Times.parseNs(meanGap));
        return this;
    }

    /** Interrupts at given times after the start of the run. */
    public DeviceBuilder at(String... times) {
        List<Long> timesNs = Arrays.stream(times).map(Times::parseNs).toList();
        arrivals = new Arrivals.Fixed(timesNs);
        return this;
    }

    /** Serves several requests at a time. */
    public DeviceBuilder servers(int number) {
        servers = number;
        return this;
    }

    /** Posts a semaphore on each arrival. */
    public DeviceBuilder posts(String semaphore) {
        posts = semaphore;
        return this;
    }

    DeviceSpec build() {
        return new DeviceSpec(name, cpu, handler, fast, arrivals, servers, posts, null);
    }
}
