package dev.swtch.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swtch.spi.Scheduler;
import dev.swtch.spi.SchedulerContext;
import dev.swtch.spi.SchedulerPlugin;
import dev.swtch.spi.plugin.PluginDescriptor;
import org.junit.jupiter.api.Test;

class PluginFrameTest {
    private static final StackTraceElement JDK =
            new StackTraceElement("java.util.ArrayList", "get", "ArrayList.java", 7);
    private static final StackTraceElement OVERFLOW = call("Plugin", "preempts", -1);
    private static final StackTraceElement ENGINE =
            new StackTraceElement("dev.swtch.spi.simple.Dispatcher", "pick", "Dispatcher.java", 9);

    private static StackTraceElement call(String type, String method, int line) {
        return new StackTraceElement("dev.swtch.engine.run." + type, method, type + ".java", line);
    }

    private static String of(StackTraceElement... trace) {
        return PluginFrame.of(trace, new Own());
    }

    @Test
    void the_innermost_call_of_the_plugin_with_a_line_is_the_place() {
        assertThat(of(JDK, OVERFLOW, call("Plugin", "preempts", 11), ENGINE))
                .isEqualTo("dev.swtch.engine.run.Plugin.preempts, line 11");
        assertThat(of(ENGINE, OVERFLOW)).isEqualTo("dev.swtch.engine.run.Plugin.preempts");
        assertThat(of(JDK, ENGINE)).isEqualTo("dev.swtch.spi.simple.Dispatcher.pick, line 9");
        assertThat(of(JDK)).isEmpty();
    }

    private static final class Own implements SchedulerPlugin {
        @Override
        public PluginDescriptor descriptor() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Scheduler create(SchedulerContext context) {
            throw new UnsupportedOperationException();
        }
    }
}
