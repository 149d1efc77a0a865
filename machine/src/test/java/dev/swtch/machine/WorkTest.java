package dev.swtch.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swtch.machine.cost.Charge;
import dev.swtch.machine.cost.CostModel;
import dev.swtch.machine.cost.Delay;
import dev.swtch.machine.event.EventHeap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WorkTest {
    private static final CostModel COLD = CostModel.zero()
            .with("t", "cold-self", 3_000)
            .with("t", "cold-llc", 5_000)
            .with("t", "cooling", 1_000_000);

    @Test
    void two_busy_siblings_share_a_core_and_one_alone_has_it() {
        // 640/1024 each while both are busy: 1000 us of work takes 1600 us; the longer one then speeds up
        Rig rig = new Rig("1x1x2", zeroWithSmt());
        Rig.Job a = busy(rig, 0, 1_000_000);
        Rig.Job b = busy(rig, 1, 2_000_000);
        rig.machine.run(10_000_000);
        assertThat(rig.log).containsExactly("done0@1600000", "done1@2600000");
        assertThat(a.userWorkNs()).isEqualTo(1_000_000);
        assertThat(b.userWorkNs()).isEqualTo(2_000_000);
    }

    @Test
    void changes_of_speed_lose_no_work() {
        SplittableRandom random = new SplittableRandom(3);
        Rig rig = new Rig("1x1x4", zeroWithSmt());
        Rig.Job job = busy(rig, 0, 5_000_000);
        long[] restUntil = new long[4];
        for (int cpu = 1; cpu < 4; cpu++) {
            Frame<?>[] loop = new Frame<?>[1];
            loop[0] = rig.frame("LOOP", at -> {
                at.push(loop[0]);
                if (restUntil[at.id()] <= at.now()) {
                    restUntil[at.id()] = at.now() + 1_000;
                    return at.work(Mode.KERNEL, 1 + random.nextInt(10_000));
                }
                return at.poll(1 + random.nextInt(100));
            });
            rig.boot(cpu, at -> {
                at.push(loop[0]);
                return Next.RETURN;
            });
        }
        long end = 0;
        while (rig.log.isEmpty()) {
            rig.machine.run(end += 1_000);
            assertThat(job.userWorkNs()).isLessThanOrEqualTo(5_000_000);
        }
        assertThat(job.userWorkNs()).isEqualTo(5_000_000);
        for (int cpu = 0; cpu < 4; cpu++) {
            CpuLedger ledger = rig.cpu(cpu).ledger();
            assertThat(ledger.totalNs()).isEqualTo(ledger.accountedTo());
            assertThat(ledger.totalNs()).isGreaterThanOrEqualTo(end);
        }
    }

    @Test
    void a_cold_cache_is_paid_first_and_is_no_work() {
        Rig rig = new Rig("2", COLD);
        Context[] moved = new Context[1];
        Landing<Object> goesOn = new Landing<>("GOES_ON", (cpu, previous, ref, a, b) -> {
            cpu.push(rig.frame("DONE", done -> {
                rig.note("done", done);
                return rig.halt(done);
            }));
            return cpu.work(Mode.USER, 1_000);
        });
        moved[0] = rig.boot(0, cpu -> {
            cpu.push(rig.frame("LEAVES", leaver -> {
                leaver.save(goesOn, null, 0, 0);
                return leaver.load(rig.job(7, rig::halt));
            }));
            return cpu.work(Mode.USER, 1_000);
        });
        rig.bootAt(1, 2_000, cpu -> {
            cpu.discard();
            return cpu.load(moved[0]);
        });
        rig.machine.run(6_500);
        // away from 1000 on; on cpu1 since 2000, owing 5000
        assertThat(moved[0].coldWorkNs()).isEqualTo(4_500);
        assertThat(moved[0].userWorkNs()).isEqualTo(1_000);
        rig.machine.run(7_250);
        assertThat(moved[0].coldWorkNs()).isEqualTo(5_000);
        assertThat(moved[0].userWorkNs()).isEqualTo(1_250);
        rig.machine.run(20_000);
        assertThat(rig.log).containsExactly("done@8000");
        assertThat(moved[0].userWorkNs()).isEqualTo(2_000);
        assertThat(rig.cpu(1).ledger().usedNs(Usage.COLD)).isEqualTo(5_000);
        assertThat(rig.cpu(1).ledger().usedNs(Usage.USER)).isEqualTo(1_000);
        assertThat(rig.cpu(1).ledger().usedNs(Usage.OFF)).isEqualTo(2_000);
    }

    @Test
    void coming_back_to_a_cpu_where_nobody_worked_since_is_a_migration_all_the_same() {
        Rig rig = new Rig("2", COLD);
        Context[] mover = new Context[1];
        Landing<Object>[] land = landings(1);
        land[0] = new Landing<>("MOVED", (cpu, previous, ref, a, b) -> worksThenMoves(rig, cpu, land));
        mover[0] = rig.boot(0, cpu -> worksThenMoves(rig, cpu, land));
        for (long at : new long[] {10_000, 30_000}) {
            int target = at == 10_000 ? 1 : 0;
            rig.at(
                    at,
                    now -> rig.machine.enter(target, rig.frame("TAKES", cpu -> {
                        cpu.discard();
                        return cpu.load(mover[0]);
                    })));
        }
        rig.boot(1, rig::halt);
        rig.machine.run(100_000);
        assertThat(mover[0].coldWorkNs()).isEqualTo(10_000);
        assertThat(mover[0].userWorkNs()).isEqualTo(3_000);
    }

    @SuppressWarnings("unchecked")
    private static Landing<Object>[] landings(int n) {
        return (Landing<Object>[]) new Landing<?>[n];
    }

    private static Next worksThenMoves(Rig rig, Cpu cpu, Landing<Object>[] land) {
        cpu.push(rig.frame("LEAVES", leaver -> {
            leaver.save(land[0], "", 0, 0);
            return leaver.load(rig.job(9, rig::halt));
        }));
        return cpu.work(Mode.USER, 1_000);
    }

    @Test
    void the_own_cache_cools_with_the_time_away_and_only_if_another_worked_there() {
        Rig rig = new Rig("1", COLD);
        Context[] first = new Context[1];
        Landing<Object> again = new Landing<>("AGAIN", (cpu, previous, ref, a, b) -> {
            cpu.push(rig.frame("HALTS", rig::halt));
            return cpu.work(Mode.USER, 1_000);
        });
        first[0] = rig.boot(0, cpu -> {
            cpu.push(rig.frame("LEAVES", leaver -> {
                leaver.save(again, null, 0, 0);
                return leaver.load(rig.job(7, other -> {
                    other.push(rig.frame("BACK", back -> {
                        back.discard();
                        return back.load(first[0]);
                    }));
                    return other.work(Mode.USER, 250_000);
                }));
            }));
            return cpu.work(Mode.USER, 1_000);
        });
        rig.machine.run(1_000_000);
        assertThat(first[0].coldWorkNs()).isEqualTo(750); // 3000 * 250000 / 1000000
    }

    @Test
    void a_debt_not_paid_yet_is_not_owed_twice() {
        Rig rig = new Rig("2", COLD);
        Context[] mover = new Context[1];
        Landing<Object> works = new Landing<>("WORKS", (cpu, previous, ref, a, b) -> {
            cpu.push(rig.frame("HALTS", rig::halt));
            return cpu.work(Mode.USER, 1_000);
        });
        mover[0] = rig.boot(0, cpu -> {
            cpu.push(rig.frame("LEAVES", leaver -> {
                leaver.save(works, "", 0, 0);
                return leaver.load(rig.job(8, rig::halt));
            }));
            return cpu.work(Mode.USER, 1_000);
        });
        // on cpu1 for 2000 of the 5000 it owes, then back: it owes 5000 again, not 8000
        rig.handler = (cpu, vector, arrival) -> {
            cpu.save(works, "", 0, 0);
            return cpu.load(rig.job(9, rig::halt));
        };
        rig.bootAt(1, 10_000, cpu -> {
            cpu.discard();
            return cpu.load(mover[0]);
        });
        rig.at(12_000, now -> rig.machine.raiseLine(0, 1, now));
        rig.at(
                20_000,
                now -> rig.machine.enter(0, rig.frame("TAKES", cpu -> {
                    cpu.discard();
                    return cpu.load(mover[0]);
                })));
        rig.machine.run(100_000);
        assertThat(mover[0].coldWorkNs()).isEqualTo(2_000 + 5_000);
        assertThat(mover[0].userWorkNs()).isEqualTo(2_000);
    }

    @Test
    void charges_move_the_cursor_and_uses_sum_to_the_time_passed() {
        Rig rig = new Rig("1", CostModel.defaults());
        rig.boot(0, cpu -> {
            cpu.charge(Charge.LOCK);
            cpu.charge(Charge.SCAN_ITEM, 3);
            cpu.push(rig.frame("HALTS", rig::halt));
            return cpu.work(Mode.USER, 1_000);
        });
        rig.machine.run(5_000);
        CpuLedger ledger = rig.cpu(0).ledger();
        // loading the first context 60, lock 20, three items 5 each
        assertThat(ledger.usedNs(Usage.KERNEL)).isEqualTo(95);
        assertThat(ledger.usedNs(Usage.USER)).isEqualTo(1_000);
        assertThat(ledger.usedNs(Usage.IDLE)).isEqualTo(5_000 - 1_095);
        assertThat(ledger.totalNs()).isEqualTo(5_000).isEqualTo(ledger.accountedTo());
        assertThat(ledger.count(Charge.SCAN_ITEM)).isEqualTo(3);
        assertThat(ledger.spentNs(Charge.SCAN_ITEM)).isEqualTo(15);
    }

    @Test
    void a_burst_longer_than_any_run_is_no_error() {
        Rig rig = new Rig("1", CostModel.zero());
        Rig.Job job = busy(rig, 0, 1L << 50);
        rig.machine.run(1_000_000);
        assertThat(job.userWorkNs()).isEqualTo(1_000_000);
        assertThatThrownBy(() -> rig.machine.run(EventHeap.TIME_LIMIT)).isInstanceOf(IllegalArgumentException.class);
        rig.machine.run(EventHeap.TIME_LIMIT - 1);
        assertThat(job.userWorkNs()).isEqualTo(EventHeap.TIME_LIMIT - 1);
    }

    @Test
    void spin_locks_make_a_later_path_wait_for_the_last_release() {
        Rig rig = new Rig("2", CostModel.zero().with("t", "callout", 500).with("t", "lock", 20));
        SpinLock lock = new SpinLock();
        rig.boot(0, cpu -> {
            lock.lock(cpu);
            cpu.charge(Charge.CALLOUT);
            lock.unlock(cpu);
            return rig.halt(cpu);
        });
        comes(rig, lock, 100);
        rig.machine.run(5_000);
        assertThat(rig.log).containsExactly("got@540");
        assertThat(lock.contended()).isEqualTo(1);
        assertThat(rig.cpu(1).ledger().spentNs(Charge.LOCK_WAIT)).isEqualTo(420);
    }

    @Test
    void spin_locks_do_not_make_a_path_wait_for_one_that_took_the_lock_later() {
        Rig rig = new Rig("2", CostModel.zero().with("t", "callout", 500).with("t", "lock", 20));
        SpinLock lock = new SpinLock();
        rig.boot(0, cpu -> {
            cpu.charge(Charge.CALLOUT);
            lock.lock(cpu);
            lock.unlock(cpu);
            return rig.halt(cpu);
        });
        comes(rig, lock, 100);
        rig.machine.run(5_000);
        assertThat(rig.log).containsExactly("got@120");
        assertThat(lock.contended()).isZero();
        assertThat(rig.cpu(1).ledger().spentNs(Charge.LOCK_WAIT)).isZero();
    }

    private static void comes(Rig rig, SpinLock lock, long atNs) {
        rig.bootAt(1, atNs, cpu -> {
            lock.lock(cpu);
            rig.note("got", cpu);
            lock.unlock(cpu);
            return rig.halt(cpu);
        });
    }

    private static Rig.Job busy(Rig rig, int cpu, long ns) {
        return rig.boot(cpu, at -> {
            at.push(rig.frame("DONE", done -> {
                rig.note("done" + done.id(), done);
                return rig.halt(done);
            }));
            return at.work(Mode.USER, ns);
        });
    }

    /** Nothing costs anything, but siblings slow each other down as by default. */
    private static CostModel zeroWithSmt() {
        CostModel costs = CostModel.defaults();
        for (Charge charge : Charge.values()) {
            costs = costs.with("t", charge.name(), CostModel.zero().price(charge));
        }
        for (Delay delay : Delay.values()) {
            costs = costs.with("t", delay.name(), CostModel.zero().delay(delay));
        }
        return costs;
    }
}
