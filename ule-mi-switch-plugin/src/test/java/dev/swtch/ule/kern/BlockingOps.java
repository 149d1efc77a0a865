package dev.swtch.ule.kern;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Sleep queues, turnstiles, mutexes, timeouts and signals, as the second kind of scripts has them. */
final class BlockingOps {
    private static final int FIRST_RECURSABLE = 256;

    private final RecordedScript s;
    private final UleKernel k;
    final Map<Integer, SleepMtx> mutexes = new TreeMap<>();
    private final Frame<String> DONE = new Frame<>("DONE", this::done);
    private final Frame<SleepMtx> LOCK_DONE = new Frame<>("LOCK_DONE", this::lockDone);
    private final Frame<UleThread> INTR_END = new Frame<>("INTR_END", this::intrEnd);

    BlockingOps(RecordedScript s) {
        this.s = s;
        this.k = s.k;
    }

    private static int number(String[] w, int i) {
        return Integer.decode(w[i]);
    }

    private SleepMtx mutex(int number) {
        return mutexes.computeIfAbsent(number, n -> new SleepMtx(n, n >= FIRST_RECURSABLE));
    }

    private static boolean has(String[] w, String word) {
        return Arrays.asList(w).contains(word);
    }

    private static @Nullable Integer option(String[] w, String name) {
        for (String word : w) {
            if (word.startsWith(name + "=")) {
                return Integer.decode(word.substring(name.length() + 1));
            }
        }
        return null;
    }

    private static long ticks(String[] w) {
        Integer timo = option(w, "timo");
        return timo == null ? 0 : timo * KernSynch.TICK_SBT;
    }

    private static int value(String name) {
        return name.equals("eintr") ? Sleepq.EINTR : Sleepq.ERESTART;
    }

    private Next done(Cpu cpu, String what, int a, long b) {
        UleThread td = Pcpu.curthread(cpu);
        s.events.add("done", "[" + td.number() + ",\"" + what + "\"," + td.retval + "]");
        return Next.RETURN;
    }

    private Next lockDone(Cpu cpu, SleepMtx m, int a, long b) {
        s.events.add("done", "[" + Pcpu.curthread(cpu).number() + ",\"mtx_lock\"," + m.number + "]");
        return Next.RETURN;
    }

    void define(Map<String, RecordedScript.Op> ops) {
        defineMutexes(ops);
        defineSleeps(ops);
        defineWakeups(ops);
        defineTimeoutsAndSignals(ops);
    }

    private void defineMutexes(Map<String, RecordedScript.Op> ops) {
        ops.put("mtx_lock", (cpu, w) -> {
            SleepMtx m = mutex(number(w, 2));
            cpu.push(LOCK_DONE, m);
            return k.mutex.mtxLock(cpu, m);
        });
        ops.put("mtx_trylock", (cpu, w) -> {
            s.events.ret(k.mutex.mtxTrylock(cpu, mutex(number(w, 2))) ? 1 : 0);
            return Next.RETURN;
        });
        ops.put("mtx_unlock", (cpu, w) -> k.mutex.mtxUnlock(cpu, mutex(number(w, 2))));
    }

    private void defineSleeps(Map<String, RecordedScript.Op> ops) {
        ops.put("msleep", (cpu, w) -> {
            Integer lock = option(w, "lock");
            int pri = number(w, 3);
            pri |= has(w, "catch") ? KernSynch.PCATCH : 0;
            pri |= has(w, "drop") ? KernSynch.PDROP : 0;
            cpu.push(DONE, "msleep");
            return k.synch.sleep(cpu, number(w, 2), lock == null ? null : mutex(lock), pri, "msleep", ticks(w), 0);
        });
        ops.put("pause", (cpu, w) -> {
            cpu.push(DONE, "pause");
            int flags = has(w, "catch") ? KernSynch.PCATCH : 0;
            return k.synch.pause(cpu, "pause", number(w, 2) * KernSynch.TICK_SBT, 0, flags);
        });
        ops.put("sqwait", (cpu, w) -> {
            int wchan = number(w, 2);
            boolean isCatch = has(w, "catch");
            cpu.push(DONE, "sqwait");
            k.sleepq.sleepqLock(cpu, wchan);
            int flags = number(w, 5) | (isCatch ? Sleepq.SLEEPQ_INTERRUPTIBLE : 0);
            k.sleepq.sleepqAdd(cpu, wchan, null, "sqwait", flags, number(w, 3));
            long timo = ticks(w);
            if (timo != 0) {
                k.synch.sleepqSetTimeoutSbt(cpu, k.clocks.sbinuptime(cpu) + timo, 0);
            }
            return k.synch.wait(cpu, wchan, number(w, 4), isCatch, timo != 0);
        });
        ops.put("maybe_yield", (cpu, w) -> {
            s.events.ret(k.relinquish.shouldYield(cpu) ? 1 : 0);
            return k.relinquish.maybeYield(cpu);
        });
    }

    private void defineWakeups(Map<String, RecordedScript.Op> ops) {
        ops.put("wakeup", intr((cpu, w) -> k.synch.wakeup(cpu, number(w, 2))));
        ops.put("wakeup_one", intr((cpu, w) -> k.synch.wakeupOne(cpu, number(w, 2))));
        ops.put("wakeup_any", intr((cpu, w) -> k.synch.wakeupAny(cpu, number(w, 2))));
        ops.put("sqbcast", intr((cpu, w) -> {
            int wchan = number(w, 2);
            k.sleepq.sleepqLock(cpu, wchan);
            k.sleepq.sleepqBroadcast(cpu, wchan, number(w, 5), number(w, 4), number(w, 3));
            return k.sleepq.sleepqRelease(cpu, wchan);
        }));
        ops.put("sqsignal", intr((cpu, w) -> {
            int wchan = number(w, 2);
            int flags = number(w, 5) | (has(w, "unfair") ? Sleepq.SLEEPQ_UNFAIR : 0);
            k.sleepq.sleepqLock(cpu, wchan);
            k.sleepq.sleepqSignal(cpu, wchan, flags, number(w, 4), number(w, 3));
            return k.sleepq.sleepqRelease(cpu, wchan);
        }));
        ops.put("sqremove", (cpu, w) -> k.sleepq.sleepqRemove(cpu, s.thread(w[2]), number(w, 3)));
    }

    /** An operation that may also be done by an interrupt. */
    private RecordedScript.Op intr(RecordedScript.Op op) {
        return (cpu, w) -> {
            if (has(w, "intr")) {
                beginIntr(cpu);
            }
            return op.run(cpu, w);
        };
    }

    private void beginIntr(Cpu cpu) {
        UleThread td = Pcpu.curthread(cpu);
        k.critical.criticalEnter(cpu);
        td.intrNestingLevel++;
        cpu.push(INTR_END, td);
    }

    private Next intrEnd(Cpu cpu, UleThread td, int a, long b) {
        td.intrNestingLevel--;
        return k.critical.criticalExit(cpu);
    }

    private void defineTimeoutsAndSignals(Map<String, RecordedScript.Op> ops) {
        ops.put("timeout", (cpu, w) -> {
            beginIntr(cpu);
            k.callouts.softclockCall(cpu, s.thread(w[2]));
            return Next.RETURN;
        });
        ops.put("callout", (cpu, w) -> {
            beginIntr(cpu);
            s.fired.clear();
            k.callouts.calloutProcess(cpu);
            List<String> tids = new ArrayList<>();
            s.fired.forEach(td -> tids.add(String.valueOf(td.number())));
            if (!tids.isEmpty()) {
                s.events.retJson("[" + String.join(",", tids) + "]");
            }
            return Next.RETURN;
        });
        ops.put("abort", (cpu, w) -> {
            UleThread td = s.thread(w[2]);
            k.locks.threadLock(cpu, td);
            boolean interruptible = td.onSleepq() && (td.flags & ThreadFlags.TDF_SINTR) != 0;
            Mtx lock = interruptible ? k.sleepq.sleepqAbort(cpu, td, value(w[3])) : td.lock;
            return k.locks.mtxUnlockSpin(cpu, lock);
        });
        ops.put("signal", (cpu, w) -> k.signals.tdsigwakeup(cpu, s.thread(w[2]), value(w[3]), has(w, "kill")));
    }
}
