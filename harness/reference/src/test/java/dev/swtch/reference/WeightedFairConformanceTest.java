package dev.swtch.reference;

import dev.swtch.spi.SchedulerPlugin;
import dev.swtch.testkit.SchedulerConformance;

class WeightedFairConformanceTest extends SchedulerConformance {
    @Override
    protected SchedulerPlugin plugin() {
        return new WeightedFair();
    }
}
