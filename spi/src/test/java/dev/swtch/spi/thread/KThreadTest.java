package dev.swtch.spi.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Machine;
import dev.swtch.machine.Violation;
import dev.swtch.machine.cost.Charge;
import dev.swtch.machine.cost.CostModel;
import dev.swtch.machine.topology.Topology;
import org.junit.jupiter.api.Test;

/** The instants are made by waiting on a CPU whose cursor nothing else moves. */
class KThreadTest {
    private final Cpu cpu = new Machine(Topology.of(1, 1, 1), CostModel.zero(), 1).cpu(0);
    private final KThread thread = new KThread(ThreadSpec.kernel(1, "t", ThreadClass.KERNEL), null) {};

    @Test
    void time_ready_counts_from_the_wake_up_and_from_the_loss_of_the_cpu() {
        assertThat(thread.runState()).isEqualTo(RunState.NEW);
        at(100);
        thread.markRunnable(cpu);
        assertThat(thread.wokenAt()).isEqualTo(100);
        thread.noteLoaded(130);
        assertThat(thread.isExecuting()).isTrue();
        thread.noteLeft(200);
        thread.noteLoaded(250);
        assertThat(thread.readyNs(WaitPlace.RUN_QUEUE)).isEqualTo(30 + 50);
        at(300);
        thread.markBlocked(cpu);
        thread.noteLeft(310);
        at(1_000);
        thread.markRunnable(cpu);
        thread.noteLoaded(1_001);
        assertThat(thread.readyNs(WaitPlace.RUN_QUEUE)).isEqualTo(81);
    }

    @Test
    void a_wait_is_split_by_place() {
        thread.markRunnable(cpu);
        at(10);
        thread.waitAt(cpu, WaitPlace.USER_QUEUE);
        at(25);
        thread.waitAt(cpu, WaitPlace.RUN_QUEUE);
        thread.noteLoaded(30);
        assertThat(thread.readyNs(WaitPlace.RUN_QUEUE)).isEqualTo(15);
        assertThat(thread.readyNs(WaitPlace.USER_QUEUE)).isEqualTo(15);
        at(40);
        thread.waitAt(cpu, WaitPlace.LOCK); // still executing: says where it will wait
        thread.noteLeft(50);
        thread.noteLoaded(57);
        assertThat(thread.readyNs(WaitPlace.LOCK)).isEqualTo(7);
        assertThat(thread.place()).isEqualTo(WaitPlace.RUN_QUEUE);
    }

    @Test
    void a_second_wake_up_is_none() {
        thread.markRunnable(cpu);
        at(10);
        thread.markRunnable(cpu);
        assertThat(thread.wokenAt()).isZero();
    }

    @Test
    void a_wake_up_by_a_cpu_whose_time_is_behind_counts_no_time_the_thread_executed() {
        thread.markRunnable(cpu);
        thread.noteLoaded(0);
        at(50);
        thread.markBlocked(cpu);
        thread.noteLeft(90);
        thread.markRunnable(cpu);
        thread.noteLoaded(100);
        assertThat(thread.readyNs(WaitPlace.RUN_QUEUE)).isEqualTo(10);
    }

    @Test
    void nobody_wakes_a_thread_that_left() {
        thread.markRunnable(cpu);
        thread.markExited(cpu);
        assertThatThrownBy(() -> thread.markRunnable(cpu))
                .isInstanceOfSatisfying(
                        Violation.class, v -> assertThat(v.rule()).isEqualTo("exited-thread-woken"));
    }

    private void at(long timeNs) {
        cpu.waitUntil(timeNs, Charge.LOCK_WAIT);
    }
}
