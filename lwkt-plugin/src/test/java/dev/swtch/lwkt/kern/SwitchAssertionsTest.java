package dev.swtch.lwkt.kern;

import static dev.swtch.lwkt.kern.Rules.contend;
import static dev.swtch.lwkt.kern.Rules.fill;
import static dev.swtch.lwkt.kern.Rules.panic;
import static dev.swtch.lwkt.kern.Rules.rule;
import static dev.swtch.lwkt.sys.Tdf.TDF_PREEMPT_DONE;
import static dev.swtch.lwkt.sys.Tdf.TDF_RUNNING;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each assertion of switches, preemption, interrupts and traps names itself when it breaks. */
class SwitchAssertionsTest {
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
}
