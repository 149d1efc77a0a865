package dev.swtch.testkit;

import dev.swtch.engine.workload.Dist;
import dev.swtch.engine.workload.MissPolicy;
import dev.swtch.engine.workload.Workload;
import java.util.List;

/** Workloads that need no optional capability, so that every scheduler runs them to their end. */
final class KitWorkloads {
    private KitWorkloads() {}

    static List<Workload> all() {
        return List.of(one(), hogs(), sleepers(), meetings(), family(), crowd(), everything());
    }

    /** One thread that computes and leaves. */
    static Workload one() {
        return Workload.builder("one")
                .thread("one", t -> t.does(b -> b.compute("3ms")))
                .build();
    }

    static Workload hogs() {
        return Workload.builder("hogs")
                .threads("hog", 5, t -> t.does(b -> b.compute("60ms")))
                .threads("polite", 2, t -> t.loop(40, b -> b.compute("500us").yields()))
                .thread(
                        "favoured",
                        t -> t.nice(-10).does(b -> b.compute("40ms").setNice(15).compute("20ms")))
                .build();
    }

    static Workload sleepers() {
        return Workload.builder("sleepers")
                .threads(
                        "nap",
                        4,
                        t -> t.loop(
                                30, b -> b.sleep(Dist.uniform("100us", "4ms")).compute(Dist.exponential("200us"))))
                .thread(
                        "clock",
                        t -> t.loop(30, b -> b.every("2ms", MissPolicy.SKIP).compute("300us")))
                .thread("late", t -> t.start("15ms").does(b -> b.compute("1ms")))
                .thread("hog", t -> t.does(b -> b.compute("30ms")))
                .build();
    }

    static Workload meetings() {
        return Workload.builder("meetings")
                .mutex("lock")
                .mutex("gate")
                .condition("open")
                .semaphore("items", 0)
                .barrier("phase", 3)
                .threads(
                        "locker",
                        3,
                        t -> t.loop(
                                100,
                                b -> b.lock("lock")
                                        .compute("40us")
                                        .unlock("lock")
                                        .compute(Dist.uniform("1us", "60us"))))
                .thread("producer", t -> t.loop(60, b -> b.compute("70us").post("items")))
                .threads("consumer", 2, t -> t.loop(30, b -> b.pend("items").compute("100us")))
                .threads(
                        "party",
                        3,
                        t -> t.loop(
                                25,
                                b -> b.compute(Dist.uniform("10us", "800us")).barrier("phase")))
                .thread(
                        "waiter",
                        t -> t.does(b -> b.lock("gate")
                                .await("open", "gate")
                                .unlock("gate")
                                .compute("1ms")))
                .thread(
                        "opener",
                        t -> t.does(b ->
                                b.sleep("30ms").lock("gate").broadcast("open").unlock("gate")))
                .build();
    }

    static Workload family() {
        return Workload.builder("family")
                .onDemand(
                        "child",
                        t -> t.does(b -> b.compute("400us").sleep("1ms").compute("400us")))
                .onDemand(
                        "heir",
                        t -> t.does(b -> b.compute("1ms").fork("child", 2).compute("1ms")))
                .thread(
                        "parent",
                        t -> t.loop(
                                8,
                                b -> b.fork("child", 3)
                                        .compute("200us")
                                        .fork("heir", 1)
                                        .sleep("2ms")))
                .thread("brief", t -> t.does(b -> b.exit().compute("1s")))
                .build();
    }

    /** Many more threads than CPUs, each with little to do. */
    static Workload crowd() {
        return Workload.builder("crowd")
                .threads("one", 300, t -> t.loop(3, b -> b.compute("50us").sleep("1ms")))
                .build();
    }

    static Workload everything() {
        return Workload.builder("everything")
                .mutex("lock")
                .semaphore("token", 1)
                .barrier("phase", 2)
                .onDemand(
                        "child",
                        t -> t.does(
                                b -> b.compute("300us").yields().sleep("500us").kernelWork("100us")))
                .threads(
                        "mixed",
                        6,
                        t -> t.loop(
                                20,
                                b -> b.compute(Dist.uniform("10us", "2ms"))
                                        .lock("lock")
                                        .kernelWork("20us")
                                        .unlock("lock")
                                        .sleep(Dist.exponential("500us"))
                                        .pend("token")
                                        .compute("30us")
                                        .post("token")
                                        .yields()))
                .threads("pair", 2, t -> t.loop(15, b -> b.barrier("phase").compute("250us")))
                .thread("parent", t -> t.loop(5, b -> b.fork("child", 2).sleep("3ms")))
                .thread(
                        "kernel",
                        t -> t.kernelThread().loop(20, b -> b.compute("200us").sleep("1ms")))
                .build();
    }

    /** The second CPU starts 20 ms after the first. */
    static Workload lateCpu() {
        return Workload.builder("late-cpu")
                .cpuStart("0ms")
                .cpuStart("20ms")
                .threads("hog", 3, t -> t.does(b -> b.compute("40ms")))
                .threads("nap", 3, t -> t.loop(20, b -> b.sleep("2ms").compute("300us")))
                .build();
    }
}
