package dev.swtch.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swtch.machine.cost.Charge;
import dev.swtch.machine.cost.CostModel;
import org.junit.jupiter.api.Test;

class InterruptTest {
    private static final int IPI = Vector.FIRST_IPI;
    private static final CostModel PRICED = CostModel.zero()
            .with("t", "ipi-send", 10)
            .with("t", "ipi-llc", 500)
            .with("t", "ipi-remote", 900)
            .with("t", "interrupt-enter", 100)
            .with("t", "interrupt-return", 50)
            .with("t", "halt-exit", 1_000);

    @Test
    void an_ipi_arrives_after_the_latency_of_its_distance() {
        Rig rig = new Rig("2x2x1/nodes=2", PRICED);
        rig.boot(1, rig::halt);
        rig.boot(2, cpu -> kernelWork(cpu, rig, 100_000));
        rig.boot(0, cpu -> {
            assertThat(cpu.sendIpi(rig.cpu(1), IPI)).isTrue();
            assertThat(cpu.sendIpi(rig.cpu(2), IPI)).isTrue();
            assertThat(cpu.now()).isEqualTo(20);
            return rig.halt(cpu);
        });
        rig.machine.run(10_000);
        // halted: 10 + 500 + 1000 to wake + 100 to enter; busy: 20 + 900 + 100
        assertThat(rig.log).containsExactly("v1 OPEN@1610", "v1 OPEN@1020");
        assertThat(rig.machine.ipis()).isEqualTo(2);
        assertThat(rig.cpu(1).ledger().interrupts()).isEqualTo(1);
        assertThat(rig.cpu(0).ledger().count(Charge.IPI_SEND)).isEqualTo(2);
    }

    @Test
    void a_vector_that_is_pending_already_coalesces() {
        Rig rig = new Rig("2", PRICED);
        rig.boot(1, rig::halt);
        rig.boot(0, cpu -> {
            assertThat(cpu.sendIpi(rig.cpu(1), IPI)).isTrue();
            assertThat(cpu.sendIpi(rig.cpu(1), IPI)).isFalse();
            assertThat(cpu.sendIpi(rig.cpu(1), IPI + 1)).isTrue();
            return rig.halt(cpu);
        });
        rig.machine.run(10_000);
        // the second vector is taken when the first handler is done, 530 + ... long past
        assertThat(rig.log).containsExactly("v1 OPEN@1610", "v2 OPEN@2710");
        assertThat(rig.machine.ipis()).isEqualTo(3);
    }

    @Test
    void a_vector_that_comes_in_the_middle_of_a_path_is_handed_over_at_its_end_with_its_situation() {
        CostModel costs = CostModel.zero().with("t", "callout", 100);
        Rig rig = new Rig("1", costs);
        rig.boot(0, rig::halt);
        // from 1000 on: open to 1100, critical to 1200, closed to 1300, open to 1400
        rig.at(999, now -> {
            for (int line = 0; line < 4; line++) {
                rig.machine.raiseLine(3 - line, 0, 1_050 + 100 * line);
            }
        });
        rig.at(
                1_000,
                now -> rig.machine.enter(0, rig.frame("PATH", cpu -> {
                    cpu.charge(Charge.CALLOUT);
                    cpu.setCritical(true);
                    cpu.charge(Charge.CALLOUT);
                    cpu.setCritical(false);
                    cpu.disableInterrupts();
                    cpu.charge(Charge.CALLOUT);
                    cpu.enableInterrupts();
                    cpu.charge(Charge.CALLOUT);
                    return Next.RETURN;
                })));
        rig.machine.run(5_000);
        assertThat(rig.log).containsExactly("v19 OPEN@1400", "v18 CRITICAL@1400", "v17 CLOSED@1400", "v16 OPEN@1400");
    }

    @Test
    void of_vectors_that_come_at_one_instant_the_lower_number_is_taken_first() {
        Rig rig = new Rig("1", CostModel.zero());
        rig.boot(0, rig::halt);
        rig.at(10, now -> {
            rig.machine.raiseLine(2, 0, 20);
            rig.machine.raiseLine(1, 0, 20);
        });
        rig.machine.run(100);
        assertThat(rig.log).containsExactly("v17 OPEN@20", "v18 OPEN@20");
    }

    @Test
    void what_comes_while_interrupts_are_closed_waits_until_they_open() {
        Rig rig = new Rig("1", CostModel.zero());
        rig.boot(0, cpu -> {
            cpu.disableInterrupts();
            cpu.push(rig.frame("OPENS", opener -> {
                opener.enableInterrupts();
                return rig.halt(opener);
            }));
            return cpu.work(Mode.KERNEL, 1_000);
        });
        rig.at(0, now -> rig.machine.raiseLine(0, 0, 400));
        rig.machine.run(5_000);
        assertThat(rig.log).containsExactly("v16 CLOSED@1000");
    }

    @Test
    void a_vector_on_its_way_when_interrupts_close_waits_too() {
        Rig rig = new Rig("1", CostModel.zero());
        rig.boot(0, cpu -> {
            cpu.push(rig.frame("CLOSES", closer -> {
                closer.disableInterrupts();
                closer.push(rig.frame("OPENS", opener -> {
                    opener.enableInterrupts();
                    return rig.halt(opener);
                }));
                return closer.work(Mode.KERNEL, 1_000);
            }));
            return cpu.work(Mode.KERNEL, 100);
        });
        rig.at(50, now -> rig.machine.raiseLine(0, 0, 400));
        rig.machine.run(5_000);
        assertThat(rig.log).containsExactly("v16 CLOSED@1100");
    }

    @Test
    void arming_the_timer_again_replaces_and_disarming_forgets() {
        Rig rig = new Rig("1", CostModel.zero());
        rig.handler = (cpu, vector, arrival) -> {
            if (rig.log.size() == 1) {
                cpu.armTimer(200); // past: as soon as possible
            } else if (rig.log.size() == 2) {
                cpu.armTimer(1_000);
                cpu.disarmTimer();
            }
            return Next.RETURN;
        };
        rig.boot(0, cpu -> {
            cpu.armTimer(100);
            cpu.armTimer(500);
            cpu.armTimer(300);
            return rig.halt(cpu);
        });
        rig.machine.run(5_000);
        assertThat(rig.log).containsExactly("v0 OPEN@300", "v0 OPEN@300");
    }

    @Test
    void interrupted_work_goes_on_where_it_was_and_the_handler_is_no_part_of_it() {
        Rig rig = new Rig("1", PRICED);
        Rig.Job job = rig.boot(0, cpu -> {
            cpu.push(rig.frame("DONE", done -> {
                rig.note("done", done);
                return rig.halt(done);
            }));
            return cpu.work(Mode.USER, 1_000);
        });
        rig.handler = (cpu, vector, arrival) -> {
            assertThat(cpu.interruptedUser()).isTrue();
            return Next.RETURN;
        };
        rig.at(300, now -> rig.machine.raiseLine(0, 0, 300));
        rig.machine.run(5_000);
        assertThat(rig.log).containsExactly("v16 OPEN@400", "done@1150");
        assertThat(job.userWorkNs()).isEqualTo(1_000);
        assertThat(rig.cpu(0).ledger().usedNs(Usage.USER)).isEqualTo(1_000);
        assertThat(rig.cpu(0).ledger().usedNs(Usage.KERNEL)).isEqualTo(150);
        assertThat(rig.cpu(0).ledger().usedNs(Usage.IDLE)).isEqualTo(5_000 - 1_150);
    }

    @Test
    void an_interrupt_at_the_instant_a_burst_ends_finds_no_work_left() {
        Rig rig = new Rig("1", PRICED);
        Rig.Job job = rig.boot(0, cpu -> {
            cpu.push(rig.frame("DONE", done -> {
                rig.note("done", done);
                return rig.halt(done);
            }));
            return cpu.work(Mode.USER, 300);
        });
        rig.at(300, now -> rig.machine.raiseLine(0, 0, 300));
        rig.machine.run(5_000);
        assertThat(rig.log).containsExactly("v16 OPEN@400", "done@450");
        assertThat(job.userWorkNs()).isEqualTo(300);
    }

    private static Next kernelWork(Cpu cpu, Rig rig, long ns) {
        cpu.push(rig.frame("HALTS", rig::halt));
        return cpu.work(Mode.KERNEL, ns);
    }
}
