package dev.swtch.testkit;

import static dev.swtch.testkit.CapabilityProbe.atLeast;
import static dev.swtch.testkit.CapabilityProbe.atMost;
import static dev.swtch.testkit.CapabilityProbe.thread;

import dev.swtch.engine.workload.Workload;
import dev.swtch.engine.workload.WorkloadBuilder;
import dev.swtch.spi.plugin.Capability;
import java.util.List;

/** One probe for each capability that can be missing. */
final class CapabilityProbes {
    private static final long MS = 1_000_000;

    private CapabilityProbes() {}

    static List<CapabilityProbe> all() {
        return List.of(
                realtime(),
                idleClass(),
                affinity(),
                bind(),
                inheritance(),
                kernelMutex(),
                serializer(),
                criticalSection(),
                stop(),
                devices());
    }

    /** A realtime thread comes while another computes: it does not wait for it. */
    private static CapabilityProbe realtime() {
        Workload workload = Workload.builder("probe-realtime")
                .thread("hog", t -> t.does(b -> b.compute("200ms")))
                .thread("urgent", t -> t.realtime(10).start("20ms").does(b -> b.compute("50ms")))
                .build();
        return new CapabilityProbe(
                Capability.REALTIME_CLASS,
                "1",
                workload,
                result -> atMost(
                        "wait of the realtime thread in ns",
                        thread(result, "urgent").readyNs(),
                        5 * MS));
    }

    /** A thread of the idle class was there first: another hardly waits for it. */
    private static CapabilityProbe idleClass() {
        Workload workload = Workload.builder("probe-idle-class")
                .thread("idle", t -> t.idleClass().does(b -> b.compute("100ms")))
                .thread("hog", t -> t.start("5ms").does(b -> b.compute("200ms")))
                .build();
        return new CapabilityProbe(
                Capability.IDLE_CLASS,
                "1",
                workload,
                result -> atMost(
                        "wait of the other thread in ns", thread(result, "hog").readyNs(), 50 * MS));
    }

    /** Three threads may use one of two CPUs: it takes the sum of their work. One moves to and fro. */
    private static CapabilityProbe affinity() {
        Workload workload = Workload.builder("probe-affinity")
                .threads("pinned", 3, t -> t.affinity(1).does(b -> b.compute("50ms")))
                .thread(
                        "mover",
                        t -> t.loop(
                                5,
                                b -> b.setAffinity(0)
                                        .compute("1ms")
                                        .setAffinity(1)
                                        .compute("1ms")))
                .build();
        return new CapabilityProbe(
                Capability.AFFINITY,
                "2",
                workload,
                result -> atLeast("elapsed ns", result.elapsedNs(), 155 * MS)
                        .or(() -> atLeast(
                                "moves to the other CPU",
                                thread(result, "mover").migrations(),
                                9)));
    }

    private static CapabilityProbe bind() {
        Workload workload = Workload.builder("probe-bind")
                .thread(
                        "mover",
                        t -> t.loop(
                                5,
                                b -> b.bind(0)
                                        .kernelWork("1ms")
                                        .unbind()
                                        .bind(1)
                                        .kernelWork("1ms")
                                        .unbind()))
                .build();
        return new CapabilityProbe(
                Capability.BIND,
                "2",
                workload,
                result -> atLeast(
                        "moves to the other CPU", thread(result, "mover").migrations(), 9));
    }

    /** The owner of a mutex slept; it is not held up by threads in between when an urgent one waits for the mutex. */
    private static CapabilityProbe inheritance() {
        Workload workload = Workload.builder("probe-inheritance")
                .inheritingMutex("lock")
                .thread(
                        "low",
                        t -> t.realtime(1)
                                .does(b -> b.lock("lock")
                                        .compute("2ms")
                                        .sleep("20ms")
                                        .compute("20ms")
                                        .unlock("lock")))
                .thread(
                        "high",
                        t -> t.realtime(20)
                                .start("5ms")
                                .does(b -> b.begin("blocked")
                                        .lock("lock")
                                        .end("blocked")
                                        .compute("1ms")
                                        .unlock("lock")))
                .threads("middle", 5, t -> t.realtime(10).start("10ms").does(b -> b.compute("100ms")))
                .build();
        return new CapabilityProbe(
                Capability.USER_MUTEX_INHERITANCE,
                "1",
                workload,
                result -> atMost(
                        "wait for the mutex in ns",
                        result.labels().get(0).times().maxNs(),
                        70 * MS));
    }

    /** What excludes others takes the sum of its work, on however many CPUs. */
    private static CapabilityProbe kernelMutex() {
        Workload workload = Workload.builder("probe-kernel-mutex")
                .kernelMutex("lock")
                .threads(
                        "locker",
                        4,
                        t -> t.loop(
                                25,
                                b -> b.kernelMutex("lock", in -> in.kernelWork("200us"))
                                        .compute("10us")))
                .build();
        return new CapabilityProbe(
                Capability.KERNEL_MUTEX,
                "4",
                workload,
                result -> atLeast("elapsed ns", result.elapsedNs(), 4 * 25 * MS / 5));
    }

    /** Working in a serializer takes the sum, sleeping in it does not. */
    private static CapabilityProbe serializer() {
        Workload workload = Workload.builder("probe-serializer")
                .serializer("giant")
                .threads(
                        "one",
                        3,
                        t -> t.loop(20, b -> b.serialized("giant", in -> in.kernelWork("1ms")))
                                .does(b -> b.serialized(
                                        "giant", in -> in.sleep("100ms").kernelWork("1ms"))))
                .build();
        return new CapabilityProbe(
                Capability.SERIALIZER,
                "4",
                workload,
                result -> atLeast("elapsed ns", result.elapsedNs(), 160 * MS)
                        .or(() -> atMost("elapsed ns", result.elapsedNs(), 260 * MS)));
    }

    private static CapabilityProbe criticalSection() {
        Workload workload = Workload.builder("probe-critical-section")
                .spinLock("spin")
                .threads(
                        "one",
                        4,
                        t -> t.loop(
                                25,
                                b -> b.critical(in -> in.kernelWork("50us"))
                                        .spinLocked("spin", in -> in.kernelWork("200us"))
                                        .compute("30us")))
                .threads("nap", 3, t -> t.loop(40, b -> b.sleep("300us").compute("20us")))
                .build();
        return new CapabilityProbe(
                Capability.CRITICAL_SECTION,
                "2",
                workload,
                result -> atLeast("elapsed ns", result.elapsedNs(), 4 * 25 * MS / 5));
    }

    /** A thread is stopped for 100 ms in the middle of its work. */
    private static CapabilityProbe stop() {
        Workload workload = Workload.builder("probe-stop")
                .thread("stopped", t -> t.does(b -> b.compute("50ms")))
                .thread(
                        "other",
                        t -> t.does(b ->
                                b.sleep("10ms").stop("stopped").sleep("100ms").continues("stopped")))
                .build();
        return new CapabilityProbe(
                Capability.STOP, "2", workload, result -> atLeast("elapsed ns", result.elapsedNs(), 130 * MS));
    }

    private static CapabilityProbe devices() {
        WorkloadBuilder builder = Workload.builder("probe-devices")
                .semaphore("fast", 0)
                .semaphore("threaded", 0)
                .device("clock", d -> d.cpu(0).every("1ms").handler("5us").posts("fast"))
                .device(
                        "net",
                        d -> d.cpu(1).threaded().every("1500us").handler("40us").posts("threaded"))
                .device("disk", d -> d.cpu(1).threaded().handler("10us"))
                .threads("hog", 3, t -> t.does(b -> b.compute("60ms")))
                .thread("listener", t -> t.loop(40, b -> b.pend("fast").compute("50us")))
                .thread("server", t -> t.loop(40, b -> b.pend("threaded").compute("100us")))
                .threads(
                        "reader",
                        2,
                        t -> t.loop(20, b -> b.deviceIo("disk", "300us").compute("50us")));
        return new CapabilityProbe(
                Capability.DEVICES,
                "2",
                builder.build(),
                result -> atLeast("elapsed ns", result.elapsedNs(), 60 * MS)
                        .or(() -> atLeast("interrupts", result.switches().interrupts(), 40 + 40 + 40)));
    }
}
