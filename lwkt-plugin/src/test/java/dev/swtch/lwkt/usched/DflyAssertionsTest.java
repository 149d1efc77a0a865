package dev.swtch.lwkt.usched;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.swtch.lwkt.golden.Script;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.machine.Next;
import dev.swtch.machine.Violation;
import dev.swtch.spi.thread.ThreadClass;
import dev.swtch.spi.thread.ThreadSpec;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each assertion of usched_dfly (DragonFly 3.6) names itself when the state it is about was corrupted. */
class DflyAssertionsTest {
    private static final String NOT_ONRUNQ = "(lp->lwp_mpflags & LWP_MP_ONRUNQ) == 0";

    /** The LWP of A, which runs on CPU 0, under usched_dfly. */
    private static final class Lab {
        final Script script = new Script(2, 0).run("create 0 A lwp", "idle 0");
        final LwktThread td = script.thread("A");
        final Lwp lp = lwp(td);
        final UschedDfly dfly = new UschedDfly(script.kernel(), CpuNode.build(1, 2, 1), helper(0), helper(1));

        private LwktThread helper(int cpu) {
            return new LwktThread(
                    ThreadSpec.kernel(2_000 + cpu, "helper" + cpu, ThreadClass.KERNEL), null, script.gd(cpu));
        }

        void call(Code code) {
            script.enter(0, gd -> code.call(gd, lp));
        }

        private static Lwp lwp(LwktThread td) {
            Lwp lp = td.lwp;
            if (lp == null) {
                throw new IllegalStateException(td.comm + " is no LWP");
            }
            return lp;
        }
    }

    private interface Code {
        Next call(Globaldata gd, Lwp lp);
    }

    @TestFactory
    Stream<DynamicTest> each_names_itself() {
        return Stream.of(
                rule("dfly_setrunqueue: lp->lwp_stat == LSRUN", lab -> {
                    lab.lp.stat = Lwp.Stat.SLEEP;
                    lab.call(lab.dfly::setrunqueue);
                }),
                rule("dfly_setrunqueue: " + NOT_ONRUNQ, lab -> {
                    lab.lp.mpflags |= Lwp.LWP_MP_ONRUNQ;
                    lab.call(lab.dfly::setrunqueue);
                }),
                rule(
                        "dfly_setrunqueue: (lp->lwp_thread->td_flags & TDF_RUNQ) == 0",
                        lab -> lab.call(lab.dfly::setrunqueue)),
                rule("dfly_setrunqueue: rdd->uschedcp != lp", lab -> {
                    lab.dfly.pcpu(0).uschedcp = lab.lp;
                    lab.script.run("deschedule_self 0");
                    lab.call(lab.dfly::setrunqueue);
                }),
                rule("dfly_acquire_curproc: lp->lwp_qcpu == dd->cpuid", lab -> {
                    lab.lp.qcpu = 1;
                    lab.call(lab.dfly::acquireCurproc);
                }),
                rule("dfly_acquire_curproc: " + NOT_ONRUNQ, lab -> {
                    lab.dfly.pcpu(0).uschedcp = lab.lp;
                    lab.call(lab.dfly::resetpriority);
                    lab.lp.mpflags |= Lwp.LWP_MP_ONRUNQ;
                    lab.script.gd(0).clearUserResched();
                    lab.call(lab.dfly::acquireCurproc);
                }),
                rule("dfly_release_curproc: " + NOT_ONRUNQ, lab -> {
                    lab.dfly.pcpu(0).uschedcp = lab.lp;
                    lab.lp.mpflags |= Lwp.LWP_MP_ONRUNQ;
                    lab.call(lab.dfly::releaseCurproc);
                }),
                rule("dfly_schedulerclock: gd->gd_spinlocks == 0 || dumping", lab -> {
                    ++lab.script.gd(0).spinlocks;
                    lab.call(lab.dfly::schedulerclock);
                }),
                rule("dfly_yield: lp == curthread->td_lwp", lab -> {
                    lab.script.run("switch 0", "deschedule_self 0", "switch 0");
                    lab.call(lab.dfly::schedYield);
                }));
    }

    private static DynamicTest rule(String name, Consumer<Lab> breaks) {
        return DynamicTest.dynamicTest(name, () -> {
            Lab lab = new Lab();
            assertEquals(
                    name,
                    assertThrows(Violation.class, () -> breaks.accept(lab)).rule());
        });
    }
}
