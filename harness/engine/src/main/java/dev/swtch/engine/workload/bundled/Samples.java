package dev.swtch.engine.workload.bundled;

import dev.swtch.engine.workload.Dist;
import dev.swtch.engine.workload.Workload;

/** The bundled workloads that are written in Java. */
final class Samples {
    private Samples() {}

    static Workload pingPong() {
        return Workload.builder("ping-pong")
                .about("two threads pass a ball over semaphores")
                .semaphore("ball", 1)
                .semaphore("back", 0)
                .thread(
                        "ping",
                        t -> t.loop(1000, b -> b.pend("ball").compute("100us").post("back")))
                .thread(
                        "pong",
                        t -> t.loop(1000, b -> b.pend("back").compute("100us").post("ball")))
                .build();
    }

    static Workload hogInteractive() {
        return Workload.builder("hog-interactive")
                .about("a hog beside a thread that works 1 ms and sleeps 20 ms, on one CPU")
                .duration("2s")
                .thread("hog", t -> t.affinity(0).forever(b -> b.compute("100ms")))
                .thread(
                        "interactive",
                        t -> t.affinity(0)
                                .forever(b -> b.sleep("20ms")
                                        .begin("response")
                                        .compute("1ms")
                                        .end("response")))
                .build();
    }

    static Workload device() {
        return Workload.builder("device")
                .about("interrupts wake a thread that shares its CPU with a hog")
                .duration("1s")
                .semaphore("packet", 0)
                .device("network", d -> d.cpu(0).handler("10us").poisson("2ms").posts("packet"))
                .thread("hog", t -> t.affinity(0).forever(b -> b.compute("100ms")))
                .thread(
                        "receiver",
                        t -> t.affinity(0)
                                .forever(b -> b.pend("packet")
                                        .begin("packet")
                                        .compute("200us")
                                        .end("packet")))
                .build();
    }

    static Workload mixed() {
        return Workload.builder("mixed")
                .about("for 4 CPUs: hogs, interactive threads, a ping-pong pair, a contended lock, a device")
                .duration("2s")
                .semaphore("ball", 1)
                .semaphore("back", 0)
                .semaphore("packet", 0)
                .mutex("account")
                .device("network", d -> d.cpu(1).handler("10us").poisson("5ms").posts("packet"))
                .threads("hog", 6, t -> t.forever(b -> b.compute("100ms")))
                .threads(
                        "interactive",
                        4,
                        t -> t.forever(b -> b.sleep(Dist.exponential("20ms"))
                                .begin("response")
                                .compute(Dist.uniform("500us", "2ms"))
                                .end("response")))
                .thread(
                        "ping",
                        t -> t.process("ping-pong")
                                .forever(b -> b.pend("ball").compute("200us").post("back")))
                .thread(
                        "pong",
                        t -> t.process("ping-pong")
                                .forever(b -> b.pend("back").compute("200us").post("ball")))
                .threads(
                        "teller",
                        3,
                        t -> t.process("bank")
                                .forever(b -> b.compute("2ms")
                                        .lock("account")
                                        .compute("1ms")
                                        .unlock("account")
                                        .sleep(Dist.exponential("5ms"))))
                .thread(
                        "receiver",
                        t -> t.forever(b -> b.pend("packet")
                                .begin("packet")
                                .compute("300us")
                                .end("packet")))
                .build();
    }
}
