package dev.swtch.reference;

import dev.swtch.spi.SchedulerPlugin;
import dev.swtch.testkit.SchedulerConformance;

class HighestResponseRatioConformanceTest extends SchedulerConformance {
    @Override
    protected SchedulerPlugin plugin() {
        return new HighestResponseRatio.Plugin();
    }
}
