package dev.swtch.lwkt.golden;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swtch.lwkt.kern.CreateRequest;
import dev.swtch.lwkt.kern.LwktPreempt;
import dev.swtch.lwkt.sys.Cpusync;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.Kassert;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.lwkt.sys.Tdf;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;

/** The operations that the formats have in common, each by the current thread of a CPU. */
final class KernelOperations {
    private final KernelPlayer player;

    KernelOperations(KernelPlayer player) {
        this.player = player;
    }

    /** Performs an operation. */
    Next execute(Words words, Globaldata gd, ObjectNode result) {
        return ofThreads(words, gd, result);
    }

    /** Threads: made, scheduled, moved, held, gone. */
    private Next ofThreads(Words words, Globaldata gd, ObjectNode result) {
        LwktThread td = gd.curthread;
        switch (words.name()) {
            case "create" -> {
                return create(words, gd);
            }
            case "ithread" -> {
                return ithread(words, gd);
            }
            case "schedule" -> {
                return player.kernel.schedule.lwktSchedule(gd, player.thread(words, 2));
            }
            case "schedule_self" -> {
                return player.kernel.schedule.lwktScheduleSelf(gd, td);
            }
            case "deschedule" -> {
                return player.kernel.schedule.lwktDeschedule(gd, player.thread(words, 2));
            }
            case "deschedule_self" -> {
                return player.kernel.schedule.lwktDescheduleSelf(gd, td);
            }
            case "switch" -> {
                return player.kernel.lwktSwitch.lwktSwitch(gd);
            }
            case "yield" -> {
                return player.kernel.yields.lwktYield(gd);
            }
            case "yield_quick" -> {
                return player.kernel.yields.lwktYieldQuick(gd);
            }
            case "user_yield" -> {
                return player.kernel.yields.lwktUserYield(gd);
            }
            case "sleep" -> {
                return KernelPlayer.sleep(player.kernel, gd);
            }
            case "setpri" -> {
                return player.kernel.schedule.lwktSetpri(gd, player.thread(words, 2), words.number(3));
            }
            case "setpri_init" ->
                player.kernel.schedule.lwktSetpriInitial(gd, player.thread(words, 2), words.number(3));
            case "setpri_self" -> {
                return player.kernel.schedule.lwktSetpriSelf(gd, words.number(2));
            }
            case "upri" -> player.thread(words, 2).upri = words.number(3);
            case "hold" -> player.kernel.threads.lwktHold(gd, player.thread(words, 2));
            case "rele" -> player.kernel.threads.lwktRele(gd, player.thread(words, 2));
            case "free" -> player.kernel.threads.lwktFreeThread(gd, player.thread(words, 2));
            case "exit" -> {
                return player.kernel.threads.lwktExit(gd);
            }
            case "return", "iret", "idle" -> player.leave[gd.cpuid] = true;
            case "intsupport" -> {
                return player.kernel.ithreads.lwktSetInterruptSupportThread(gd);
            }
            case "passive_release" -> {
                return player.kernel.passive.lwktPassiveRelease(gd, td, 0);
            }
            case "passive_recover" -> {
                return player.kernel.passive.lwktPassiveRecover(gd);
            }
            case "user_resched" -> {
                if (words.on(2)) {
                    gd.needUserResched();
                } else {
                    gd.clearUserResched();
                }
            }
            case "preempted_proc" -> {
                Lwp lp = LwktPreempt.lwktPreemptedProc(gd);
                result.put("ret", lp == null ? null : lp.thread().comm);
            }
            case "preempt" -> {
                gd.critEnter();
                player.kernel.splz.pushCritExit(gd);
                return player.kernel.preempt.lwktPreempt(gd, player.thread(words, 2), words.number(3));
            }
            case "flag" -> flag(words);
            default -> {
                return ofMigration(words, gd, result);
            }
        }
        return Next.RETURN;
    }

    /** Threads that move to another CPU. */
    private Next ofMigration(Words words, Globaldata gd, ObjectNode result) {
        LwktThread td = gd.curthread;
        switch (words.name()) {
            case "migrate" -> {
                return player.kernel.migrate.lwktMigratecpu(gd, words.number(2));
            }
            case "mig_begin" -> {
                td.flags |= Tdf.TDF_MIGRATING;
                gd.cpu.push(
                        new Frame<LwktThread>("MIG_BEGIN", (cpu, self, a, b) -> {
                            self.gd.tdallq.remove(self);
                            self.migrateGd = player.kernel.gd(words.number(2));
                            return Next.RETURN;
                        }),
                        td);
                return player.kernel.schedule.lwktDescheduleSelf(gd, td);
            }
            case "mig_end" -> {
                Globaldata rgd = td.migrateGd;
                gd.cpu.push(
                        new Frame<LwktThread>("MIG_END", (cpu, self, a, b) -> {
                            Kassert.kkassert(rgd == Globaldata.of(cpu), Globaldata.of(cpu), "mig_end", "rgd == mycpu");
                            Globaldata.of(cpu).tdallq.insertTail(self);
                            return Next.RETURN;
                        }),
                        td);
                return player.kernel.lwktSwitch.lwktSwitch(gd);
            }
            case "giveaway" -> {
                return player.kernel.migrate.lwktGiveaway(gd, player.thread(words, 2));
            }
            case "acquire" -> {
                return player.kernel.migrate.lwktAcquire(gd, player.thread(words, 2));
            }
            default -> {
                return ofTokens(words, gd, result);
            }
        }
    }

    /** Tokens. */
    private Next ofTokens(Words words, Globaldata gd, ObjectNode result) {
        LwktThread td = gd.curthread;
        switch (words.name()) {
            case "get" -> {
                return player.kernel.tokens.lwktGettoken(gd, player.token(words, 2));
            }
            case "getsh" -> {
                return player.kernel.tokens.lwktGettokenShared(gd, player.token(words, 2));
            }
            case "try" -> result.put("ret", player.kernel.tokens.lwktTrytoken(gd, player.token(words, 2)) ? 1 : 0);
            case "rel" -> player.kernel.tokens.lwktReltoken(gd, player.token(words, 2));
            case "cnt" -> result.put("ret", player.kernel.tokens.lwktCnttoken(player.token(words, 2), td));
            case "tokswap" -> {
                return player.kernel.tokens.lwktTokenSwap(gd);
            }
            default -> {
                return ofCpus(words, gd, result);
            }
        }
        return Next.RETURN;
    }

    /** Critical sections, nesting, messages, cpusync. */
    private Next ofCpus(Words words, Globaldata gd, ObjectNode result) {
        LwktThread td = gd.curthread;
        switch (words.name()) {
            case "crit_enter" -> gd.critEnter();
            case "crit_exit" -> {
                return player.kernel.splz.critExit(gd);
            }
            case "crit_exit_noyield" -> gd.critExitNoyield();
            case "crit_hard_enter" -> gd.critEnterHard();
            case "crit_hard_exit" -> {
                return player.kernel.splz.critExitHard(gd);
            }
            case "splz" -> {
                return player.kernel.splz.splz(gd);
            }
            case "splz_check" -> {
                return player.kernel.splz.splzCheck(gd);
            }
            case "smp_stopped" -> {
                return player.kernel.ipiqProcess.lwktSmpStopped(gd);
            }
            case "poll_ipiq" -> {
                gd.critEnter();
                player.kernel.splz.pushCritExit(gd);
                return player.kernel.ipiqProcess.lwktProcessIpiq(gd);
            }
            case "spinlock" -> gd.spinLockEffects();
            case "spinunlock" -> gd.spinUnlockEffects();
            case "nest" -> td.nestCount += words.number(2);
            case "trapnest" -> gd.trapNestingLevel += words.number(2);
            case "cs_begin" -> {
                Cpusync cs = player.cpusyncs.computeIfAbsent(gd.cpuid, cpu -> new Cpusync());
                cs.mask.assign(words.number(2));
                cs.func = on -> player.csCalls[on.cpuid]++;
                return player.kernel.cpusync.lwktCpusyncInterlock(gd, cs);
            }
            case "cs_end" -> {
                return player.kernel.cpusync.lwktCpusyncDeinterlock(
                        gd, player.cpusyncs.computeIfAbsent(gd.cpuid, cpu -> new Cpusync()));
            }
            default -> {
                return player.executeOther(words, gd, result);
            }
        }
        return Next.RETURN;
    }

    private void flag(Words words) {
        LwktThread td = player.thread(words, 2);
        switch (words.word(3)) {
            case "EXITWAIT" ->
                td.mpflags = words.on(4) ? td.mpflags | Tdf.TDF_MP_EXITWAIT : td.mpflags & ~Tdf.TDF_MP_EXITWAIT;
            case "BLOCKQ" -> td.flags = words.on(4) ? td.flags | Tdf.TDF_BLOCKQ : td.flags & ~Tdf.TDF_BLOCKQ;
            case "TSLEEPQ" -> td.flags = words.on(4) ? td.flags | Tdf.TDF_TSLEEPQ : td.flags & ~Tdf.TDF_TSLEEPQ;
            default -> throw new IllegalArgumentException("unknown flag: " + words);
        }
    }

    private Next create(Words words, Globaldata gd) {
        int flags = (words.has("int") ? Tdf.TDF_INTTHREAD : 0)
                | (words.has("sys") ? Tdf.TDF_SYSTHREAD : 0)
                | (words.has("fixed") ? Tdf.TDF_FIXEDCPU : 0)
                | (words.has("verbose") ? Tdf.TDF_VERBOSE : 0);
        boolean attributes = words.hasOption("pri")
                || words.hasOption("upri")
                || words.has("preempt")
                || words.has("lwp")
                || words.has("release");
        boolean nostart = words.has("nostart");
        LwktThread template = words.has("tmpl") ? player.structure() : null;
        if (template != null) {
            player.source = "tmpl";
        }
        var request = new CreateRequest(
                template,
                flags | (attributes || nostart ? Tdf.TDF_NOSTART : 0),
                words.option("cpu", gd.cpuid),
                words.word(2),
                (mycpu, td) -> player.pause(mycpu));
        if (attributes) {
            gd.cpu.push(new Frame<>("ATTRIBUTES", (cpu, ref, a, b) -> {
                LwktThread td = request.td();
                if (words.hasOption("pri")) {
                    player.kernel.schedule.lwktSetpriInitial(Globaldata.of(cpu), td, words.option("pri", 0));
                }
                td.upri = words.option("upri", 0);
                td.preemptable = words.has("preempt") ? player.kernel.preempt.lwktPreempt : null;
                player.attributes(words, td);
                return nostart ? Next.RETURN : player.kernel.schedule.lwktSchedule(Globaldata.of(cpu), td);
            }));
        }
        return player.kernel.threads.lwktCreate(gd, request);
    }

    private Next ithread(Words words, Globaldata gd) {
        LwktThread td = player.structure();
        int irq = words.option("irq", 0);
        player.registering.put(td, gd.intrInfo(irq));
        return player.kernel.ithreads.registerInt(
                gd, gd, irq, td, words.word(2), words.option("pri", 28), (mycpu, self) -> player.pause(mycpu));
    }
}
