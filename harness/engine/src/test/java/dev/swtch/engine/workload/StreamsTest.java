package dev.swtch.engine.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StreamsTest {
    @Test
    void a_stream_is_the_splitmix64_sequence_of_its_key() {
        SplittableRandom oracle = new SplittableRandom(42);
        for (int n = 0; n < 1000; n++) {
            assertThat(Streams.draw(42, n)).isEqualTo(oracle.nextLong());
        }
    }

    @Test
    void keys_depend_on_seed_path_step_and_child() {
        long key = Streams.key(1, "web/3");
        assertThat(List.of(
                        key,
                        Streams.key(2, "web/3"),
                        Streams.key(1, "web/4"),
                        Streams.stepKey(key, 0),
                        Streams.stepKey(key, 1),
                        Streams.childKey(key, 0, 0),
                        Streams.childKey(key, 0, 1),
                        Streams.childKey(key, 1, 0)))
                .doesNotHaveDuplicates();
    }

    @Test
    void draws_do_not_depend_on_how_threads_interleave() {
        assertThat(run(1)).isEqualTo(run(7)).isEqualTo(run(100));
    }

    /** Draws 300 values of each of three threads, a burst of one thread at a time, and lists them by thread. */
    private static List<List<Long>> run(int burst) {
        Workload workload = Workload.builder("draws")
                .seed(9)
                .threads(
                        "t",
                        3,
                        t -> t.forever(b -> b.compute(Dist.exponential("1ms")).sleep(Dist.uniform("1us", "9ms"))))
                .build();
        Program program = workload.programs().get(0);
        int computeOperand = program.code()[5];
        int sleepOperand = program.code()[7];
        int size = program.registers();
        long[] registers = new long[3 * size];
        List<List<Long>> values = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        while (values.get(2).size() < 600) {
            for (int thread = 0; thread < 3; thread++) {
                long key = workload.threads().get(thread).key();
                for (int i = 0; i < burst && values.get(thread).size() < 600; i++) {
                    values.get(thread).add(program.value(computeOperand, key, registers, thread * size));
                    values.get(thread).add(program.value(sleepOperand, key, registers, thread * size));
                }
            }
        }
        return values;
    }

    @Test
    void a_step_added_to_one_thread_changes_no_other_thread() {
        Workload before = Workload.builder("w")
                .thread("a", t -> t.loop(2, b -> b.compute("1ms")))
                .thread("b", t -> t.loop(2, b -> b.compute(Dist.exponential("1ms"))))
                .build();
        Workload after = Workload.builder("w")
                .thread(
                        "a",
                        t -> t.loop(2, b -> b.compute(Dist.exponential("1ms")).sleep("1ms")))
                .thread("b", t -> t.loop(2, b -> b.compute(Dist.exponential("1ms"))))
                .build();
        assertThat(draws(after)).isEqualTo(draws(before));
    }

    private static List<Long> draws(Workload workload) {
        Program program = workload.programs().get(1);
        long[] registers = new long[program.registers()];
        long key = workload.threads().get(1).key();
        List<Long> values = new ArrayList<>();
        for (int n = 0; n < 50; n++) {
            values.add(program.value(program.code()[5], key, registers, 0));
        }
        return values;
    }

    @Test
    void the_step_hash_depends_on_steps_values_and_order() {
        long one = StepHash.add(StepHash.START, 4, 1000);
        assertThat(List.of(
                        one,
                        StepHash.add(StepHash.START, 4, 1001),
                        StepHash.add(StepHash.START, 5, 1000),
                        StepHash.add(one, 5, 7),
                        StepHash.add(StepHash.add(StepHash.START, 5, 7), 4, 1000)))
                .doesNotHaveDuplicates();
    }
}
