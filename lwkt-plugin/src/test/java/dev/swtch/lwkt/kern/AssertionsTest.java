package dev.swtch.lwkt.kern;

import static dev.swtch.lwkt.sys.Lwp.LWP_MP_ONRUNQ;
import static dev.swtch.lwkt.sys.Tdf.TDF_ALLOCATED_STACK;
import static dev.swtch.lwkt.sys.Tdf.TDF_ALLOCATED_THREAD;
import static dev.swtch.lwkt.sys.Tdf.TDF_EXITING;
import static dev.swtch.lwkt.sys.Tdf.TDF_MIGRATING;
import static dev.swtch.lwkt.sys.Tdf.TDF_MP_EXITSIG;
import static dev.swtch.lwkt.sys.Tdf.TDF_PREEMPT_DONE;
import static dev.swtch.lwkt.sys.Tdf.TDF_RUNNING;
import static dev.swtch.lwkt.sys.Tdf.TDF_RUNQ;
import static dev.swtch.lwkt.sys.Tdf.TDF_TIMEOUT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.swtch.lwkt.golden.Script;
import dev.swtch.lwkt.sys.Ident;
import dev.swtch.lwkt.sys.IpiFunction;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.machine.Next;
import dev.swtch.machine.Violation;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each assertion of lwkt_thread.c and of the files it relies on (DragonFly 3.6) names itself when it breaks. What no
 * operation can break is broken by corrupting the kernel's state.
 *
 * <p>Not here: that taking an IPI message advances its index by one and that a sleep has an ident, which cannot be
 * broken in this language; usched_dfly's, which DflyAssertionsTest has; and the plugin's own, which
 * LwktInvariantsTest has.
 */
class AssertionsTest {
    private static final String NOT_ONRUNQ = "td->td_lwp == NULL || (td->td_lwp->lwp_mpflags & LWP_MP_ONRUNQ) == 0";
    private static final IpiFunction<Object> NOTHING =
            new IpiFunction<>("nothing", (gd, arg1, arg2, frame) -> Next.RETURN);

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
    Stream<DynamicTest> switching() {
        return Stream.of(
                rule("lwkt_switch: gd->gd_processing_ipiq == 0", s -> {
                    ++s.gd(0).processingIpiq;
                    s.run("switch 0");
                }),
                rule("lwkt_switch: td->td_flags & TDF_RUNNING", s -> {
                    s.gd(0).curthread.flags &= ~TDF_RUNNING;
                    s.run("switch 0");
                }),
                panic(
                        "lwkt_switch: Attempt to switch from a fast interrupt, ipi, or hard code section, td idle0\n",
                        s -> s.run("crit_hard_enter 0", "switch 0")),
                rule("lwkt_switch: gd->gd_spinlocks == 0 || panicstr != NULL", s -> s.run("spinlock 0", "switch 0")),
                panic("switching while mastering cpusync", s -> {
                    ++s.gd(0).curthread.cscount;
                    s.run("sysctl panic_on_cscount 1", "switch 0");
                }),
                rule("lwkt_switch: ntd->td_flags & TDF_PREEMPT_LOCK", s -> {
                    s.run("create 0 A");
                    s.gd(0).curthread.preempted = s.thread("A");
                    s.run("switch 0");
                }),
                rule("lwkt_switch: (ntd)->td_toks_stop == &(ntd)->td_toks_base", s -> {
                    s.run("create 0 A", "idle 0", "deschedule_self 0");
                    s.gd(0).idlethread.pushTokref();
                    s.run("switch 0");
                }),
                panic("lwkt_switch() called with interrupts disabled", s -> {
                    contend(s);
                    s.gd(0).cpu.disableInterrupts();
                    s.run("spin 0");
                }),
                rule("lwkt_switch: ntd->td_critcount", s -> {
                    s.run("create 0 A", "idle 0", "create 0 B pri=14");
                    s.thread("B").critcount = 0;
                    s.run("switch 0");
                }),
                rule("lwkt_switch: (ntd->td_flags & TDF_RUNNING) == 0", s -> {
                    s.run("create 0 A", "idle 0", "create 0 B pri=14");
                    s.thread("B").flags |= TDF_RUNNING;
                    s.run("switch 0");
                }),
                rule(
                        "lwkt_switch_return: (otd->td_flags & (TDF_MIGRATING | TDF_RUNNING))"
                                + " == (TDF_MIGRATING | TDF_RUNNING)",
                        s -> {
                            s.run("create 0 A nostart");
                            s.thread("A").migrateGd = s.gd(1);
                            s.kernel().lwktSwitch.lwktSwitchReturn(s.gd(0), s.thread("A"));
                        }),
                panic("td_critcount is/would-go negative! idle0 -1", s -> s.run("crit_exit 0")));
    }

    @TestFactory
    Stream<DynamicTest> preempting() {
        return Stream.of(
                rule("lwkt_preempt: ntd->td_critcount", s -> {
                    s.run("create 0 I pri=28 preempt nostart");
                    s.thread("I").critcount = 0;
                    s.run("preempt 0 I 1");
                }),
                rule("lwkt_preempt: gd->gd_spinlocks == 0", s -> {
                    s.run("create 0 I pri=28 preempt nostart");
                    ++s.gd(0).spinlocks;
                    s.run("schedule 0 I");
                }),
                rule("lwkt_preempt: gd->gd_processing_ipiq == 0", s -> {
                    s.run("create 0 I pri=28 preempt nostart");
                    ++s.gd(0).processingIpiq;
                    s.run("schedule 0 I");
                }),
                rule("lwkt_preempt: (ntd->td_flags & TDF_RUNNING) == 0", s -> {
                    s.run("create 0 I pri=28 preempt nostart");
                    s.thread("I").flags |= TDF_RUNNING;
                    s.run("schedule 0 I");
                }),
                rule("lwkt_preempt: xtd == ntd", s -> {
                    s.run("create 0 A", "idle 0", "create 0 I pri=28 preempt", "create 0 B pri=30");
                    s.thread("I").preempted = null;
                    s.run("switch 0");
                    s.thread("B").preempted = s.thread("A");
                    s.run("switch 0");
                }),
                rule("lwkt_preempt: ntd->td_preempted && (td->td_flags & TDF_PREEMPT_DONE)", s -> {
                    s.run("create 0 A", "idle 0", "create 1 X");
                    fill(s, 0, 17);
                    s.run("create 0 I pri=28 preempt", "migrate 0 1");
                    assertEquals("fifo", s.waits(0));
                    s.thread("A").flags &= ~TDF_PREEMPT_DONE;
                    s.run("ipi 1", "spin 0");
                }));
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

    @TestFactory
    Stream<DynamicTest> tokens() {
        return Stream.of(
                rule("lwkt_gettoken: ref < &td->td_toks_end", s -> {
                    for (int i = 0; i <= LwktThread.LWKT_MAXTOKENS; i++) {
                        s.run("get 0 K0");
                    }
                }),
                rule(
                        "lwkt_reltoken: ref >= &td->td_toks_base && ref->tr_tok == tok",
                        s -> s.run("get 0 K0", "get 0 K1", "rel 0 K0")),
                rule("lwkt_gettoken: tok->t_ref == ref", s -> {
                    s.run("create 1 X", "idle 1", "get 1 K0", "create 0 A", "idle 0", "get 0 K1", "get 0 K0");
                    s.token(0).ref = s.thread("A").tokref(0);
                    s.run("spin 0");
                }),
                rule(
                        "_lwkt_trytokref: ((mode & TOK_EXCLREQ) == 0 || td->td_gd->gd_intr_nesting_level == 0"
                                + " || panic_cpu_gd == mycpu)",
                        s -> s.run("crit_hard_enter 0", "get 0 K0")),
                rule("_lwkt_trytokref: tok->t_ref == NULL", s -> {
                    s.run("get 0 K1");
                    s.token(0).ref = s.token(1).ref;
                    s.run("get 0 K0");
                }),
                rule("_lwkt_reltokref: count & TOK_EXCLUSIVE", s -> {
                    s.run("get 0 K0");
                    s.token(0).count = 0;
                    s.run("rel 0 K0");
                }),
                rule("_lwkt_reltokref: count & TOK_COUNTMASK", s -> {
                    s.run("getsh 0 K0");
                    s.token(0).count = 0;
                    s.run("rel 0 K0");
                }),
                rule("lwkt_token_swap: ref2 >= &td->td_toks_base", s -> s.run("get 0 K0", "tokswap 0")));
    }

    @TestFactory
    Stream<DynamicTest> messages() {
        return Stream.of(
                rule("lwkt_send_ipiq3: curthread->td_critcount", s -> {
                    s.gd(0).curthread.critcount = -1;
                    s.enter(0, gd -> s.kernel().ipiq.lwktSendIpiq(gd, s.gd(1), NOTHING, s));
                }),
                rule("lwkt_send_ipiq3_nowait: curthread->td_critcount", s -> {
                    s.enter(0, gd -> s.kernel().ipiq.lwktSendIpiq3Nowait(gd, s.gd(1), NOTHING, s, 0));
                }),
                rule("lwkt_send_ipiq3: ip->ip_windex - ip->ip_rindex != MAXCPUFIFO - 1", s -> {
                    s.gd(0).ipiq(1).windex += 31;
                    s.enter(0, gd -> s.kernel().ipiq.lwktSendIpiq(gd, s.gd(1), NOTHING, s));
                }),
                panic("lwkt_send_ipiq: TOO HEAVILY NESTED!", s -> {
                    s.gd(0).intrNestingLevel = 20;
                    s.enter(0, gd -> s.kernel().ipiq.lwktSendIpiq(gd, s.gd(1), NOTHING, s));
                }),
                rule("lwkt_process_ipiq_core: curthread->td_critcount", s -> {
                    s.run("create 1 X nostart", "schedule 0 X");
                    s.enter(1, gd -> s.kernel().ipiqProcess.lwktProcessIpiq(gd));
                }),
                rule("lwkt_send_ipiq3_passive: target != gd", s -> {
                    s.enter(0, gd -> s.kernel().ipiq.lwktSendIpiq3Passive(gd, gd, NOTHING, s, 0));
                }),
                rule("lwkt_cpusync_remote2: ip->ip_windex - ip->ip_rindex < MAXCPUFIFO", s -> {
                    s.gd(1).cpusyncq.windex += 32;
                    s.run("cs_begin 0 2", "ipi 1");
                }));
    }

    @TestFactory
    Stream<DynamicTest> sleeping() {
        return Stream.of(
                rule("tsleep: td != &gd->gd_idlethread", s -> tsleep(s)),
                rule("tsleep: lp == NULL || lp->lwp_stat == LSRUN || lp->lwp_stat == LSSTOP", s -> {
                    s.run("create 0 A lwp", "idle 0");
                    lwp(s.thread("A")).stat = Lwp.Stat.SLEEP;
                    tsleep(s);
                }),
                rule("tsleep: (lp->lwp_mpflags & LWP_MP_ONRUNQ) == 0", s -> {
                    s.run("create 0 A lwp", "idle 0");
                    lwp(s.thread("A")).mpflags |= LWP_MP_ONRUNQ;
                    tsleep(s);
                }),
                rule("tsleep: (td->td_flags & TDF_TIMEOUT) == 0", s -> {
                    s.run("create 0 A", "idle 0");
                    s.thread("A").flags |= TDF_TIMEOUT;
                    tsleep(s);
                }),
                rule("tsleep: gd == td->td_gd", s -> {
                    s.run("create 0 A", "idle 0");
                    tsleep(s);
                    s.run("schedule 0 A");
                    s.thread("A").gd = s.gd(1);
                    s.run("idle 0");
                }),
                rule("_tsleep_remove: td->td_gd == gd && IN_CRITICAL_SECT(td)", s -> {
                    s.run("create 1 A nostart");
                    new KernSynch(s.kernel()).tsleepRemove(s.gd(0), s.thread("A"));
                }),
                rule("_tsleep_remove: (td->td_flags & TDF_MIGRATING) == 0", s -> {
                    s.run("create 0 A nostart");
                    s.thread("A").flags |= TDF_MIGRATING;
                    new KernSynch(s.kernel()).tsleepRemove(s.gd(0), s.thread("A"));
                }),
                rule("_wakeup: td->td_gd == gd", s -> {
                    Ident ident = new Ident(5, "five");
                    KernSynch synch = new KernSynch(s.kernel());
                    s.run("create 0 A", "idle 0").enter(0, gd -> synch.tsleepInterlock(gd, ident, 0));
                    s.thread("A").gd = s.gd(1);
                    s.enter(0, gd -> synch.wakeup(gd, ident));
                }));
    }

    @TestFactory
    Stream<DynamicTest> interrupts_and_traps() {
        return Stream.of(
                rule(
                        "ithread_fast_handler: curthread->td_critcount",
                        s -> s.enter(0, gd -> s.kernel().intr.ithreadFast(gd, 0))),
                rule("syscall2: crit_count == td->td_critcount", s -> {
                    s.run("create 0 A lwp", "idle 0", "crit_enter 0");
                    s.enter(0, gd -> s.kernel().trap.returnToUser(gd));
                }),
                rule("syscall2: &td->td_toks_base == td->td_toks_stop", s -> {
                    s.run("create 0 A lwp", "idle 0", "get 0 K0");
                    s.enter(0, gd -> s.kernel().trap.returnToUser(gd));
                }),
                rule("trap: crit_count == td->td_critcount", s -> {
                    s.run("create 0 A lwp", "idle 0").onAcquire(gd -> gd.critEnter());
                    s.enter(0, gd -> s.kernel().trap.ast(gd));
                }),
                rule("trap: &td->td_toks_base == td->td_toks_stop", s -> {
                    s.run("create 0 A lwp", "idle 0", "get 0 K0");
                    s.enter(0, gd -> s.kernel().trap.ast(gd));
                }));
    }

    private static DynamicTest rule(String name, Consumer<Script> breaks) {
        return DynamicTest.dynamicTest(
                name, () -> assertEquals(name, violation(breaks).rule()));
    }

    /** A bare panic has no expression: its text names it. */
    private static DynamicTest panic(String text, Consumer<Script> breaks) {
        return DynamicTest.dynamicTest(text.trim(), () -> {
            Violation violation = violation(breaks);
            assertEquals("panic", violation.rule());
            assertEquals(text, violation.getMessage());
        });
    }

    private static Violation violation(Consumer<Script> breaks) {
        Script script = new Script(3, 2);
        return assertThrows(Violation.class, () -> breaks.accept(script));
    }

    /** A on CPU 0 spins for K0, which X on CPU 1 holds. */
    private static void contend(Script s) {
        s.run("create 1 X", "idle 1", "get 1 K0", "create 0 A", "idle 0", "get 0 K0");
        assertEquals("spin", s.waits(0));
    }

    /** Leaves messages from a CPU to CPU 1 in the queue. */
    private static void fill(Script s, int cpu, int messages) {
        for (int i = 0; i < messages; i++) {
            s.run("deschedule " + cpu + " X");
        }
    }

    private static void tsleep(Script s) {
        KernSynch synch = new KernSynch(s.kernel());
        s.enter(0, gd -> synch.tsleep(gd, new Ident(7, "seven"), 0, "test", 0));
    }

    private static Lwp lwp(LwktThread td) {
        Lwp lp = td.lwp;
        if (lp == null) {
            throw new IllegalStateException(td.comm + " is no LWP");
        }
        return lp;
    }

    private static LwktThread exited(Script s) {
        s.run("create 0 A lwp nostart");
        LwktThread td = s.thread("A");
        td.flags = TDF_ALLOCATED_THREAD | TDF_ALLOCATED_STACK | TDF_EXITING;
        td.mpflags |= TDF_MP_EXITSIG;
        return td;
    }
}
