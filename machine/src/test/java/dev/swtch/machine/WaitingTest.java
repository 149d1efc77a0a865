package dev.swtch.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swtch.machine.cost.Charge;
import dev.swtch.machine.cost.CostModel;
import org.junit.jupiter.api.Test;

class WaitingTest {
    private static final CostModel PRICED = CostModel.zero()
            .with("t", "halt-exit", 1_000)
            .with("t", "monitor-exit", 300)
            .with("t", "monitor-store", 30)
            .with("t", "poll-look", 50)
            .with("t", "spin-look", 100)
            .with("t", "callout", 100);

    @Test
    void a_store_wakes_a_monitoring_cpu_but_not_a_halted_one() {
        Rig rig = new Rig("3", PRICED);
        rig.boot(0, rig::halt);
        rig.boot(1, cpu -> goingOn(cpu, rig).monitor());
        rig.boot(2, cpu -> goingOn(cpu, rig).halt());
        rig.at(
                1_000,
                now -> rig.machine.enter(0, rig.frame("STORES", cpu -> {
                    rig.machine.store(cpu, rig.cpu(1));
                    rig.machine.store(cpu, rig.cpu(2));
                    return Next.RETURN;
                })));
        rig.machine.run(10_000);
        assertThat(rig.log).containsExactly("on1@1330");
        assertThat(rig.cpu(0).ledger().spentNs(Charge.MONITOR_STORE)).isEqualTo(60);
    }

    @Test
    void a_later_store_does_not_put_off_the_wake_by_an_earlier_one() {
        Rig rig = new Rig("3", PRICED);
        rig.boot(0, rig::halt);
        rig.boot(1, cpu -> goingOn(cpu, rig).monitor());
        rig.boot(2, cpu -> goingOn(cpu, rig).poll(1_000));
        for (long time : new long[] {1_000, 1_010}) {
            rig.at(
                    time,
                    now -> rig.machine.enter(0, rig.frame("STORES", cpu -> {
                        rig.machine.store(cpu, rig.cpu(1));
                        rig.machine.store(cpu, rig.cpu(2));
                        return Next.RETURN;
                    })));
        }
        rig.machine.run(10_000);
        // poller: stores seen at 1060 and 1120, looks at multiples of 50
        assertThat(rig.log).containsExactly("on2@1100", "on1@1330");
    }

    @Test
    void an_interrupt_wakes_a_monitoring_cpu() {
        Rig rig = new Rig("1", PRICED);
        rig.boot(0, cpu -> goingOn(cpu, rig).monitor());
        rig.at(100, now -> rig.machine.raiseLine(0, 0, 100));
        rig.machine.run(10_000);
        assertThat(rig.log).containsExactly("v16 OPEN@400", "on0@400");
    }

    @Test
    void a_polling_cpu_gives_up_after_its_looks() {
        Rig rig = new Rig("1", PRICED);
        rig.boot(0, cpu -> goingOn(cpu, rig).poll(7));
        rig.machine.run(10_000);
        assertThat(rig.log).containsExactly("on0@350");
        assertThat(rig.cpu(0).ledger().usedNs(Usage.IDLE)).isEqualTo(10_000);
    }

    @Test
    void a_spinner_looks_in_phase_across_an_interrupt() {
        Rig rig = new Rig("1", PRICED.with("t", "interrupt-enter", 130));
        int[] looks = {0};
        Frame<?>[] look = new Frame<?>[1];
        look[0] = rig.frame("LOOK", cpu -> {
            rig.note("look", cpu);
            if (++looks[0] == 5) {
                return rig.halt(cpu);
            }
            cpu.push(look[0]);
            return cpu.spin();
        });
        rig.boot(0, cpu -> {
            cpu.push(look[0]);
            return cpu.spin();
        });
        rig.at(250, now -> rig.machine.raiseLine(0, 0, 250));
        rig.machine.run(10_000);
        assertThat(rig.log).containsExactly("look@100", "look@200", "v16 OPEN@380", "look@400", "look@500", "look@600");
        assertThat(rig.cpu(0).ledger().usedNs(Usage.SPIN)).isEqualTo(600 - 130);
    }

    @Test
    void a_long_path_parks_so_that_others_catch_up() {
        Rig rig = new Rig("2", PRICED.with("t", "path-limit", 250));
        int[] left = {5};
        Frame<?>[] loop = new Frame<?>[1];
        loop[0] = rig.frame("LOOP", cpu -> {
            while (left[0]-- > 0) {
                cpu.charge(Charge.CALLOUT);
                if (cpu.pathIsLong()) {
                    rig.note("parks", cpu);
                    cpu.push(loop[0]);
                    return cpu.park();
                }
            }
            rig.note("loop", cpu);
            return rig.halt(cpu);
        });
        rig.boot(0, cpu -> {
            cpu.push(loop[0]);
            return Next.RETURN;
        });
        rig.boot(1, cpu -> {
            cpu.push(rig.frame("OTHER", other -> {
                rig.note("other", other);
                return rig.halt(other);
            }));
            return cpu.work(Mode.USER, 290);
        });
        rig.at(320, now -> rig.machine.raiseLine(0, 0, 320));
        rig.machine.run(10_000);
        // parked at 300; the vector of 320 comes in the second piece, 300 to 500
        assertThat(rig.log).containsExactly("parks@300", "other@290", "loop@500", "v16 OPEN@1500");
    }

    @Test
    void a_vector_that_comes_while_a_path_is_parked_is_taken_before_it_goes_on() {
        Rig rig = new Rig("1", PRICED.with("t", "path-limit", 1));
        rig.boot(0, cpu -> {
            cpu.charge(Charge.CALLOUT);
            cpu.push(rig.frame("GOES_ON", next -> {
                rig.note("on", next);
                return rig.halt(next);
            }));
            return cpu.park();
        });
        rig.at(0, now -> rig.machine.raiseLine(0, 0, 50));
        rig.machine.run(10_000);
        assertThat(rig.log).containsExactly("v16 OPEN@100", "on@100");
    }

    @Test
    void a_path_on_an_idle_cpu_leaves_its_sibling_the_right_speed() {
        Rig rig = new Rig("1x1x2", CostModel.defaults().with("t", "callout", 0));
        rig.boot(0, rig::halt);
        rig.boot(1, cpu -> goingOn(cpu, rig).work(Mode.KERNEL, 1_000_000));
        rig.machine.run(10_000);
        assertThat(rig.machine.rate(1)).isEqualTo(1024);
        rig.machine.enter(0, rig.frame("NOTHING", cpu -> Next.RETURN));
        assertThat(rig.machine.rate(1)).isEqualTo(1024);
        rig.machine.enter(0, rig.frame("BUSY", cpu -> goingOn(cpu, rig).work(Mode.KERNEL, 1_000)));
        assertThat(rig.machine.rate(1)).isEqualTo(640);
    }

    /** What is left to do is a note and a halt. */
    private static Cpu goingOn(Cpu cpu, Rig rig) {
        cpu.push(rig.frame("ON", next -> {
            rig.note("on" + next.id(), next);
            return rig.halt(next);
        }));
        return cpu;
    }
}
