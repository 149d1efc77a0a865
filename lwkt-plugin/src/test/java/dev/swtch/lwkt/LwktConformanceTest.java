package dev.swtch.lwkt;

import dev.swtch.spi.SchedulerPlugin;
import dev.swtch.testkit.SchedulerConformance;

/** The plugin keeps what every scheduler promises. */
class LwktConformanceTest extends SchedulerConformance {
    @Override
    protected SchedulerPlugin plugin() {
        return new LwktPlugin();
    }
}
