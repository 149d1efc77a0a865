package dev.swtch.engine.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swtch.engine.rtapp.RtApp;
import dev.swtch.engine.rtapp.RtAppOptions;
import dev.swtch.engine.workload.ArrivalProcess;
import dev.swtch.engine.workload.ArrivalSpec;
import dev.swtch.engine.workload.ArrivalTarget;
import dev.swtch.engine.workload.Dist;
import dev.swtch.engine.workload.MissPolicy;
import dev.swtch.engine.workload.NodeRef;
import dev.swtch.engine.workload.ObjectTables;
import dev.swtch.engine.workload.Shape;
import dev.swtch.engine.workload.SpinTarget;
import dev.swtch.engine.workload.Step;
import dev.swtch.engine.workload.Workload;
import dev.swtch.engine.workload.bundled.BundledWorkloads;
import dev.swtch.spi.thread.ThreadClass;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
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
                .add(new ObjectTables.Mutex(
                        "top", ObjectTables.Protocol.CEILING, 4, ObjectTables.WakeOrder.FIFO, 3_000))
                .add(new ObjectTables.Mutex("queue", ObjectTables.Protocol.NONE, 0, ObjectTables.WakeOrder.PRIORITY, 0))
                .condition("m")
                .semaphore("true", 2)
                .add(new ObjectTables.Semaphore("row", 1, ObjectTables.WakeOrder.FIFO))
                .barrier("b", 1)
                .timer("clock")
                .kernelMutex("k")
                .spinLock("s")
                .serializer("z")
                .device(
                        "d",
                        d -> d.cpu(1).handler("2us").threaded().poisson("1ms").posts("true"))
                .device("e", d -> d.at("1ms", "2ms").servers(3))
                .device("f", d -> d.every("1ms", "10us"))
                .cpuStart("0")
                .cpuStart("5ms")
                .threads("pinned", 2, t -> t.pinnedToOneOf(2, 0).does(b -> b.compute("1us")))
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
                                        .lock("top")
                                        .unlock("top")
                                        .barrier("b")
                                        .post("true")
                                        .pend("true")
                                        .lock("m")
                                        .add(new Step.Wait("m", "m", Dist.of("3ms")))
                                        .unlock("m")
                                        .add(new Step.PendWithin("true", Dist.exponential("3ms"), List.of(), List.of()))
                                        .add(new Step.PendWithin(
                                                "true",
                                                Dist.of("1ms"),
                                                List.of(new Step.Yield(), new Step.Post("true")),
                                                List.of(new Step.Sleep(Dist.of(1)))))
                                        .add(new Step.LockWithin(
                                                "m",
                                                Dist.of("3ms"),
                                                List.of(new Step.Compute(Dist.of(5))),
                                                List.of(new Step.Yield())))
                                        .add(new Step.LockWithin("top", Dist.of("3ms"), List.of(), List.of()))
                                        .spinUntil(SpinTarget.SEMAPHORE, "true", "2us")
                                        .spinUntil(SpinTarget.BARRIER, "b", "1us")
                                        .loopFor("5ms", c -> c.compute("1ms").sleep("1ms"))
                                        .loopFor("5ms", c -> c.compute("1ms"))
                                        .choose(
                                                1,
                                                c -> c.yields(),
                                                3,
                                                c -> c.choose(
                                                        2, d -> d.compute("1us").yields(), 1, d -> {}))
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
                                        .setAffinity(NodeRef.of(1), 3)
                                        .setClass(ThreadClass.REALTIME, 7)
                                        .setClass(ThreadClass.IDLE, 9)
                                        .setClass(ThreadClass.TIMESHARE, 0)
                                        .fork("child", 2)
                                        .add(new Step.Fork("child", new Dist.Uniform(1, 2), 5))
                                        .ipi(3, "5us")
                                        .ipi(Step.Ipi.ALL_BUT_SELF, "2us")
                                        .join("child")
                                        .join("kernel side")
                                        .stop("kernel side")
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
                                        .compute(new Dist.Sequence(List.of(3_000L, 5_000_000L)))
                                        .loop(new Dist.Sequence(List.of(3L, 0L)), c -> c.yields())
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

    @Test
    void arrivals_stay_the_same() {
        ArrivalTarget fork = new ArrivalTarget.Fork("child");
        Dist second = Dist.of("1s");
        assertUnchanged(Workload.builder("arrivals")
                .semaphore("s", 0)
                .semaphore("room", 3)
                .condition("c")
                .onDemand("child", t -> t.does(b -> b.compute("1ms")))
                .arrivals("poisson", new ArrivalProcess.Renewal(Dist.exponential("312500ns")), fork)
                .arrivals("every", new ArrivalProcess.Renewal(Dist.of("3ms")), new ArrivalTarget.Post("s", null))
                .arrivals("put", new ArrivalProcess.Times(List.of(0L, 5L, 5L)), new ArrivalTarget.Post("s", "room"))
                .arrivals(
                        "row",
                        new ArrivalProcess.Burst(Dist.exponential("1ms"), new Dist.Uniform(1, 9), 10),
                        new ArrivalTarget.Wake("c"))
                .arrivals(
                        "states",
                        new ArrivalProcess.Mmpp(List.of(
                                new ArrivalProcess.State(0, Dist.exponential("2s")),
                                new ArrivalProcess.State(77, second))),
                        fork)
                .add(new ArrivalSpec(
                        "all of it", new ArrivalProcess.Renewal(second), 1, 2_000_000_000, 3, 4, 5, fork, null))
                .build());
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
        text.append(workload.joinGroups());
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
                        .append(d.servers())
                        .append(d.arrivals())
                        .append(d.posts()));
        workload.source()
                .arrivals()
                .forEach(a -> text.append(a.name())
                        .append(a.process())
                        .append(a.startNs())
                        .append(a.stopNs())
                        .append(a.limit())
                        .append(a.room())
                        .append(a.cpu())
                        .append(a.each()));
        workload.programs()
                .forEach(program -> text.append('\n')
                        .append(program.name())
                        .append(program.registers())
                        .append(program.disassemble()));
        return text.toString();
    }
}
