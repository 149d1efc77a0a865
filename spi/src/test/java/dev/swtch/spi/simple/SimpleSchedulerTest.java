package dev.swtch.spi.simple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Next;
import dev.swtch.machine.Violation;
import dev.swtch.machine.topology.CpuSet;
import dev.swtch.spi.BlockContract;
import dev.swtch.spi.SwitchReason;
import dev.swtch.spi.block.KernelLock;
import dev.swtch.spi.block.WaitChannel;
import dev.swtch.spi.thread.KThread;
import dev.swtch.spi.thread.ThreadClass;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Schedules computed by hand; nothing costs anything. Times in ns. */
class SimpleSchedulerTest {
    @Test
    void slices_take_turns() {
        Bench bench = new Bench("1", new Turns(10));
        bench.user("a", bench.work(25));
        bench.user("b", bench.work(15));
        bench.run(1_000);
        // a 0-10, b 10-20, a 20-30, b 30-35, a 35-40
        assertThat(bench.log).containsExactly("b@35", "a@40");
    }

    @Test
    void an_idle_cpu_is_told_of_a_thread() {
        Bench bench = new Bench("2", new Turns(1_000));
        bench.user("a", bench.work(100));
        bench.user("b", bench.work(70));
        bench.user("c", bench.work(50));
        bench.run(1_000);
        // b, a at 0 on the two CPUs, c after the shorter
        assertThat(bench.log).containsExactly("b@70", "a@100", "c@120");
    }

    @Test
    void sleepers_wake_at_their_instant_and_wait_their_turn() {
        Bench bench = new Bench("1", new Turns(100));
        bench.user(
                "a", bench.call(cpu -> bench.scheduler.blocking().sleep(cpu, 30)), bench.note("awake"), bench.work(5));
        bench.user("b", bench.work(150));
        bench.run(1_000);
        // woken at 30; b's slice ends at 100
        assertThat(bench.log).containsExactly("awake@100", "a@105", "b@155");
    }

    @Test
    void a_more_urgent_thread_takes_the_cpu_when_user_mode_is_interrupted() {
        Bench bench = new Bench("1", new Turns(1_000) {
            @Override
            public boolean preempts(SimpleThread enqueued, SimpleThread running) {
                return enqueued.threadClass() == ThreadClass.REALTIME && running.threadClass() != ThreadClass.REALTIME;
            }

            @Override
            public @Nullable SimpleThread pick(Cpu cpu) {
                SimpleThread first = ready.first();
                for (SimpleThread t = first; t != null; t = t.next) {
                    if (t.threadClass() == ThreadClass.REALTIME) {
                        ready.remove(cpu, t);
                        return t;
                    }
                }
                return super.pick(cpu);
            }
        });
        bench.thread(
                "urgent",
                ThreadClass.REALTIME,
                bench.call(cpu -> bench.scheduler.blocking().sleep(cpu, 30)),
                bench.work(5));
        bench.user("other", bench.work(100));
        bench.run(1_000);
        assertThat(bench.log).containsExactly("urgent@35", "other@105");
    }

    @Test
    void a_wait_ends_by_wake_up_or_by_timeout_whichever_comes_first() {
        Bench bench = new Bench("2", new Turns(1_000));
        WaitChannel channel = new WaitChannel(1, "channel");
        BlockContract blocking = bench.scheduler.blocking();
        bench.user("soon", bench.call(cpu -> blocking.await(cpu, channel, 20)));
        bench.user("late", bench.call(cpu -> blocking.await(cpu, channel, 500)));
        bench.user("never", bench.call(cpu -> blocking.await(cpu, channel, BlockContract.FOREVER)));
        bench.user(
                "waker",
                bench.work(50),
                bench.call(cpu -> blocking.wake(cpu, channel, 1)),
                bench.work(50),
                bench.call(cpu -> blocking.wake(cpu, channel, Integer.MAX_VALUE)));
        bench.run(1_000);
        assertThat(bench.log).containsExactlyInAnyOrder("soon@20", "late@50", "never@100", "waker@100");
    }

    @Test
    void a_kernel_mutex_is_handed_over_in_order() {
        Bench bench = new Bench("4", new Turns(1_000));
        KernelLock mutex = new KernelLock(1, "mutex");
        BlockContract blocking = bench.scheduler.blocking();
        for (String name : new String[] {"a", "b", "c"}) {
            bench.thread(
                    name,
                    ThreadClass.KERNEL,
                    cpu -> blocking.lock(cpu, mutex),
                    bench.work(10),
                    cpu -> blocking.unlock(cpu, mutex),
                    cpu -> blocking.lock(cpu, mutex),
                    bench.work(1),
                    cpu -> blocking.unlock(cpu, mutex));
        }
        bench.run(1_000);
        // 10 each in the order of coming, then 1 each: a came back at 10, b at 20, c at 30
        assertThat(bench.log).containsExactly("a@31", "b@32", "c@33");
    }

    @Test
    void a_serializer_is_dropped_while_its_holder_sleeps_and_taken_again_before_it_goes_on() {
        Bench bench = new Bench("4", new Turns(1_000));
        KernelLock giant = new KernelLock(1, "giant");
        BlockContract blocking = bench.scheduler.blocking();
        bench.thread(
                "sleeper",
                ThreadClass.KERNEL,
                cpu -> blocking.enter(cpu, giant),
                cpu -> blocking.sleep(cpu, 50),
                bench.note("goes on"),
                cpu -> blocking.leave(cpu, giant));
        bench.thread(
                "worker",
                ThreadClass.KERNEL,
                bench.work(10),
                cpu -> blocking.enter(cpu, giant),
                bench.work(100),
                cpu -> blocking.leave(cpu, giant));
        bench.run(1_000);
        assertThat(bench.log).containsExactlyInAnyOrder("goes on@110", "worker@110", "sleeper@110");
    }

    @Test
    void a_thread_leaves_a_cpu_it_may_no_longer_use() {
        Bench bench = new Bench("2", new Turns(1_000));
        KThread moved = bench.user("moved", bench.work(100));
        bench.user(
                "mover",
                bench.work(20),
                bench.call(cpu -> bench.scheduler.scheduling().setAffinity(cpu, moved, CpuSet.of(2, cpu.id()))),
                bench.work(30));
        bench.run(1_000);
        // moved did 20 of 100 elsewhere, waits for the mover until 50, then does the other 80
        assertThat(bench.log).containsExactly("mover@50", "moved@130");
    }

    @Test
    void a_wake_up_before_the_thread_has_blocked_is_not_lost() {
        Bench bench = new Bench("1", new Turns(1_000));
        bench.user(
                "a",
                bench.call(cpu -> bench.scheduler.scheduling().wake(cpu, (KThread) cpu.current())),
                bench.call(cpu -> bench.scheduler.switching().switchOut(cpu, SwitchReason.BLOCK)),
                bench.work(10));
        bench.run(1_000);
        assertThat(bench.log).containsExactly("a@10");
    }

    @Test
    void a_stopped_thread_does_no_user_work_until_it_is_resumed() {
        Bench bench = new Bench("2", new Turns(1_000));
        KThread stopped = bench.user("stopped", bench.work(100));
        bench.user(
                "other",
                bench.work(30),
                bench.call(cpu -> bench.scheduler.scheduling().stop(cpu, stopped)),
                bench.work(70),
                bench.call(cpu -> bench.scheduler.scheduling().resume(cpu, stopped)));
        bench.run(1_000);
        assertThat(bench.log).containsExactly("other@100", "stopped@170");
    }

    @Test
    void an_interrupt_thread_runs_before_all_others_also_in_the_kernel_but_not_in_a_critical_section() {
        Bench bench = new Bench("1", new Turns(1_000));
        bench.scheduler
                .scheduling()
                .attachDevice(0, 0, true, (cpu, line) -> bench.note("served").run(cpu));
        bench.machine.setDevice(0, now -> {
            bench.machine.raiseLine(0, 0, now);
            if (now < 60) {
                bench.machine.armDevice(0, now + 40);
            }
        });
        bench.machine.armDevice(0, 20);
        bench.thread(
                "kernel",
                ThreadClass.KERNEL,
                bench.work(50),
                cpu -> {
                    bench.scheduler.preemption().criticalEnter(cpu);
                    return Next.RETURN;
                },
                bench.work(50),
                cpu -> bench.scheduler.preemption().criticalExit(cpu),
                bench.work(10));
        bench.run(1_000);
        assertThat(bench.log).containsExactly("served@20", "served@100", "kernel@110");
    }

    @Test
    void blocking_in_a_critical_section_breaks_a_rule() {
        Bench bench = new Bench("1", new Turns(1_000));
        bench.user("a", bench.call(cpu -> {
            bench.scheduler.preemption().criticalEnter(cpu);
            return bench.scheduler.blocking().sleep(cpu, 10);
        }));
        assertThatThrownBy(() -> bench.run(1_000))
                .isInstanceOfSatisfying(
                        Violation.class, v -> assertThat(v.rule()).isEqualTo("block-in-critical"));
    }

    /** Round robin. */
    private static class Turns implements Policy {
        final ThreadQueue ready = new ThreadQueue();
        private final long sliceNs;

        Turns(long sliceNs) {
            this.sliceNs = sliceNs;
        }

        @Override
        public int enqueue(Cpu cpu, SimpleThread thread, ReadyReason reason) {
            ready.add(cpu, thread, reason);
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

        @Override
        public long sliceNs(SimpleThread thread) {
            return sliceNs;
        }
    }
}
