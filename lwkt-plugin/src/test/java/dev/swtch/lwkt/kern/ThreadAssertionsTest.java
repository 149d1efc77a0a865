package dev.swtch.lwkt.kern;

import static dev.swtch.lwkt.kern.Rules.exited;
import static dev.swtch.lwkt.kern.Rules.lwp;
import static dev.swtch.lwkt.kern.Rules.rule;
import static dev.swtch.lwkt.sys.Tdf.TDF_ALLOCATED_STACK;
import static dev.swtch.lwkt.sys.Tdf.TDF_MIGRATING;
import static dev.swtch.lwkt.sys.Tdf.TDF_RUNNING;
import static dev.swtch.lwkt.sys.Tdf.TDF_RUNQ;

import dev.swtch.lwkt.sys.LwktThread;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each assertion about the life of threads, their priorities and their moves names itself when it breaks. */
class ThreadAssertionsTest {
    private static final String NOT_ONRUNQ = "td->td_lwp == NULL || (td->td_lwp->lwp_mpflags & LWP_MP_ONRUNQ) == 0";

    @TestFactory
    Stream<DynamicTest> life_of_a_thread() {
        return Stream.of(
                rule("_lwkt_thread_dtor: td->td_flags & TDF_ALLOCATED_THREAD", s -> {
                    s.run("create 0 A nostart");
                    s.thread("A").flags = TDF_ALLOCATED_STACK;
                    s.kernel().threads.lwktThreadDtor(s.thread("A"));
                }),
                rule(
                        "_lwkt_thread_dtor: (td->td_flags & TDF_ALLOCATED_STACK) && td->td_kstack"
                                + " && td->td_kstack_size > 0",
                        s -> {
                            s.run("create 0 A nostart");
                            s.thread("A").kstackSize = 0;
                            s.kernel().threads.lwktThreadDtor(s.thread("A"));
                        }),
                rule("lwkt_alloc_thread: (td->td_flags & (TDF_RUNNING|TDF_PREEMPT_LOCK| TDF_RUNQ)) == 0", s -> {
                    s.run("create 0 A nostart");
                    s.gd(0).freetd = s.thread("A");
                    s.thread("A").flags |= TDF_RUNNING;
                    s.run("create 0 B");
                }),
                rule(
                        "lwkt_alloc_thread: (td->td_flags & (TDF_ALLOCATED_THREAD|TDF_RUNNING|TDF_PREEMPT_LOCK))"
                                + " == TDF_ALLOCATED_THREAD",
                        s -> {
                            s.run("create 0 A nostart");
                            s.gd(0).freetd = s.thread("A");
                            s.thread("A").flags = 0;
                            s.run("create 0 B");
                        }),
                rule("lwkt_rele: td->td_refs > 0", s -> s.run("create 0 A", "rele 0 A")),
                rule("lwkt_free_thread: td->td_refs == 0", s -> s.run("create 0 A nostart", "hold 0 A", "free 0 A")),
                rule(
                        "lwkt_free_thread: (td->td_flags & (TDF_RUNNING | TDF_PREEMPT_LOCK | TDF_RUNQ | TDF_TSLEEPQ))"
                                + " == 0",
                        s -> s.run("create 0 A", "free 0 A")),
                rule("lwkt_free_thread: td->td_kstack && td->td_kstack_size > 0", s -> {
                    s.run("create 0 A tmpl nostart");
                    s.thread("A").kstackSize = 0;
                    s.run("free 0 A");
                }),
                rule("lwkt_exit: (std->td_flags & (TDF_RUNNING|TDF_PREEMPT_LOCK)) == 0", s -> {
                    s.run("create 0 A", "create 0 B nostart", "idle 0");
                    s.gd(0).freetd = s.thread("B");
                    s.thread("B").flags |= TDF_RUNNING;
                    s.run("exit 0");
                }),
                rule("lwkt_exit: td->td_refs == 0", s -> {
                    s.run("create 0 A", "idle 0", "flag 0 A TSLEEPQ on");
                    s.onTsleepRemove(td -> ++td.refs).run("exit 0");
                }),
                rule("lwkt_exit: gd->gd_freetd == NULL", s -> {
                    s.run("create 0 A", "create 0 B nostart", "idle 0", "flag 0 A TSLEEPQ on");
                    s.onTsleepRemove(td -> td.gd.freetd = s.thread("B")).run("exit 0");
                }),
                rule("lwkt_remove_tdallq: td->td_gd == mycpu", s -> {
                    s.run("create 1 A nostart");
                    s.kernel().threads.lwktRemoveTdallq(s.gd(0), s.thread("A"));
                }),
                rule("lwp_dispose: lwkt_preempted_proc() != lp", s -> {
                    LwktThread td = exited(s);
                    s.gd(0).curthread.preempted = td;
                    s.kernel().exit.lwpReap(s.gd(0), lwp(td));
                }));
    }

    @TestFactory
    Stream<DynamicTest> scheduling() {
        return Stream.of(
                rule("lwkt_schedule_self: (td->td_flags & TDF_MIGRATING) == 0", s -> {
                    s.run("create 0 A", "idle 0");
                    s.thread("A").flags |= TDF_MIGRATING;
                    s.run("schedule_self 0");
                }),
                rule("lwkt_schedule_self: td != &td->td_gd->gd_idlethread", s -> s.run("schedule_self 0")),
                rule("_lwkt_schedule: td != &td->td_gd->gd_idlethread", s -> s.run("schedule 0 idle1")),
                rule(
                        "lwkt_schedule_self: " + NOT_ONRUNQ,
                        s -> s.run("create 0 A lwp", "idle 0", "onrunq 0 A on", "schedule_self 0")),
                rule("_lwkt_schedule: " + NOT_ONRUNQ, s -> s.run("create 0 A lwp", "onrunq 0 A on", "schedule 0 A")),
                rule(
                        "lwkt_setcpu_remote: " + NOT_ONRUNQ,
                        s -> s.run("create 0 A lwp", "idle 0", "migrate 0 1", "onrunq 0 A on", "ipi 1")),
                rule("_lwkt_schedule: (td->td_flags & TDF_MIGRATING) == 0", s -> {
                    s.run("create 0 A", "idle 0", "migrate 0 1", "schedule 0 A");
                }),
                rule("lwkt_setpri: pri >= 0", s -> s.run("create 0 A", "setpri 0 A -1")),
                rule("lwkt_setpri_initial: pri >= 0", s -> s.run("create 0 A nostart", "setpri_init 0 A -1")),
                rule("lwkt_setpri_self: pri >= 0 && pri <= TDPRI_MAX", s -> s.run("setpri_self 0 32")),
                rule("lwkt_setpri: td->td_gd == mycpu", s -> s.run("create 1 A", "setpri 0 A 14")),
                rule(
                        "lwkt_setpri_initial: (td->td_flags & TDF_RUNQ) == 0",
                        s -> s.run("create 0 A", "setpri_init 0 A 14")));
    }

    @TestFactory
    Stream<DynamicTest> moving() {
        return Stream.of(
                rule("lwkt_giveaway: td->td_gd == gd", s -> s.run("create 1 A nostart", "giveaway 0 A")),
                rule("lwkt_acquire: td->td_flags & TDF_MIGRATING", s -> s.run("create 0 A nostart", "acquire 0 A")),
                rule("lwkt_acquire: (td->td_flags & TDF_RUNQ) == 0", s -> {
                    s.run("create 1 A nostart");
                    s.thread("A").flags |= TDF_MIGRATING | TDF_RUNQ;
                    s.run("acquire 0 A");
                }),
                rule("lwkt_setcpu_self: rgd == mycpu", s -> {
                    s.run("create 0 A", "idle 0", "migrate 0 1");
                    s.enter(2, gd -> s.kernel().migrate.setcpuRemote.call(gd, s.thread("A"), 0, false));
                    s.run("idle 2");
                }),
                rule("lwkt_setcpu_remote: (td->td_flags & (TDF_RUNNING|TDF_PREEMPT_LOCK)) == 0", s -> {
                    s.run("create 0 A", "idle 0", "migrate 0 1");
                    s.thread("A").flags |= TDF_RUNNING;
                    s.run("ipi 1");
                }),
                rule("lwkt_setcpu_remote: td->td_migrate_gd == NULL", s -> {
                    s.run("create 0 A", "idle 0", "migrate 0 1");
                    s.thread("A").migrateGd = s.gd(1);
                    s.run("ipi 1");
                }));
    }
}
