package dev.swtch.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.swtch.machine.cost.Charge;
import dev.swtch.machine.cost.CostModel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SwitchTest {
    private static final CostModel PRICED =
            CostModel.zero().with("t", "context-save", 40).with("t", "context-load", 60);

    @Test
    void the_loaded_context_goes_on_at_its_landing_and_learns_who_ran_before() {
        Rig rig = new Rig("1", PRICED);
        Context[] contexts = new Context[2];
        List<String> seen = new ArrayList<>();
        Landing<Object> back = new Landing<>("BACK", (cpu, previous, ref, a, b) -> {
            seen.add("back from " + nameOf(previous) + " with " + ref + " " + a + " " + b + " at " + cpu.now());
            return rig.halt(cpu);
        });
        Landing<Object> unused = new Landing<>("UNUSED", (cpu, previous, ref, a, b) -> Next.REST);
        contexts[1] = rig.job(1, cpu -> {
            cpu.save(unused, null, 0, 0);
            return cpu.load(contexts[0]);
        });
        contexts[0] = rig.boot(0, cpu -> {
            cpu.save(back, "ref", 7, 1L << 40);
            return cpu.load(contexts[1]);
        });
        rig.machine.run(1_000);
        assertThat(seen).containsExactly("back from job1 with ref 7 1099511627776 at 260");
        assertThat(contexts[1].backTrace()).containsExactly("UNUSED");
        assertThat(contexts[1].savedAt()).isEqualTo(200);
        assertThat(contexts[1].onCpu()).isEqualTo(-1);
        assertThat(contexts[0].onCpu()).isEqualTo(0);
    }

    @Test
    void a_load_waits_until_the_context_is_saved() {
        Rig rig = new Rig("2", PRICED.with("t", "callout", 500));
        Context[] moved = new Context[1];
        Landing<Object> lands = new Landing<>("LANDS", (cpu, previous, ref, a, b) -> {
            rig.note("cpu" + cpu.id(), cpu);
            return rig.halt(cpu);
        });
        moved[0] = rig.boot(0, cpu -> {
            cpu.charge(Charge.CALLOUT);
            cpu.save(lands, null, 0, 0);
            return cpu.load(rig.job(7, rig::halt));
        });
        rig.bootAt(1, 100, cpu -> {
            cpu.save(lands, null, 0, 0);
            return cpu.load(moved[0]);
        });
        rig.machine.run(10_000);
        // saved at 60 + 500 + 40 = 600; cpu1 comes at 100 + 60 + 40, waits 400, loads
        assertThat(rig.log).containsExactly("cpu1@660");
        assertThat(rig.cpu(1).ledger().spentNs(Charge.HANDOFF_WAIT)).isEqualTo(400);
        assertThat(rig.cpu(1).ledger().count(Charge.HANDOFF_WAIT)).isEqualTo(1);
    }

    @Test
    void a_context_is_on_one_cpu_at_a_time() {
        Rig rig = new Rig("2", CostModel.zero());
        Rig.Job first = rig.boot(0, rig::halt);
        rig.bootAt(1, 10, cpu -> {
            cpu.discard();
            return cpu.load(first);
        });
        assertRule("context-on-two-cpus", rig);
        assertThatThrownBy(() -> rig.machine.run(100))
                .isInstanceOfSatisfying(
                        Violation.class, v -> assertThat(v.rule()).isEqualTo("machine-broken"));
    }

    @Test
    void a_dead_context_is_not_loaded() {
        Rig rig = new Rig("1", CostModel.zero());
        Context[] first = new Context[1];
        first[0] = rig.boot(0, cpu -> {
            cpu.discard();
            return cpu.load(rig.job(1, next -> {
                next.discard();
                return next.load(first[0]);
            }));
        });
        assertRule("no-landing", rig);
    }

    @Test
    void a_context_saved_for_the_last_time_is_never_resumed() {
        Rig rig = new Rig("1", CostModel.zero());
        Context[] first = new Context[1];
        first[0] = rig.boot(0, cpu -> {
            cpu.save(Landing.NEVER, first, 0, 0);
            return cpu.load(rig.job(1, next -> {
                next.discard();
                return next.load(first[0]);
            }));
        });
        assertRule("dead-context", rig);
    }

    @Test
    void nothing_is_pushed_between_a_save_and_its_landing() {
        Rig rig = new Rig("1", CostModel.zero());
        rig.boot(0, cpu -> {
            cpu.save(Landing.NEVER, "", 0, 0);
            cpu.push(rig.frame("LATE", rig::halt));
            return Next.RETURN;
        });
        assertRule("push-in-switch", rig);
    }

    @Test
    void a_cpu_does_not_rest_between_a_save_and_its_landing() {
        Rig rig = new Rig("1", CostModel.zero());
        rig.boot(0, cpu -> {
            cpu.save(Landing.NEVER, "", 0, 0);
            return cpu.halt();
        });
        assertRule("rest-in-switch", rig);
    }

    @Test
    void a_context_is_saved_or_discarded_before_the_next_is_loaded() {
        Rig rig = new Rig("1", CostModel.zero());
        rig.boot(0, cpu -> cpu.load(rig.job(1, rig::halt)));
        assertRule("not-saved", rig);
    }

    @Test
    void a_path_names_the_state_to_rest_in() {
        Rig rig = new Rig("1", CostModel.zero());
        rig.boot(0, cpu -> Next.REST);
        assertRule("no-rest", rig);
    }

    @Test
    void a_path_does_not_return_below_its_stack() {
        Rig rig = new Rig("1", CostModel.zero());
        rig.boot(0, cpu -> Next.RETURN);
        Throwable thrown = catchThrowableOfType(Throwable.class, () -> rig.machine.run(100));
        assertThat(thrown).isInstanceOf(Violation.class);
        assertThat(((Violation) thrown).rule()).isEqualTo("stack-underflow");
    }

    @Test
    void a_structure_is_recycled_before_it_is_started_again() {
        Rig rig = new Rig("1", CostModel.zero());
        Rig.Job job = rig.job(1, rig::halt);
        Landing<Object> landing = new Landing<>("L", (cpu, previous, ref, a, b) -> Next.REST);
        assertThatThrownBy(() -> job.start(landing, ""))
                .isInstanceOfSatisfying(
                        Violation.class, v -> assertThat(v.rule()).isEqualTo("stack-in-use"));
        job.recycle();
        job.start(landing, "");
        assertThat(job.backTrace()).containsExactly("L");
    }

    @Test
    void a_loaded_context_is_not_recycled() {
        Rig rig = new Rig("1", CostModel.zero());
        Rig.Job job = rig.boot(0, rig::halt);
        rig.machine.run(10);
        assertThatThrownBy(job::recycle)
                .isInstanceOfSatisfying(
                        Violation.class, v -> assertThat(v.rule()).isEqualTo("context-in-use"));
    }

    @Test
    void an_address_space_is_active_where_it_was_entered_and_not_left() {
        Rig rig = new Rig("1", CostModel.defaults());
        Pmap a = new Pmap(1, 1);
        rig.boot(0, cpu -> {
            cpu.activate(a);
            assertThat(a.isActive(0)).isTrue();
            cpu.deactivate(a);
            assertThat(a.isActive(0)).isFalse();
            assertThat(cpu.pmap()).isSameAs(a);
            cpu.activate(a);
            assertThat(a.isActive(0)).isTrue();
            return rig.halt(cpu);
        });
        rig.machine.run(100_000);
        assertThat(rig.cpu(0).ledger().count(Charge.PMAP_ACTIVATE)).isEqualTo(1);
        assertThat(rig.cpu(0).ledger().count(Charge.PMAP_MARK)).isEqualTo(3);
    }

    @Test
    void a_shootdown_is_paid_here_per_cpu_and_there_at_the_next_path() {
        CostModel costs = CostModel.zero().with("t", "tlb-shootdown", 120).with("t", "tlb-flush", 200);
        Rig rig = new Rig("2", costs);
        Pmap a = new Pmap(1, 2);
        rig.boot(1, cpu -> {
            cpu.activate(a);
            return rig.halt(cpu);
        });
        rig.boot(0, cpu -> {
            cpu.activate(a);
            cpu.push(rig.frame("SHOOTS", shooter -> {
                shooter.shootdown(a);
                rig.note("shot", shooter);
                return rig.halt(shooter);
            }));
            return cpu.work(Mode.KERNEL, 100);
        });
        rig.at(1_000, now -> rig.machine.raiseLine(0, 1, 1_000));
        rig.machine.run(10_000);
        assertThat(rig.log).containsExactly("shot@420", "v16 OPEN@1200");
    }

    private static void assertRule(String rule, Rig rig) {
        assertThatThrownBy(() -> rig.machine.run(1_000))
                .isInstanceOfSatisfying(
                        Violation.class, v -> assertThat(v.rule()).isEqualTo(rule));
    }

    private static String nameOf(@Nullable Context context) {
        return context == null ? "nobody" : context.name();
    }
}
