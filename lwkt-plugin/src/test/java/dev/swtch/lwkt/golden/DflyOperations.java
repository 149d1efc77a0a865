package dev.swtch.lwkt.golden;

import static dev.swtch.lwkt.sys.Tsleep.PCATCH;
import static dev.swtch.lwkt.sys.Tsleep.PDOMAIN_UMTX;
import static dev.swtch.lwkt.sys.Tsleep.PDOMAIN_XLOCK;
import static dev.swtch.lwkt.sys.Tsleep.PINTERLOCKED;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swtch.lwkt.kern.ForkRequest;
import dev.swtch.lwkt.kern.Wakeup;
import dev.swtch.lwkt.sys.Errno;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.Ident;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.LwktToken;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.lwkt.sys.Proc;
import dev.swtch.lwkt.sys.Tdf;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;

/** The operations of LWPs, sleeping and waking, each by the current thread of a CPU. */
final class DflyOperations {
    private static final long LWP_TOKENS = 1_000;

    private final DflyPlayer player;

    DflyOperations(DflyPlayer player) {
        this.player = player;
    }

    /** Performs an operation. */
    Next execute(Words words, Globaldata gd, ObjectNode result) {
        return ofLwps(words, gd, result);
    }

    /** Something a CPU does. */
    @FunctionalInterface
    private interface Entry {
        Next run(Globaldata gd);
    }

    /** LWPs: made, gone, and what their user scheduler does with them. */
    private Next ofLwps(Words words, Globaldata gd, ObjectNode result) {
        LwktThread td = gd.curthread;
        switch (words.name()) {
            case "enter" -> {
                return Next.RETURN;
            }
            case "userret" -> player.leave[gd.cpuid] = true;
            case "spawn" -> {
                return spawn(words, gd);
            }
            case "fork" -> {
                return fork(words, gd, self(gd), process(words, self(gd).proc.nice));
            }
            case "lwpcreate" -> {
                return fork(words, gd, self(gd), self(gd).proc);
            }
            case "lwpexit" -> {
                return player.kernel.exit.lwpExit(gd, self(gd));
            }
            case "reap" -> {
                boolean reaped = player.kernel.exit.lwpReap(gd, lwp(words, 2));
                result.put("ret", reaped ? 1 : 0);
                if (reaped) {
                    player.lwps.remove(words.word(2));
                }
            }
            case "nice" -> {
                Proc p = lwp(words, 2).proc;
                p.nice = Math.max(-20, Math.min(20, words.number(3)));
                return resetAll(gd, p, Proc.NO_TID);
            }
            case "rtprio" -> {
                lwp(words, 2).rtprioType = words.number(3);
                lwp(words, 2).rtprioPrio = words.number(4);
            }
            case "lwpmask" -> lwp(words, 2).cpumask.assign(words.number(3));
            case "estcpu" -> lwp(words, 2).estcpu = words.number(3);
            case "resetpri" -> {
                return player.dfly.resetpriority(gd, lwp(words, 2));
            }
            case "recalc" -> {
                return player.dfly.recalculate(gd, lwp(words, 2));
            }
            case "setcpu" -> {
                int d = words.number(2);
                self(gd).cpumask.assign(1L << d);
                if (d != gd.cpuid) {
                    gd.cpu.push(
                            new Frame<Lwp>("SETCPU", (cpu, lp, a, b) -> {
                                player.dfly.changedcpu(Globaldata.of(cpu), lp);
                                return Next.RETURN;
                            }),
                            self(gd));
                    return player.kernel.migrate.lwktMigratecpu(gd, d);
                }
            }
            case "sched_yield" -> {
                return player.dfly.schedYield(gd, self(gd));
            }
            case "demarc" -> td.mpflags |= Tdf.TDF_MP_BATCH_DEMARC;
            case "schedcpu" -> {
                return player.kernel.schedcpu.schedcpu(gd);
            }
            default -> {
                return ofSleeps(words, gd);
            }
        }
        return Next.RETURN;
    }

    /** Sleeping, and what ends a sleep from outside. */
    private Next ofSleeps(Words words, Globaldata gd) {
        Wakeup wakeups = player.synch.wakeups();
        LwktThread td = gd.curthread;
        switch (words.name()) {
            case "tsleep" -> {
                gd.cpu.push(
                        new Frame<LwktThread>("SLEPT", (cpu, self, a, b) -> {
                            player.sleeps(self).nslp++;
                            player.sleeps(self).slpret = errno(self.error);
                            return Next.RETURN;
                        }),
                        td);
                return player.synch.tsleep(gd, wait(words, 2), flags(words.word(3)), "slp", words.number(4));
            }
            case "tsleep_interlock" -> {
                return player.synch.tsleepInterlock(gd, wait(words, 2), flags(words.word(3)));
            }
            case "tsleep_remove" -> {
                gd.critEnter();
                player.synch.tsleepRemove(gd, td);
                return player.kernel.splz.critExit(gd);
            }
            case "lsleep" -> {
                gd.cpu.push(
                        new Frame<LwktThread>("LSLEPT", (cpu, self, a, b) -> {
                            player.sleeps(self).nlsl++;
                            player.sleeps(self).lslret = errno(self.error);
                            return Next.RETURN;
                        }),
                        td);
                gd.critEnter();
                player.kernel.splz.pushCritExit(gd);
                return player.synch.lwktSleep(gd, "lslp", flags(words.word(2)));
            }
            case "setrunnable" -> {
                return withToken(
                        gd, lwp(words, 2), on -> player.synch.setrunnable().setrunnable(on, lwp(words, 2)));
            }
            case "signal" -> {
                return withToken(gd, lwp(words, 2), on -> {
                    lwp(words, 2).sigpend = words.number(3);
                    return player.synch.setrunnable().lwpSignotify(on, lwp(words, 2));
                });
            }
            case "delayed" -> {
                return words.on(2) ? wakeups.wakeupStartDelayed(gd) : wakeups.wakeupEndDelayed(gd);
            }
            default -> {
                return ofWakeups(words, gd);
            }
        }
    }

    /** Waking. */
    private Next ofWakeups(Words words, Globaldata gd) {
        Wakeup wakeups = player.synch.wakeups();
        switch (words.name()) {
            case "wakeup" -> {
                return wakeups.wakeup(gd, wait(words, 2));
            }
            case "wakeup_one" -> {
                return wakeups.wakeupOne(gd, wait(words, 2));
            }
            case "wakeup_mycpu" -> {
                return wakeups.wakeupMycpu(gd, wait(words, 2));
            }
            case "wakeup_mycpu_one" -> {
                return wakeups.wakeupMycpuOne(gd, wait(words, 2));
            }
            case "wakeup_oncpu" -> {
                return wakeups.wakeupOncpu(gd, player.kernel.gd(words.number(2)), wait(words, 3), false);
            }
            case "wakeup_oncpu_one" -> {
                return wakeups.wakeupOncpu(gd, player.kernel.gd(words.number(2)), wait(words, 3), true);
            }
            case "wakeup_domain" -> {
                return wakeups.wakeupDomain(gd, wait(words, 2), flags(words.word(3)));
            }
            case "wakeup_domain_one" -> {
                return wakeups.wakeupDomainOne(gd, wait(words, 2), flags(words.word(3)));
            }
            default -> throw new IllegalArgumentException("unknown operation: " + words);
        }
    }

    private Next withToken(Globaldata gd, Lwp lp, Entry action) {
        gd.cpu.push(new Frame<>("TOKEN_GOT", (cpu, ref, a, b) -> {
            cpu.push(new Frame<>("TOKEN_DONE", (on, unused, c, d) -> {
                player.kernel.tokens.lwktReltoken(Globaldata.of(on), lp.token);
                return Next.RETURN;
            }));
            return action.run(Globaldata.of(cpu));
        }));
        return player.kernel.tokens.lwktGettoken(gd, lp.token);
    }

    private Next resetAll(Globaldata gd, Proc p, long afterTid) {
        Lwp lp = p.lwps.next(afterTid);
        if (lp == null) {
            return Next.RETURN;
        }
        gd.cpu.push(new Frame<>("NICE", (cpu, ref, a, tid) -> resetAll(Globaldata.of(cpu), p, tid)), 0, lp.tid);
        return player.dfly.resetpriority(gd, lp);
    }

    private Next spawn(Words words, Globaldata gd) {
        String[] rt = words.option("rt", "1:0").split(":");
        player.lwp0.estcpu = 0;
        player.lwp0.rtprioType = Integer.parseInt(rt[0]);
        player.lwp0.rtprioPrio = Integer.parseInt(rt[1]);
        player.lwp0.cpumask.assign(words.option("mask", (int) player.kernel.smpActiveMask.word(0)));
        return fork(words, gd, player.lwp0, process(words, words.option("nice", 0)));
    }

    private Proc process(Words words, int nice) {
        Proc p = new Proc(words.word(2), player.dfly, player.structures);
        p.nice = nice;
        return p;
    }

    private Next fork(Words words, Globaldata gd, Lwp parent, Proc p) {
        String name = words.word(2);
        LwktToken token = new LwktToken(LWP_TOKENS + player.lwpTokens.size(), "L:" + name);
        player.lwpTokens.add(token);
        ForkRequest request =
                new ForkRequest(parent, p, null, gd.cpuid, name, token, (mycpu, td) -> player.user(mycpu));
        Next next = player.kernel.fork.lwpFork(gd, request);
        player.lwps.put(name, request.child());
        return next;
    }

    private Lwp self(Globaldata gd) {
        Lwp lp = gd.curthread.lwp;
        if (lp == null) {
            throw new IllegalArgumentException(gd.curthread.comm + " is no LWP");
        }
        return lp;
    }

    private Lwp lwp(Words words, int at) {
        Lwp lp = player.lwps.get(words.word(at));
        if (lp == null) {
            throw new IllegalArgumentException("unknown LWP: " + words);
        }
        return lp;
    }

    private Ident wait(Words words, int at) {
        return player.waits[Integer.parseInt(words.word(at).substring(1))];
    }

    private static int flags(String names) {
        int flags = 0;
        for (String name : names.split(",")) {
            flags |= switch (name) {
                case "-" -> 0;
                case "catch" -> PCATCH;
                case "interlocked" -> PINTERLOCKED;
                case "umtx" -> PDOMAIN_UMTX;
                case "xlock" -> PDOMAIN_XLOCK;
                default -> throw new IllegalArgumentException("unknown flag " + name);
            };
        }
        return flags;
    }

    private static String errno(int error) {
        return switch (error) {
            case 0 -> "0";
            case Errno.EWOULDBLOCK -> "EWOULDBLOCK";
            case Errno.EINTR -> "EINTR";
            case Errno.ERESTART -> "ERESTART";
            default -> Integer.toString(error);
        };
    }
}
