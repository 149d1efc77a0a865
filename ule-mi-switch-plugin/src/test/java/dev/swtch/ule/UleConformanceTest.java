package dev.swtch.ule;

import dev.swtch.spi.SchedulerPlugin;
import dev.swtch.testkit.SchedulerConformance;

class UleConformanceTest extends SchedulerConformance {
    @Override
    protected SchedulerPlugin plugin() {
        return new UlePlugin();
    }
}
