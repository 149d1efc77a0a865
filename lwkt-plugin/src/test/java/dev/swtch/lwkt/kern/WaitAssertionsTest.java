package dev.swtch.lwkt.kern;

import static dev.swtch.lwkt.kern.Rules.lwp;
import static dev.swtch.lwkt.kern.Rules.panic;
import static dev.swtch.lwkt.kern.Rules.rule;
import static dev.swtch.lwkt.sys.Lwp.LWP_MP_ONRUNQ;
import static dev.swtch.lwkt.sys.Tdf.TDF_MIGRATING;
import static dev.swtch.lwkt.sys.Tdf.TDF_TIMEOUT;

import dev.swtch.lwkt.golden.Script;
import dev.swtch.lwkt.sys.Ident;
import dev.swtch.lwkt.sys.IpiFunction;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.machine.Next;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each assertion of tokens, IPI messages and sleeping names itself when it breaks. */
class WaitAssertionsTest {
    private static final IpiFunction<Object> NOTHING =
            new IpiFunction<>("nothing", (gd, arg1, arg2, frame) -> Next.RETURN);

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

    private static void tsleep(Script s) {
        KernSynch synch = new KernSynch(s.kernel());
        s.enter(0, gd -> synch.tsleep(gd, new Ident(7, "seven"), 0, "test", 0));
    }
}
