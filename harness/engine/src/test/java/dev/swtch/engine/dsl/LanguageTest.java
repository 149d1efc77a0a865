package dev.swtch.engine.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swtch.engine.workload.ArrivalProcess;
import dev.swtch.engine.workload.Expectation;
import dev.swtch.engine.workload.Goals;
import dev.swtch.engine.workload.Need;
import dev.swtch.engine.workload.NodeRef;
import dev.swtch.engine.workload.ThreadEntry;
import dev.swtch.engine.workload.Workload;
import dev.swtch.machine.topology.CpuSet;
import dev.swtch.machine.topology.Topology;
import dev.swtch.spi.thread.ThreadClass;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LanguageTest {
    @TempDir
    private Path folder;

    private static Workload read(String text) {
        return NativeYaml.read("dir/w.yaml", ("workload: 1\n" + text).getBytes(StandardCharsets.UTF_8));
    }

    private static String program(String head, String steps) {
        return read(head + "threads: {t: {do: [" + steps + "]}}")
                .programs()
                .get(0)
                .disassemble();
    }

    private static String program(String steps) {
        return program("", steps);
    }

    @Test
    void a_file_says_what_it_is() {
        Workload workload = read(
                "name: x\nabout: y\nseed: 5\nduration: 2s\nboot: {2: 3ms}\n" + "threads: {t: {do: [{compute: 1ms}]}}");
        assertThat(workload.name()).isEqualTo("x");
        assertThat(workload.about()).isEqualTo("y");
        assertThat(workload.seed()).isEqualTo(5);
        assertThat(workload.durationNs()).isEqualTo(2_000_000_000L);
        assertThat(workload.cpuStartNs(1)).isZero();
        assertThat(workload.cpuStartNs(2)).isEqualTo(3_000_000L);
        Workload plain = read("threads: {t: {do: [{compute: 1ms}]}}");
        assertThat(plain.name()).isEqualTo("w");
        assertThat(plain.durationNs()).isEqualTo(Workload.UNTIL_ALL_EXIT);
    }

    @Test
    void threads_have_attributes() {
        Workload workload = read("""
            threads:
              a: {count: 2, process: p, class: realtime, priority: 3, affinity: "0-1,3", start: 2ms, do: [exit]}
              b: {nice: -5, path: other, timer-base: 1ms, do: [{fork: c}]}
              c: {start: on-demand, do: [exit]}
            """);
        assertThat(workload.threads().stream().map(ThreadEntry::path)).containsExactly("a/0", "a/1", "other", "c");
        ThreadEntry a = workload.threads().get(1);
        assertThat(a.threadClass()).isEqualTo(ThreadClass.REALTIME);
        assertThat(a.rank()).isEqualTo(3);
        assertThat(workload.affinitySet(a.affinitySet())).containsExactly(0, 1, 3);
        assertThat(a.startNs()).isEqualTo(2_000_000L);
        assertThat(workload.threads().get(2).nice()).isEqualTo(-5);
        assertThat(workload.threads().get(2).timerBaseNs()).isEqualTo(1_000_000L);
        assertThat(workload.processes()).containsExactly("kernel", "p", "b", "c");
    }

    @Test
    void a_cpu_can_be_drawn_for_each_thread() {
        Workload workload = read("""
            threads:
              a: {count: 100, affinity: {one-of: "0-2"}, do: [exit]}
              b: {start: on-demand, affinity: {one-of: ["node:1", 5]}, do: [exit]}
            arrivals: {b: {process: renewal, gap: 1ms, each: {fork: b}}}
            """);
        int[] pinned = new int[3];
        for (ThreadEntry a : workload.threads().subList(0, 100)) {
            int[] cpus = workload.affinitySet(a.affinitySet(a.key()));
            assertThat(cpus).hasSize(1);
            pinned[cpus[0]]++;
        }
        assertThat(Arrays.stream(pinned).boxed()).allMatch(drawn -> drawn >= 20 && drawn <= 47);
        ThreadEntry b = workload.threads().get(100);
        assertThat(workload.affinitySet(b.affinitySet())).containsExactly(NodeRef.of(1));
        assertThat(workload.affinitySet(b.affinitySet() + 1)).containsExactly(5);
        assertThat(b.affinitySets()).isEqualTo(2);
    }

    @Test
    void parameters_are_computed() {
        String head = "params: {n: 4, t: 3ms, rate: 3200, twice: \"${2 * t}\", d: {exp: 1ms}}\n";
        assertThat(program(head, "{compute: \"${t * (n - 1) / 2}\"}")).startsWith("0: compute 4500us\n");
        assertThat(program(head, "{compute: \"${1s / rate}\"}")).startsWith("0: compute 312500ns\n");
        assertThat(program(head, "{compute: \"${twice + 1us}\"}")).startsWith("0: compute 6001us\n");
        assertThat(program(head, "{loop: {times: \"${t / 1ms}\", do: [{sleep: 1ms}]}}"))
                .startsWith("0: loop-begin r0 x3 @9\n");
        assertThat(program(head, "{compute: \"${d}\"}")).startsWith("0: compute draw#0\n");
    }

    @Test
    void instances_share_a_program_unless_they_use_their_number() {
        Workload shared = read("threads: {t: {count: 3, do: [{compute: 1ms}]}}");
        assertThat(shared.programs()).hasSize(1);
        assertThat(shared.threads()).hasSize(3);
        Workload own = read("threads: {t: {count: 3, do: [{compute: \"${1ms * (instance + 1)}\"}]}}");
        assertThat(own.programs()).hasSize(3);
        assertThat(own.threads().get(2).path()).isEqualTo("t/2");
        assertThat(own.processes()).containsExactly("kernel", "t");
        assertThat(own.programs().get(2).disassemble()).startsWith("0: compute 3ms\n");
    }

    @Test
    void macros_have_parameters() {
        assertThat(program(
                        "macros: {one: [yield], two: {params: [x], do: [{compute: \"${x}\"}, {call: one}]}}\n",
                        "{call: {macro: two, with: {x: 2ms}}}, {call: one}"))
                .isEqualTo("0: compute 2ms\n2: yield\n3: yield\n4: exit\n");
    }

    @Test
    void queues_events_and_locks_are_made_of_semaphores() {
        Workload workload = read("""
            objects: {q: {queue: 3}, p: {pipe: {capacity: 1KiB, message: 100}}, e: event, r: {rwlock: 2}}
            threads:
              t:
                do:
                  - put: q
                  - get: q
                  - write: {pipe: p, bytes: 100}
                  - await: e
                  - read-locked: {rwlock: r, do: [yield]}
                  - write-locked: {rwlock: r, do: [yield]}
            """);
        assertThat(workload.objects().semaphores().toString())
                .contains("q.free, initial=3", "q.filled, initial=0", "p.free, initial=10", "r.shares, initial=2");
        assertThat(workload.programs().get(0).disassemble().lines().map(line -> line.replaceAll("^\\d+: ", "")))
                .startsWith("sem-wait 0", "sem-post 1", "sem-wait 1", "sem-post 0", "sem-wait 2", "sem-post 3")
                .contains("sem-wait 4", "sem-post 4", "sem-wait 6", "yield", "loop-begin r0 x2 @32");
    }

    @Test
    void events_can_be_posted_and_pended_like_semaphores() {
        String head = "objects: {e: event, s: sem}\n";
        assertThat(program(head, "{post: e}, {pend: e}")).isEqualTo(program(head, "{fire: e}, {await: e}"));
        assertThat(program(head, "{post: s}, {pend: s}")).isNotEqualTo(program(head, "{fire: e}, {await: e}"));
    }

    @Test
    void arrays_of_objects() {
        assertThat(program(
                        "objects: {s: {sem: 0, count: 2}}\n",
                        "{loop: {over: s, as: each, do: [{post: \"${each}\"}]}}, {pend: \"s[1]\"}"))
                .isEqualTo("0: sem-post 0\n2: sem-post 1\n4: sem-wait 1\n6: exit\n");
    }

    @Test
    void phases_loops_and_timers() {
        Workload workload = read("""
            objects: {clock: timer}
            threads:
              t:
                phases:
                  - {name: a, times: 2, set: {nice: 4}, do: [{compute: 1ms}]}
                  - {for: 5ms, do: [{compute: 10us}]}
                  - do: [{every: 1ms}, {timer: {timer: clock, period: 2ms, missed: restart}}]
            """);
        assertThat(workload.programs().get(0).disassemble()).isEqualTo("""
            0: set-nice 4
            2: loop-begin r0 x2 @11
            6: compute 1ms
            8: loop-end r0 @6
            11: runtime 5ms 10us r1
            15: timer -1 r2 1ms 2
            20: timer 0 r0 2ms 0
            25: exit
            """);
    }

    @Test
    void branches_are_drawn() {
        assertThat(program("{choose: [[0.5, [yield]], [1.5, [exit]], [1, []]]}, {compute: 1ms}"))
                .isEqualTo("""
                    0: choose draw#0
                    2: jump @8
                    4: jump @11
                    6: jump @14
                    8: yield
                    9: jump @14
                    11: exit
                    12: jump @14
                    14: compute 1ms
                    16: exit
                    """);
    }

    @Test
    void loops_for_a_time_have_any_steps() {
        assertThat(program("{loop: {for: 5ms, do: [{compute: 1ms}, yield]}}"))
                .isEqualTo("0: timed-begin r0 5ms @10\n4: compute 1ms\n6: yield\n7: timed-end r0 @4\n10: exit\n");
    }

    @Test
    void waits_can_have_an_end_and_can_be_busy() {
        assertThat(program(
                        "objects: {m: mutex, c: cond, s: sem, e: event, b: {barrier: 1}}\n",
                        "{lock: m}, {wait: {cond: c, mutex: m, timeout: 2ms}}, {unlock: m}, {pend: {sem: s,"
                                + " timeout: 3ms}}, {spin-until: e}, {spin-until: {barrier: b, look: 2us}}"))
                .isEqualTo("""
                    0: lock 0
                    2: wait-timed 0 0 2ms
                    6: unlock 0
                    8: sem-wait-timed 0 3ms @12
                    12: rejoin
                    13: spin-until 0 1 1us r0
                    18: sem-post 1
                    20: spin-until 1 0 2us r1
                    25: exit
                    """);
    }

    @Test
    void a_wait_with_an_end_goes_on_in_one_of_two_ways() {
        assertThat(program(
                        "objects: {m: {mutex: {protocol: ceiling, ceiling: 2}}, q: {queue: 1}, e: event}\n",
                        "{lock: {mutex: m, timeout: 2ms, do: [{compute: 1us}], else: [yield]}}, {get: {queue: q,"
                                + " timeout: 3ms, do: [exit]}}, {await: {event: e, timeout: 0, else: [exit]}}"))
                .isEqualTo("""
                    0: ceiling-raise 2
                    2: lock-timed 0 2ms @14
                    6: compute 1us
                    8: unlock 0
                    10: ceiling-drop 2
                    12: jump @17
                    14: ceiling-drop 2
                    16: yield
                    17: rejoin
                    18: sem-wait-timed 1 3ms @25
                    22: sem-post 0
                    24: exit
                    25: rejoin
                    26: sem-wait-timed 2 0 @34
                    30: sem-post 2
                    32: jump @35
                    34: exit
                    35: rejoin
                    36: exit
                    """);
    }

    @Test
    void an_event_is_posted_and_waited_for_like_a_semaphore() {
        assertThat(program("objects: {e: event}\n", "{post: e}, {pend: e}"))
                .isEqualTo("0: sem-post 0\n2: sem-wait 0\n4: sem-post 0\n6: exit\n");
    }

    @Test
    void a_pipe_whose_messages_have_no_size_takes_that_of_the_first_step() {
        Workload workload = read("""
            objects: {p: {pipe: {capacity: 1KiB, wake: fifo}}, q: {pipe: 10}}
            threads: {t: {do: [{write: {pipe: p, bytes: 100}}, {read: p}, {write: q}]}}
            """);
        assertThat(workload.objects().semaphores().toString())
                .contains(
                        "p.free, initial=10, wake=FIFO",
                        "p.filled, initial=0, wake=FIFO",
                        "q.free, initial=10, wake=B");
    }

    @Test
    void interrupts_are_devices() {
        Workload workload = read("""
            objects: {s: sem}
            interrupts:
              nic: {cpu: 1, arrivals: {process: renewal, gap: 2ms}, handler: 3us, then: {post: s},
                    storm: {from: 5ms, to: 8ms, rate: 1000}}
            threads: {t: {do: [yield]}}
            """);
        assertThat(workload.devices().stream().map(device -> device.name())).containsExactly("nic", "nic.storm");
        assertThat(workload.devices().get(0).nextArrivalNs(0, 0)).isEqualTo(2_000_000);
        assertThat(workload.devices().get(1).nextArrivalNs(0, 0)).isGreaterThan(5_000_000);
        assertThat(workload.devices().get(1).cpu()).isEqualTo(1);
    }

    @Test
    void threads_of_a_group_are_measured_together() {
        Workload workload = read("""
            threads:
              a: {count: 2, group: one, do: [yield]}
              b: {group: two, do: [yield]}
              c: {count: 2, path: "x${instance}", group: one, do: [yield]}
            measure: {fairness: {two: [a]}}
            """);
        assertThat(workload.goals().groups().stream().map(group -> group.name() + group.threads()))
                .containsExactly("two[a, b]", "one[a, x0, x1]");
    }

    @Test
    void values_stand_in_a_column_of_a_file() throws IOException {
        Files.writeString(folder.resolve("v.csv"), "# times\n\"at\", who, len\n1,a,5us\n2.5,b,7us\r\n\n4,c,9us\n");
        String text = "workload: 1\nthreads: {t: {do: [{compute: {trace: v.csv, column: len}}, {compute: {trace: v.csv,"
                + " unit: ms}}]}}\narrivals: {a: {process: trace, at: {trace: v.csv, column: 1, unit: ms}, each: {fork:"
                + " u}}}\n";
        Path file = folder.resolve("w.yaml");
        Workload workload = NativeYaml.read(
                file.toString(), text.replace("arrivals", "#arrivals").getBytes(StandardCharsets.UTF_8));
        assertThat(NativeYaml.write(workload.source()))
                .contains("compute: {sequence: [5us, 7us, 9us]}", "compute: {sequence: [1ms, 2500us, 4ms]}");
        String forks = text.replace("threads: {", "threads: {u: {start: on-demand, do: [yield]}, ");
        assertThat(NativeYaml.read(file.toString(), forks.getBytes(StandardCharsets.UTF_8))
                        .arrivals()
                        .get(0)
                        .spec()
                        .process())
                .isEqualTo(new ArrivalProcess.Times(List.of(1_000_000L, 2_500_000L, 4_000_000L)));
        String wrong = text.replace("column: len", "column: lem");
        assertThatThrownBy(() -> NativeYaml.read(file.toString(), wrong.getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("there is no column \"lem\" (did you mean \"len\"?)");
        String none = text.replace("column: len", "column: 7");
        assertThatThrownBy(() -> NativeYaml.read(file.toString(), none.getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("v.csv:2:1: the line has no column 7");
    }

    @Test
    void threads_are_joined_and_stopped_by_their_common_name() {
        Workload workload = read("""
            threads:
              a: {count: 2, do: [{compute: "${1ms * (instance + 1)}"}]}
              b: {do: [{fork: {thread: c, count: 2, wait: true}}, {join: [a, c]}, {stop: a}, {continue: a/1}]}
              c: {start: on-demand, do: [exit]}
            """);
        assertThat(workload.joinGroups()).containsExactly(List.of(3), List.of(0, 1));
        assertThat(workload.programs().get(2).disassemble()).isEqualTo("""
            0: fork 3 x2 r0 0 r1
            6: join 0 r1
            9: join 1 r2
            12: join 0 r1
            15: stop 0
            17: stop 1
            19: continue 1
            21: exit
            """);
    }

    @Test
    void a_ceiling_is_kept_while_the_mutex_is() {
        Workload workload = read("""
            objects: {m: {mutex: {protocol: ceiling, ceiling: 7}}}
            threads: {t: {class: realtime, priority: 3, do: [{lock: m}, {unlock: m}]}}
            """);
        assertThat(workload.programs().get(0).disassemble())
                .isEqualTo("0: ceiling-raise 7\n2: lock 0\n4: unlock 0\n6: ceiling-drop 7\n8: exit\n");
        assertThat(workload.ranks()).containsExactly(3, 7);
        assertThat(workload.needs()).contains(Need.REALTIME_CLASS);
    }

    @Test
    void cpus_are_interrupted() {
        assertThat(program("{ipi: {to: 3, cost: 5us}}, {ipi: {to: all-but-self, cost: {exp: 1us}}}"))
                .isEqualTo("0: ipi 3 5us\n3: ipi -1 draw#0\n6: exit\n");
    }

    @Test
    void nodes_stand_for_their_cpus() {
        Workload workload =
                read("threads: {t: {affinity: {node: 1}, do: [{set: {affinity: [0, \"node:0\"]}}, {set: {affinity:"
                        + " node:3}}]}}");
        Topology machine = new Topology(2, 2, 1, 2, 2);
        assertThat(NodeRef.resolve(workload.affinitySet(0), machine).toString())
                .isEqualTo(CpuSet.of(4, 2, 3).toString());
        assertThat(NodeRef.resolve(workload.affinitySet(1), machine)).isEqualTo(CpuSet.of(4, 0, 1));
        assertThat(workload.misfits(machine).stream().map(Object::toString))
                .containsExactly(
                        "dir/w.yaml:2:11: thread t names a node that the machine does not have: expected 0 to 1, found"
                                + " 3");
    }

    @Test
    void devices_arrive_until_they_stop() {
        Workload workload = read("""
            objects: {s: sem}
            devices:
              d: {cpu: 1, handler: {exp: 2us}, threaded: true, arrivals: {every: 1ms, until: 3ms}, posts: s}
              e: {service: 4us}
            threads: {t: {do: [{io: e}, {io: {device: e, service: 1us}}]}}
            """);
        assertThat(workload.devices().get(0).fast()).isFalse();
        assertThat(workload.devices().get(0).nextArrivalNs(0, 0)).isEqualTo(1_000_000);
        assertThat(workload.devices().get(0).nextArrivalNs(2, 2_000_000)).isEqualTo(-1);
        assertThat(workload.programs().get(0).disassemble()).startsWith("0: device-io 1 4us\n3: device-io 1 1us\n");
    }

    @Test
    void goals_are_kept_and_hints_are_noted() {
        Workload workload = read("""
                threads: {t: {do: [{begin: x}, {compute: 1ms}, {end: x}]}}
                measure: {x: {percentiles: [50, 99.9], deadline: 2ms}}
                expect:
                  t.end: 1ms
                  x.mean: {about: 1ms, within: 10%}
                  x.count: {min: 1, policy: ule}
                hints: {ule: {slice: 4}}
                """);
        Goals.Measure measure = workload.goals().measureOf("x");
        assertThat(measure.percentiles()).containsExactly(50_000L, 99_900L);
        assertThat(measure.deadlineNs()).isEqualTo(2_000_000);
        assertThat(workload.goals().expectations().stream().map(Expectation::toString))
                .containsExactly("t.end = 1ms", "x.mean in 900us to 1100us", "x.count >= 1");
        assertThat(workload.notes()).hasSize(1);
        assertThat(workload.notes().get(0).toString())
                .isEqualTo("dir/w.yaml:8:15: hint for ule: slice = 4, not applied; set it with --set");
    }
}
