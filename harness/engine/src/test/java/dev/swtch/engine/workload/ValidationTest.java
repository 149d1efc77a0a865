package dev.swtch.engine.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.swtch.spi.thread.ThreadClass;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ValidationTest {
    @Test
    void collects_and_numbers_all_errors() {
        WorkloadException exception = refused(Workload.builder("bad")
                .mutex("account")
                .semaphore("ball", -1)
                .thread("a", t -> t.nice(30).does(b -> b.lock("acount").compute("1ms"))));
        assertThat(exception).hasMessage("""
                        workload bad: 4 errors
                          1) semaphore "ball" cannot begin with -1
                          2) thread "a": nice must be between -20 and 20, not 30
                          3) thread "a", step 1: there is no mutex "acount" (did you mean "account"?)
                          4) thread "a": it ends with mutex "acount" locked""");
        assertThat(exception.errors()).hasSize(4);
    }

    @Test
    void a_machine_has_so_many_interrupt_lines() {
        WorkloadBuilder builder = Workload.builder("many").thread("t", t -> t.does(b -> b.compute("1ms")));
        for (int i = 0; i < 47; i++) {
            builder.device("d" + i, d -> d.at("1ms"));
        }
        assertRefused(builder, "a machine has interrupt lines for 46 devices and kinds of arrivals, but there are 47");
    }

    @Test
    void a_workload_needs_threads_with_different_names() {
        assertRefused(Workload.builder("w"), "the workload has no threads");
        assertThat(refused(Workload.builder("w")
                        .thread("a", t -> t.does(b -> b.compute("1ms")))
                        .thread("a", t -> t.does(b -> b.compute("1ms")))))
                .hasMessageContaining("two threads are called \"a\"");
    }

    @Test
    void locks_must_pair() {
        assertSteps(b -> b.unlock("m"), "thread \"t\", step 1: mutex \"m\" is not locked here");
        assertSteps(b -> b.await("c", "m"), "thread \"t\", step 1: waiting for \"c\" needs mutex \"m\" locked");
        assertSteps(
                b -> b.lock("m").lock("m").unlock("m"),
                "thread \"t\", step 2: mutex \"m\" is locked already, and is not recursive");
        assertSteps(
                b -> b.loop(2, c -> c.lock("m").compute("1ms")).unlock("m"),
                "thread \"t\", step 1: a round of the loop begins with no mutex locked and ends with mutex m locked");
    }

    @Test
    void a_lock_may_be_released_in_another_block_that_runs_once() {
        assertThat(workload(b -> b.loop(1, c -> c.lock("m")).loop(1, c -> c.unlock("m")))
                        .build()
                        .programs()
                        .get(0)
                        .disassemble())
                .isEqualTo("0: lock 0\n2: unlock 0\n4: exit\n");
    }

    @Test
    void an_endless_loop_must_take_time() {
        assertSteps(
                b -> b.forever(c -> c.post("s").compute("0")),
                "thread \"t\", step 1: an endless loop in which no time passes: add work, a sleep or a wait");
    }

    @Test
    void kernel_locks_keep_user_mode_and_sleep_out() {
        assertSteps(
                b -> b.critical(c -> c.sleep("1ms")),
                "thread \"t\", step 1.1: a thread must not sleep in a critical section or under a spin lock or kernel"
                        + " mutex");
        assertSteps(
                b -> b.serialized("z", c -> c.sleep("1ms").compute("1ms")),
                "thread \"t\", step 1.2: user mode is out of reach while a kernel lock is held");
        assertSteps(
                b -> b.spinLocked("x", c -> c.kernelWork("1us")), "thread \"t\", step 1: there is no spin lock \"x\"");
    }

    @Test
    void kernel_threads_have_no_user_objects() {
        assertRefused(
                Workload.builder("w")
                        .mutex("m")
                        .thread("k", t -> t.kernelThread().does(b -> b.lock("m").unlock("m"))),
                """
                workload w: 2 errors
                  1) thread "k", step 1: a kernel thread has no user mutexes, conditions and barriers: use the kernel's means
                  2) thread "k", step 2: a kernel thread has no user mutexes, conditions and barriers: use the kernel's means""");
    }

    @Test
    void values_have_limits() {
        assertSteps(
                b -> b.compute(new Dist.Uniform(5, 2)),
                "thread \"t\", step 1: the work: the lower end 5 is above the upper end 2");
        assertSteps(
                b -> b.sleep("74min"),
                "thread \"t\", step 1: the sleep must be between 0 ns and 4398046511103 ns, but is 4440000000000 ns");
        assertSteps(b -> b.setNice(-21), "thread \"t\", step 1: nice must be between -20 and 20, not -21");
        assertSteps(b -> b.bind(-1), "thread \"t\", step 1: -1 is not the number of a CPU");
        assertSteps(
                b -> b.setClass(ThreadClass.KERNEL, 0),
                "thread \"t\", step 1: a thread cannot change between user classes and kernel classes");
    }

    @Test
    void device_arrivals_must_rise() {
        assertRefused(
                Workload.builder("w")
                        .device("d", d -> d.at("2ms", "1ms").posts("x"))
                        .thread("t", t -> t.does(b -> b.compute("1ms"))),
                """
                workload w: 2 errors
                  1) device "d": the times of arrival must rise, but 1000000 ns follows 2000000 ns
                  2) device "d": there is no semaphore "x\"""");
    }

    @Test
    void the_nearest_word_is_near() {
        assertThat(Nearest.of("slep", List.of("loop", "sleep", "sync"))).isEqualTo("sleep");
        assertThat(Nearest.of("sched_othr", List.of("SCHED_RR", "SCHED_OTHER"))).isEqualTo("SCHED_OTHER");
        assertThat(Nearest.of("frag", List.of("logdir", "gnuplot"))).isNull();
        assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
    }

    private static void assertSteps(Consumer<StepBuilder> steps, String message) {
        assertRefused(workload(steps), message);
    }

    private static WorkloadBuilder workload(Consumer<StepBuilder> steps) {
        return Workload.builder("w")
                .mutex("m")
                .condition("c")
                .semaphore("s", 0)
                .serializer("z")
                .thread("t", t -> t.does(steps));
    }

    private static void assertRefused(WorkloadBuilder builder, String message) {
        assertThat(refused(builder)).hasMessage(message);
    }

    private static WorkloadException refused(WorkloadBuilder builder) {
        return catchThrowableOfType(WorkloadException.class, builder::build);
    }
}
