package dev.swtch.engine.run;

import dev.swtch.engine.exec.Meter;
import dev.swtch.engine.exec.Task;
import dev.swtch.engine.exec.WaitLog;
import dev.swtch.engine.exec.WorkloadMachine;
import dev.swtch.engine.result.CostShare;
import dev.swtch.engine.result.CounterValue;
import dev.swtch.engine.result.CpuTimes;
import dev.swtch.engine.result.Fault;
import dev.swtch.engine.result.LabelResult;
import dev.swtch.engine.result.Latencies;
import dev.swtch.engine.result.Outcome;
import dev.swtch.engine.result.Quantiles;
import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.result.Switches;
import dev.swtch.engine.result.ThreadResult;
import dev.swtch.machine.CpuLedger;
import dev.swtch.machine.Machine;
import dev.swtch.machine.Usage;
import dev.swtch.machine.cost.Charge;
import dev.swtch.spi.Scheduler;
import dev.swtch.spi.thread.KThread;
import dev.swtch.spi.thread.RunState;
import dev.swtch.spi.thread.WaitPlace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what a run measured. */
final class Results {
    private final RunRequest request;
    private final Machine machine;
    private final Scheduler scheduler;
    private final WorkloadMachine work;

    Results(RunRequest request, Machine machine, Scheduler scheduler, WorkloadMachine work) {
        this.request = request;
        this.machine = machine;
        this.scheduler = scheduler;
        this.work = work;
    }

    RunResult collect(Outcome outcome, @Nullable Fault fault) {
        List<CounterValue> counters = new ArrayList<>();
        scheduler.counters((group, name, value) -> counters.add(new CounterValue(group, name, value)));
        boolean early = outcome == Outcome.STALLED || work.live() == 0;
        return new RunResult(
                request.column(),
                request.plugin().descriptor(),
                outcome,
                fault,
                "",
                early ? work.lastProgressNs() : machine.now(),
                cpuTimes(),
                switches(),
                latencies(),
                work.idling(),
                costs(),
                work.decisions(),
                threads(),
                labels(),
                counters,
                machine.events(),
                notes());
    }

    private List<String> notes() {
        long refused = work.refusedForks();
        return refused == 0
                ? List.of()
                : List.of(refused + " fork steps made no thread: a run holds so many threads and no more");
    }

    private CpuTimes cpuTimes() {
        return new CpuTimes(
                used(Usage.OFF),
                used(Usage.USER),
                used(Usage.KERNEL_WORK),
                used(Usage.COLD),
                used(Usage.KERNEL),
                used(Usage.SPIN),
                used(Usage.IDLE));
    }

    private long used(Usage usage) {
        long ns = 0;
        for (int cpu = 0; cpu < machine.cpuCount(); cpu++) {
            ns += machine.cpu(cpu).ledger().usedNs(usage);
        }
        return ns;
    }

    private long count(Charge charge) {
        long n = 0;
        for (int cpu = 0; cpu < machine.cpuCount(); cpu++) {
            n += machine.cpu(cpu).ledger().count(charge);
        }
        return n;
    }

    private List<CostShare> costs() {
        List<CostShare> shares = new ArrayList<>();
        for (Charge charge : Charge.values()) {
            long ns = 0;
            for (int cpu = 0; cpu < machine.cpuCount(); cpu++) {
                ns += machine.cpu(cpu).ledger().spentNs(charge);
            }
            long n = count(charge);
            if (n > 0) {
                shares.add(new CostShare(charge, n, ns));
            }
        }
        return shares;
    }

    private Switches switches() {
        Meter meter = work.meter();
        long migrations = 0;
        for (Task task : work.tasks()) {
            migrations += task.thread().migrations();
        }
        long interrupts = 0;
        for (int cpu = 0; cpu < machine.cpuCount(); cpu++) {
            CpuLedger ledger = machine.cpu(cpu).ledger();
            interrupts += ledger.interrupts();
        }
        return new Switches(
                meter.switches(),
                meter.voluntary(),
                meter.switches() - meter.voluntary(),
                migrations,
                meter.wakeups(),
                machine.ipis(),
                interrupts,
                count(Charge.HANDOFF_WAIT),
                count(Charge.LOCK_WAIT),
                machine.earlyReads());
    }

    private Latencies latencies() {
        Meter meter = work.meter();
        return new Latencies(
                meter.wakeToRun().quantiles(),
                meter.wakeToCpu().quantiles(),
                meter.cpuToWork().quantiles(),
                meter.readyWait().quantiles(),
                ready(WaitPlace.RUN_QUEUE),
                ready(WaitPlace.USER_QUEUE),
                ready(WaitPlace.LOCK),
                ready(WaitPlace.PREEMPTED));
    }

    private long ready(WaitPlace place) {
        long ns = 0;
        for (Task task : work.tasks()) {
            ns += readyNs(task.thread(), place);
        }
        return ns;
    }

    /** Ready time at a place, with what has gone by since the thread's last change. */
    private long readyNs(KThread thread, WaitPlace place) {
        long ns = thread.readyNs(place);
        boolean waiting = thread.runState() == RunState.RUNNABLE && !thread.isExecuting();
        if (waiting && thread.place() == place) {
            ns += Math.max(0, machine.now() - thread.waitingSince());
        }
        return ns;
    }

    private List<ThreadResult> threads() {
        List<ThreadResult> results = new ArrayList<>();
        for (Task task : work.tasks()) {
            KThread thread = task.thread();
            long ready = 0;
            for (WaitPlace place : WaitPlace.values()) {
                ready += readyNs(thread, place);
            }
            WaitLog waits = task.waitLog();
            results.add(new ThreadResult(
                    task.path(),
                    task.entry().threadClass(),
                    thread.userWorkNs(),
                    thread.kernelWorkNs(),
                    task.steps(),
                    task.stepHash(),
                    task.switches(),
                    thread.migrations(),
                    ready,
                    waits == null ? Quantiles.NONE : waits.quantiles(),
                    thread.runState() == RunState.EXITED,
                    thread.runState() == RunState.BLOCKED ? task.waitsFor() : "",
                    task.endNs()));
        }
        return results;
    }

    private List<LabelResult> labels() {
        List<LabelResult> labels = new ArrayList<>();
        for (int i = 0; i < request.workload().probes().size(); i++) {
            labels.add(new LabelResult(
                    request.workload().probes().get(i), work.probeLog(i).quantiles()));
        }
        return labels;
    }
}
