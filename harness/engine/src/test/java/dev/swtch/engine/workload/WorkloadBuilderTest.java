package dev.swtch.engine.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swtch.spi.thread.ThreadClass;
import org.junit.jupiter.api.Test;

class WorkloadBuilderTest {
    @Test
    void compiles_a_ping_pong() {
        Workload workload = Workload.builder("ping-pong")
                .semaphore("ball", 1)
                .semaphore("back", 0)
                .thread(
                        "ping",
                        t -> t.loop(1000, b -> b.pend("ball").compute("100us").post("back")))
                .thread(
                        "pong",
                        t -> t.loop(1000, b -> b.pend("back").compute("100us").post("ball")))
                .build();
        assertThat(workload.programs().get(1).disassemble()).isEqualTo("""
                        0: loop-begin r0 x1000 @13
                        4: sem-wait 1
                        6: compute 100us
                        8: sem-post 0
                        10: loop-end r0 @4
                        13: exit
                        """);
        assertThat(workload.durationNs()).isEqualTo(Workload.UNTIL_ALL_EXIT);
        assertThat(workload.needs()).isEmpty();
        assertThat(workload.threads()).extracting(ThreadEntry::path).containsExactly("ping", "pong");
        assertThat(workload.processes()).containsExactly("kernel", "ping", "pong");
    }

    @Test
    void every_step_has_an_operation_and_asks_for_what_it_needs() {
        Workload workload = Workload.builder("all")
                .duration("1s")
                .inheritingMutex("m")
                .condition("m")
                .semaphore("s", 3)
                .barrier("b", 1)
                .timer("t")
                .kernelMutex("k")
                .spinLock("l")
                .serializer("z")
                .device("d", d -> d.cpu(1).threaded())
                .cpuStart("0")
                .cpuStart("5ms")
                .onDemand("child", t -> t.does(b -> b.compute("1us").exit()))
                .thread("other", t -> t.realtime(7).does(b -> b.compute("1us")))
                .thread(
                        "all",
                        t -> t.nice(5)
                                .affinity(3, 1)
                                .does(b -> b.kernelWork("1us")
                                        .runtime("1ms", "32us")
                                        .sleep("1us")
                                        .every("1ms", MissPolicy.SKIP)
                                        .timer("t", "2ms", MissPolicy.CATCH_UP)
                                        .lock("m")
                                        .await("m", "m")
                                        .unlock("m")
                                        .signal("m")
                                        .broadcast("m")
                                        .suspend("m")
                                        .resume("m")
                                        .barrier("b")
                                        .fork("child", 2)
                                        .yields()
                                        .setNice(-3)
                                        .setAffinity(1, 3)
                                        .setAffinity()
                                        .setClass(ThreadClass.IDLE, 0)
                                        .critical(c -> c.kernelWork("1us"))
                                        .spinLocked("l", c -> c.kernelWork("1us"))
                                        .kernelMutex("k", c -> c.kernelWork("1us"))
                                        .serialized(
                                                "z", c -> c.kernelWork("1us").sleep("1us"))
                                        .bind(2)
                                        .unbind()
                                        .stop("other")
                                        .continues("other")
                                        .begin("p")
                                        .end("p")
                                        .deviceIo("d", "3ms")
                                        .loop(3, c -> c.compute(Dist.exponential("1ms")))))
                .build();
        assertThat(workload.programs().get(2).disassemble()).isEqualTo("""
                        0: kernel-work 1us
                        2: runtime 1ms 32us r0
                        6: sleep 1us
                        8: timer -1 r1 1ms 2
                        13: timer 0 r0 2ms 1
                        18: lock 0
                        20: wait 0 0
                        23: unlock 0
                        25: signal 0
                        27: broadcast 0
                        29: lock 0
                        31: wait 0 0
                        34: unlock 0
                        36: lock 0
                        38: broadcast 0
                        40: unlock 0
                        42: barrier 0
                        44: fork 2 x2 r2 0
                        49: yield
                        50: set-nice -3
                        52: set-affinity 0
                        54: set-affinity -1
                        56: set-class 2 0
                        59: crit-enter
                        60: kernel-work 1us
                        62: crit-exit
                        63: spin-lock 0
                        65: kernel-work 1us
                        67: spin-unlock 0
                        69: kmutex-lock 0
                        71: kernel-work 1us
                        73: kmutex-unlock 0
                        75: serializer-enter 0
                        77: kernel-work 1us
                        79: sleep 1us
                        81: serializer-leave 0
                        83: bind 2
                        85: unbind
                        86: stop 0
                        88: continue 0
                        90: begin 0 r3
                        93: end 0 r3
                        96: device-io 0 3ms
                        99: loop-begin r4 x3 @108
                        103: compute draw#0
                        105: loop-end r4 @103
                        108: exit
                        """);
        assertThat(workload.needs())
                .containsExactlyInAnyOrder(
                        Need.USER_PI_MUTEX,
                        Need.KERNEL_MUTEX,
                        Need.SERIALIZER,
                        Need.SPIN_LOCK,
                        Need.CRITICAL_SECTION,
                        Need.REALTIME_CLASS,
                        Need.IDLE_CLASS,
                        Need.FORK,
                        Need.NICE,
                        Need.AFFINITY,
                        Need.BIND,
                        Need.SIGNAL_STOP,
                        Need.DEVICE,
                        Need.THREADED_INTERRUPT,
                        Need.LATE_CPUS);
        assertThat(workload.initialThreads()).isEqualTo(2);
        assertThat(workload.threads().get(2).onDemand()).isTrue();
        assertThat(workload.threads().get(2).path()).isEqualTo("child");
        assertThat(workload.affinitySet(0)).containsExactly(1, 3);
        assertThat(workload.cpuStartNs(1)).isEqualTo(5_000_000);
        assertThat(workload.cpuStartNs(2)).isZero();
        assertThat(workload.minimumCpus()).isEqualTo(4);
        assertThat(workload.misfits(3))
                .extracting(Diagnostic::toString)
                .containsExactly("thread all names a CPU that the machine does not have: expected 0 to 2, found 3");
    }

    @Test
    void instances_share_a_program_and_differ_in_path_and_key() {
        Workload workload = Workload.builder("w")
                .threads("web", 3, t -> t.process("server").does(b -> b.compute("1ms")))
                .build();
        assertThat(workload.programs()).hasSize(1);
        assertThat(workload.threads()).extracting(ThreadEntry::path).containsExactly("web/0", "web/1", "web/2");
        assertThat(workload.threads()).extracting(ThreadEntry::key).doesNotHaveDuplicates();
        assertThat(workload.threads()).extracting(ThreadEntry::process).containsOnly(1);
    }

    @Test
    void a_kernel_thread_computes_in_kernel_mode_and_belongs_to_the_kernel() {
        Workload workload = Workload.builder("w")
                .thread("daemon", t -> t.kernelThread().does(b -> b.compute("1ms")))
                .build();
        assertThat(workload.programs().get(0).code()[0]).isEqualTo(Op.KERNEL_WORK);
        assertThat(workload.threads().get(0).process()).isZero();
        assertThat(workload.needs()).containsExactly(Need.KERNEL_THREAD);
    }

    @Test
    void forked_threads_are_named_by_their_parent_alone() {
        Workload workload = Workload.builder("w")
                .onDemand("job", t -> t.does(b -> b.compute("1ms").fork("job", 1)))
                .thread("main", t -> t.does(b -> b.fork("job", 1)))
                .build();
        ThreadEntry job = workload.threads().get(1);
        assertThat(workload.forkedPath("main", false, job, 0)).isEqualTo("main>job/0");
        assertThat(workload.forkedPath("main>job/0", true, job, 3)).isEqualTo("main>job/0>job/3");
    }

    @Test
    void ranks_keep_their_order_and_lie_apart() {
        Workload workload = Workload.builder("w")
                .thread("low", t -> t.realtime(1).does(b -> b.compute("1ms")))
                .thread("middle", t -> t.realtime(50).does(b -> b.compute("1ms")))
                .thread("high", t -> t.realtime(99).does(b -> b.compute("1ms")))
                .build();
        assertThat(workload.ranks()).containsExactly(1, 50, 99);
        assertThat(workload.level(1, 32)).isEqualTo(10);
        assertThat(workload.level(50, 32)).isEqualTo(21);
        assertThat(workload.level(99, 32)).isEqualTo(31);
        assertThat(workload.level(50, 2)).isEqualTo(1);
        assertThat(workload.level(1, 2)).isZero();
        assertThat(workload.level(50, 100)).isEqualTo(66);
    }

    @Test
    void seed_and_duration_can_be_changed_afterwards() {
        Workload workload = Bench.halfHogsHalfSleepers(5);
        assertThat(workload.threads()).hasSize(5);
        assertThat(workload.programs()).hasSize(2);
        assertThat(workload.withDurationNs(7).durationNs()).isEqualTo(7);
        assertThat(workload.withSeed(3).threads().get(0).key()).isEqualTo(Streams.key(3, "hog/0"));
    }

    @Test
    void device_times_are_functions_of_the_number() {
        Workload workload = Workload.builder("w")
                .device("clock", d -> d.every("10ms", "3ms").handler("7us"))
                .device("net", d -> d.poisson("1ms"))
                .device("list", d -> d.at("1ms", "5ms"))
                .device("disk", d -> d.handler(Dist.uniform("1us", "2us")))
                .thread("t", t -> t.does(b -> b.compute("1ms")))
                .build();
        DeviceEntry clock = workload.devices().get(0);
        assertThat(clock.nextArrivalNs(0, 0)).isEqualTo(3_000_000);
        assertThat(clock.nextArrivalNs(2, 13_000_000)).isEqualTo(23_000_000);
        assertThat(clock.handlerNs(5)).isEqualTo(7_000);
        DeviceEntry net = workload.devices().get(1);
        assertThat(net.nextArrivalNs(4, 1_000))
                .isEqualTo(net.nextArrivalNs(4, 1_000))
                .isGreaterThan(1_000);
        DeviceEntry list = workload.devices().get(2);
        assertThat(list.nextArrivalNs(1, 1_000_000)).isEqualTo(5_000_000);
        assertThat(list.nextArrivalNs(2, 5_000_000)).isEqualTo(DeviceEntry.NEVER);
        DeviceEntry disk = workload.devices().get(3);
        assertThat(disk.nextArrivalNs(0, 0)).isEqualTo(DeviceEntry.NEVER);
        assertThat(disk.handlerNs(9)).isBetween(1_000L, 2_000L);
        assertThat(workload.devices()).extracting(DeviceEntry::line).containsExactly(0, 1, 2, 3);
    }
}
