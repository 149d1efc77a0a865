package dev.swtch.engine.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swtch.engine.rtapp.RtApp;
import dev.swtch.engine.rtapp.RtAppOptions;
import dev.swtch.engine.workload.Dist;
import dev.swtch.engine.workload.MissPolicy;
import dev.swtch.engine.workload.Shape;
import dev.swtch.engine.workload.Step;
import dev.swtch.engine.workload.Workload;
import dev.swtch.engine.workload.bundled.BundledWorkloads;
import dev.swtch.spi.thread.ThreadClass;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RoundTripTest {
    @Test
    void bundled_workloads_stay_the_same() {
        for (BundledWorkloads.Bundled bundled : BundledWorkloads.list()) {
            assertUnchanged(BundledWorkloads.get(bundled.name()));
        }
    }

    @Test
    void every_step_and_attribute_stays_the_same() {
        assertUnchanged(Workload.builder("every: step")
                .about("a \"quoted\" one, # not a comment")
                .seed(9)
                .duration("1500ms")
                .cpus(3)
                .mutex("m")
                .inheritingMutex("i")
                .condition("m")
                .semaphore("true", 2)
                .barrier("b", 1)
                .timer("clock")
                .kernelMutex("k")
                .spinLock("s")
                .serializer("z")
                .device(
                        "d",
                        d -> d.cpu(1).handler("2us").threaded().poisson("1ms").posts("true"))
                .device("e", d -> d.at("1ms", "2ms"))
                .device("f", d -> d.every("1ms", "10us"))
                .cpuStart("0")
                .cpuStart("5ms")
                .threads(
                        "user",
                        3,
                        t -> t.nice(4)
                                .affinity(0, 2)
                                .process("p")
                                .start("1ms")
                                .does(b -> b.lock("m")
                                        .await("m", "m")
                                        .unlock("m")
                                        .signal("m")
                                        .broadcast("m")
                                        .barrier("b")
                                        .post("true")
                                        .pend("true")
                                        .suspend("m")
                                        .resume("m")
                                        .runtime("5ms", "10us")
                                        .every("1ms", MissPolicy.CATCH_UP)
                                        .timer("clock", "2ms", MissPolicy.RELATIVE)
                                        .add(new Step.Timer("mine", true, Dist.of("3ms"), MissPolicy.SKIP))
                                        .yields()
                                        .setNice(-3)
                                        .setAffinity(1)
                                        .setAffinity()
                                        .setClass(ThreadClass.REALTIME, 7)
                                        .setClass(ThreadClass.TIMESHARE, 0)
                                        .fork("child", 2)
                                        .add(new Step.Fork("child", new Dist.Uniform(1, 2), 5))
                                        .stop("user/1")
                                        .continues("user/1")
                                        .begin("label one")
                                        .end("label one")))
                .thread(
                        "kernel side",
                        t -> t.kernelThread()
                                .does(b -> b.critical(c -> c.kernelWork("1us"))
                                        .spinLocked("s", c -> c.kernelWork("1us"))
                                        .kernelMutex("k", c -> c.kernelWork("1us"))
                                        .serialized("z", c -> c.sleep("1us"))
                                        .bind(1)
                                        .unbind()
                                        .deviceIo("e", "3us")
                                        .forever(c -> c.loop(1, e -> e.exit()).sleep("1ms"))))
                .onDemand(
                        "child",
                        t -> t.idleClass()
                                .does(b -> b.compute(Dist.uniform("1us", "2us"))
                                        .compute(Dist.exponential("1ms"))
                                        .compute(Dist.choice(2, "1us").or(3, "2us"))
                                        .compute(new Dist.Hyper(Dist.choice(2, "1us")
                                                .or(3, "2us")
                                                .options()))
                                        .compute(new Dist.Shaped(Shape.NORMAL, 500, 100, 3, 9_000))
                                        .compute(new Dist.Shaped(Shape.PARETO, 500, 1_500_000, 0, Values.LONGEST_NS))
                                        .loop(new Dist.Shaped(Shape.ERLANG, 2, 5, 0, 100), c -> c.sleep("0"))))
                .build());
    }

    @Test
    void imported_files_stay_the_same() {
        String json = """
            {"tasks": {
               "a": {"instance": 3, "delay": 500, "policy": "SCHED_RR", "priority": 5, "cpus": [0],
                     "phases": {"p": {"loop": 2, "run": 100, "timer": {"ref": "unique", "period": 1000}},
                                "q": {"loop": 1, "lock": "m", "wait": {"ref": "c", "mutex": "m"}, "unlock": "m"}}},
               "b": {"loop": 4, "run": 50, "resume": "c", "suspend": "b", "fork": "z", "sem_post": "c"},
               "z": {"instance": 0, "loop": 1, "runtime": 300, "barrier": "c"}},
             "global": {"duration": 2}}\
            """;
        assertUnchanged(RtApp.read("x.json", json.getBytes(StandardCharsets.UTF_8), RtAppOptions.defaults())
                .workload());
    }

    private static void assertUnchanged(Workload workload) {
        String text = NativeYaml.write(workload.source());
        Workload again = NativeYaml.read("again.yaml", text.getBytes(StandardCharsets.UTF_8));
        assertThat(tables(again)).as(text).isEqualTo(tables(workload));
        assertThat(NativeYaml.write(again.withSeed(workload.seed()).source()))
                .isEqualTo(text.lines().filter(line -> !line.startsWith("# ")).reduce("", (a, b) -> a + b + "\n"));
    }

    private static String tables(Workload workload) {
        StringBuilder text = new StringBuilder();
        text.append(workload.name())
                .append('|')
                .append(workload.about())
                .append('|')
                .append(workload.durationNs());
        text.append(workload.seed()).append(workload.threads()).append(workload.initialThreads());
        text.append(workload.processes()).append(workload.objects()).append(workload.probes());
        text.append(workload.needs()).append(Arrays.toString(workload.ranks())).append(workload.cpuStartNs(1));
        text.append(workload.cpus()).append(workload.source().forkPaths());
        for (int set = 0; set < workload.affinitySets(); set++) {
            text.append(Arrays.toString(workload.affinitySet(set)));
        }
        workload.source()
                .devices()
                .forEach(d -> text.append(d.name())
                        .append(d.cpu())
                        .append(d.handler())
                        .append(d.fast())
                        .append(d.arrivals())
                        .append(d.posts()));
        workload.programs()
                .forEach(program -> text.append('\n')
                        .append(program.name())
                        .append(program.registers())
                        .append(program.disassemble()));
        return text.toString();
    }
}
