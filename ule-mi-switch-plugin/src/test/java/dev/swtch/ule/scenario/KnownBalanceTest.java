package dev.swtch.ule.scenario;

import static dev.swtch.ule.scenario.Scenario.assertWithin;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.swtch.engine.workload.Workload;
import dev.swtch.ule.scenario.Scenario.Ran;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How load spreads over CPUs: figures of small models of the same rules. */
class KnownBalanceTest {
    @ParameterizedTest
    @CsvSource({"zero,8,4000,0.02", "default,8,600,0.10", "zero,2,600,0.02"})
    void one_hog_too_many_gives_each_its_part_in_the_long_run(String costs, int cpus, int seconds, double part) {
        Ran ran = Scenario.on("1x" + cpus + "x1")
                .costs(Scenario.model(costs))
                .seconds(seconds)
                .run(Workload.builder("one-too-many").threads("hog", cpus + 1, t -> t.forever(b -> b.compute("10s"))));
        double least = 1;
        double most = 0;
        double sum = 0;
        for (int i = 0; i <= cpus; i++) {
            double share = ran.share("hog/" + i);
            least = Math.min(least, share);
            most = Math.max(most, share);
            sum += share;
        }
        double expected = (double) cpus / (cpus + 1);
        assertWithin(part, expected, least, "least share");
        assertWithin(part, expected, most, "largest share");
        assertWithin(0.05, seconds / 0.99, ran.balancer("passes"), "balancer passes");
        assertWithin(0.05, ran.balancer("passes"), ran.balancer("moves"), "the odd thread moves once per pass");
    }

    @Test
    void two_hogs_on_the_siblings_of_one_core_part_at_the_next_pass() {
        for (int begin = 1_000; begin <= 2_000; begin += 200) {
            String pinned = begin + "ms";
            Ran ran = Scenario.on("1x2x2")
                    .millis(begin + 1_500)
                    .run(Workload.builder("siblings")
                            .threads(
                                    "hog",
                                    2,
                                    t -> t.affinity(0, 1)
                                            .does(b -> b.compute(pinned).setAffinity())
                                            .forever(b -> b.compute("1s"))));
            assertEquals(
                    1, ran.thread("hog/0").migrations() + ran.thread("hog/1").migrations(), ran::toString);
            assertTrue(ran.balancer("passes") >= 1, ran::toString);
        }
    }
}
