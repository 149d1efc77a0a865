package dev.swtch.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swtch.machine.Cpu;
import dev.swtch.spi.Scheduler;
import dev.swtch.spi.SchedulerContext;
import dev.swtch.spi.SchedulerPlugin;
import dev.swtch.spi.plugin.Capability;
import dev.swtch.spi.plugin.PluginDescriptor;
import dev.swtch.spi.plugin.PluginKind;
import dev.swtch.spi.simple.Policy;
import dev.swtch.spi.simple.ReadyReason;
import dev.swtch.spi.simple.SimpleScheduler;
import dev.swtch.spi.simple.SimpleThread;
import dev.swtch.spi.simple.ThreadQueue;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;

/** Each scheduler here breaks one rule; the kit must say which. */
class KitBitesTest {
    private static final EnumSet<Capability> TRUE_LACKS =
            EnumSet.of(Capability.REALTIME_CLASS, Capability.IDLE_CLASS, Capability.USER_MUTEX_INHERITANCE);

    @Test
    void a_sound_scheduler_passes() {
        SchedulerConformance kit = kit(TRUE_LACKS, Fifo::new);
        assertThat(failures(kit.runs_every_workload_to_its_end_with_the_same_steps()))
                .isEmpty();
        assertThat(failures(kit.has_the_capabilities_it_does_not_lack_and_no_others()))
                .isEmpty();
        assertThat(failures(kit.uses_a_cpu_from_its_start_on())).isEmpty();
        kit.describes_itself_alike_on_every_call();
    }

    @Test
    void a_thread_that_is_forgotten_is_noticed() {
        SchedulerConformance kit = kit(TRUE_LACKS, () -> new Fifo() {
            private int enqueued;

            @Override
            public int enqueue(Cpu cpu, SimpleThread thread, ReadyReason reason) {
                return ++enqueued == 40 ? ANY_CPU : super.enqueue(cpu, thread, reason);
            }
        });
        assertThat(failures(kit.runs_every_workload_to_its_end_with_the_same_steps()))
                .anyMatch(message -> message.contains("lost-thread"));
    }

    @Test
    void a_thread_that_runs_where_it_may_not_is_noticed() {
        SchedulerConformance kit = kit(TRUE_LACKS, () -> new Fifo() {
            @Override
            public @Nullable SimpleThread pick(Cpu cpu) {
                SimpleThread first = ready.first();
                if (first != null) {
                    ready.remove(cpu, first);
                }
                return first;
            }
        });
        assertThat(failures(kit.has_the_capabilities_it_does_not_lack_and_no_others()))
                .anyMatch(message -> message.contains("picked-elsewhere"));
    }

    @Test
    void a_scheduler_that_depends_on_earlier_runs_is_noticed() {
        long[] runs = {0};
        SchedulerConformance kit = kit(TRUE_LACKS, () -> {
            long slice = 1_000_000 + runs[0]++ * 100_000;
            return new Fifo() {
                @Override
                public long sliceNs(SimpleThread thread) {
                    return slice;
                }
            };
        });
        assertThat(failures(kit.runs_every_workload_to_its_end_with_the_same_steps()))
                .anyMatch(message -> message.contains("two equal runs differ"));
    }

    @Test
    void a_capability_that_is_missing_but_not_listed_is_noticed() {
        SchedulerConformance kit = kit(EnumSet.noneOf(Capability.class), Fifo::new);
        assertThat(failures(kit.has_the_capabilities_it_does_not_lack_and_no_others()))
                .hasSize(2 * TRUE_LACKS.size())
                .allMatch(message -> message.contains("not listed as lacking"));
    }

    @Test
    void an_opt_out_of_something_that_works_is_noticed() {
        SchedulerConformance kit = kit(EnumSet.allOf(Capability.class), Fifo::new);
        assertThat(failures(kit.has_the_capabilities_it_does_not_lack_and_no_others()))
                .hasSize(2 * (CapabilityProbes.all().size() - TRUE_LACKS.size()))
                .allMatch(message -> message.contains("lacks what works"));
    }

    @Test
    void every_capability_that_can_be_missing_has_its_probe() {
        assertThat(CapabilityProbes.all().stream().map(CapabilityProbe::capability))
                .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.of(Capability.CLAIRVOYANT)));
    }

    private static List<String> failures(Stream<DynamicTest> tests) {
        List<String> messages = new ArrayList<>();
        tests.forEach(test -> {
            try {
                test.getExecutable().execute();
            } catch (Throwable failure) {
                messages.add(test.getDisplayName() + ": " + failure.getMessage());
            }
        });
        return messages;
    }

    private static SchedulerConformance kit(EnumSet<Capability> lacks, Supplier<Policy> policy) {
        return new SchedulerConformance() {
            @Override
            protected SchedulerPlugin plugin() {
                return new Fake(lacks, policy);
            }
        };
    }

    private record Fake(EnumSet<Capability> lacks, Supplier<Policy> policy) implements SchedulerPlugin {
        @Override
        public PluginDescriptor descriptor() {
            return new PluginDescriptor(
                    "fake", "Fake", "none", PluginKind.REFERENCE, List.of(), lacks, SimpleScheduler.MEANS);
        }

        @Override
        public Scheduler create(SchedulerContext context) {
            return new SimpleScheduler(context, policy.get());
        }
    }

    private static class Fifo implements Policy {
        final ThreadQueue ready = new ThreadQueue();

        @Override
        public int enqueue(Cpu cpu, SimpleThread thread, ReadyReason reason) {
            ready.addLast(cpu, thread);
            return ANY_CPU;
        }

        @Override
        public @Nullable SimpleThread pick(Cpu cpu) {
            return ready.takeFor(cpu);
        }

        @Override
        public boolean preempts(SimpleThread enqueued, SimpleThread running) {
            return false;
        }
    }
}
