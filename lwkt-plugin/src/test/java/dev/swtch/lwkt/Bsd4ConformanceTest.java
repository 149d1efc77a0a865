package dev.swtch.lwkt;

import dev.swtch.spi.Scheduler;
import dev.swtch.spi.SchedulerContext;
import dev.swtch.spi.SchedulerPlugin;
import dev.swtch.spi.plugin.PluginDescriptor;
import dev.swtch.spi.plugin.Tunables;
import dev.swtch.testkit.SchedulerConformance;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;

/** The plugin keeps what every scheduler promises with its older user scheduler too, of which nothing was recorded. */
@DisplayName("conformance of usched_bsd4, not recorded")
class Bsd4ConformanceTest extends SchedulerConformance {
    @Override
    protected SchedulerPlugin plugin() {
        return new Bsd4();
    }

    private static final class Bsd4 implements SchedulerPlugin {
        private final LwktPlugin lwkt = new LwktPlugin();

        @Override
        public PluginDescriptor descriptor() {
            return lwkt.descriptor();
        }

        @Override
        public Scheduler create(SchedulerContext context) {
            Tunables tunables = Tunables.of(descriptor().tunables(), Map.of("usched", 1L));
            return lwkt.create(new SchedulerContext(context.machine(), tunables, context.seed(), context.foresight()));
        }
    }
}
