package dev.swtch.engine.run;

import dev.swtch.engine.exec.Task;
import dev.swtch.engine.exec.WorkloadMachine;
import dev.swtch.machine.CpuLedger;
import dev.swtch.machine.Machine;
import dev.swtch.machine.Usage;
import dev.swtch.machine.cost.Charge;
import dev.swtch.spi.thread.KThread;
import dev.swtch.spi.thread.RunState;
import dev.swtch.spi.thread.WaitPlace;
import java.util.List;

/**
 * Everything that only grows during a run, at one instant. What was measured between two instants is the difference of
 * their totals.
 */
final class Totals {
    private static final int PLACES = WaitPlace.values().length;
    private static final Totals ZERO = new Totals(0);

    final long[] usedNs = new long[Usage.values().length];
    final long[] counts = new long[Charge.values().length];
    final long[] spentNs = new long[Charge.values().length];
    private final long[] userNs;
    private final long[] kernelNs;
    private final long[] switches;
    private final long[] migrations;
    private final long[] readyNs;
    long interrupts;
    long ipis;
    long earlyReads;
    long decisions;
    long events;

    private Totals(int tasks) {
        userNs = new long[tasks];
        kernelNs = new long[tasks];
        switches = new long[tasks];
        migrations = new long[tasks];
        readyNs = new long[tasks * PLACES];
    }

    /** Before anything happened. */
    static Totals zero() {
        return ZERO;
    }

    static Totals of(Machine machine, WorkloadMachine work) {
        List<Task> tasks = work.tasks();
        Totals totals = new Totals(tasks.size());
        for (int cpu = 0; cpu < machine.cpuCount(); cpu++) {
            totals.add(machine.cpu(cpu).ledger());
        }
        for (int i = 0; i < tasks.size(); i++) {
            totals.add(i, tasks.get(i), machine.now());
        }
        totals.ipis = machine.ipis();
        totals.earlyReads = machine.earlyReads();
        totals.decisions = work.decisions();
        totals.events = machine.events();
        return totals;
    }

    private void add(CpuLedger ledger) {
        for (Usage usage : Usage.values()) {
            usedNs[usage.ordinal()] += ledger.usedNs(usage);
        }
        for (Charge charge : Charge.values()) {
            counts[charge.ordinal()] += ledger.count(charge);
            spentNs[charge.ordinal()] += ledger.spentNs(charge);
        }
        interrupts += ledger.interrupts();
    }

    private void add(int index, Task task, long nowNs) {
        KThread thread = task.thread();
        userNs[index] = thread.userWorkNs();
        kernelNs[index] = task.kernelWorkNs();
        switches[index] = task.switches();
        migrations[index] = thread.migrations();
        boolean waiting = thread.runState() == RunState.RUNNABLE && !thread.isExecuting();
        for (WaitPlace place : WaitPlace.values()) {
            // With what has gone by since the thread's last change.
            long since = waiting && thread.place() == place ? Math.max(0, nowNs - thread.waitingSince()) : 0;
            readyNs[index * PLACES + place.ordinal()] = thread.readyNs(place) + since;
        }
    }

    /** What grew since earlier totals of the same run; threads made since then count from 0. */
    Totals since(Totals earlier) {
        Totals grown = new Totals(userNs.length);
        subtract(usedNs, earlier.usedNs, grown.usedNs);
        subtract(counts, earlier.counts, grown.counts);
        subtract(spentNs, earlier.spentNs, grown.spentNs);
        subtract(userNs, earlier.userNs, grown.userNs);
        subtract(kernelNs, earlier.kernelNs, grown.kernelNs);
        subtract(switches, earlier.switches, grown.switches);
        subtract(migrations, earlier.migrations, grown.migrations);
        subtract(readyNs, earlier.readyNs, grown.readyNs);
        grown.interrupts = interrupts - earlier.interrupts;
        grown.ipis = ipis - earlier.ipis;
        grown.earlyReads = earlyReads - earlier.earlyReads;
        grown.decisions = decisions - earlier.decisions;
        grown.events = events - earlier.events;
        return grown;
    }

    private static void subtract(long[] now, long[] earlier, long[] grown) {
        for (int i = 0; i < now.length; i++) {
            grown[i] = now[i] - (i < earlier.length ? earlier[i] : 0);
        }
    }

    long usedNs(Usage usage) {
        return usedNs[usage.ordinal()];
    }

    long count(Charge charge) {
        return counts[charge.ordinal()];
    }

    long spentNs(Charge charge) {
        return spentNs[charge.ordinal()];
    }

    long userNs(int task) {
        return userNs[task];
    }

    long kernelNs(int task) {
        return kernelNs[task];
    }

    long workNs(int task) {
        return userNs[task] + kernelNs[task];
    }

    long switches(int task) {
        return switches[task];
    }

    long migrations(int task) {
        return migrations[task];
    }

    /** Time a task was ready and not running, wherever it waited. */
    long readyNs(int task) {
        long ns = 0;
        for (int place = 0; place < PLACES; place++) {
            ns += readyNs[task * PLACES + place];
        }
        return ns;
    }

    /** Time all tasks waited at a place. */
    long readyNs(WaitPlace place) {
        long ns = 0;
        for (int at = place.ordinal(); at < readyNs.length; at += PLACES) {
            ns += readyNs[at];
        }
        return ns;
    }

    /** Migrations of all tasks. */
    long migrations() {
        long all = 0;
        for (long each : migrations) {
            all += each;
        }
        return all;
    }
}
