package dev.swtch.engine.run;

import dev.swtch.engine.exec.Meter;
import dev.swtch.engine.exec.Task;
import dev.swtch.engine.exec.WaitLog;
import dev.swtch.engine.exec.WorkloadMachine;
import dev.swtch.engine.result.ArrivalResult;
import dev.swtch.engine.result.CostShare;
import dev.swtch.engine.result.CounterValue;
import dev.swtch.engine.result.CpuTimes;
import dev.swtch.engine.result.FairnessResult;
import dev.swtch.engine.result.Fault;
import dev.swtch.engine.result.Latencies;
import dev.swtch.engine.result.Outcome;
import dev.swtch.engine.result.Quantiles;
import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.result.Switches;
import dev.swtch.engine.result.ThreadResult;
import dev.swtch.engine.workload.Goals;
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

/** Collects what a run measured, from the end of its warm-up on. */
final class Results {
    private final RunRequest request;
    private final Machine machine;
    private final Scheduler scheduler;
    private final WorkloadMachine work;
    private final Totals measured;

    Results(RunRequest request, Machine machine, Scheduler scheduler, WorkloadMachine work, Totals before) {
        this.request = request;
        this.machine = machine;
        this.scheduler = scheduler;
        this.work = work;
        this.measured = Totals.of(machine, work).since(before);
    }

    RunResult collect(Outcome outcome, @Nullable Fault fault) {
        List<CounterValue> counters = new ArrayList<>();
        scheduler.counters((group, name, value) -> counters.add(new CounterValue(group, name, value)));
        boolean early = work.isOver();
        long endNs = early ? work.lastProgressNs() : machine.now();
        long warmupNs = Math.min(endNs, request.workload().goals().warmupNs());
        return new RunResult(
                request.column(),
                request.plugin().descriptor(),
                outcome,
                fault,
                "",
                endNs,
                warmupNs,
                cpuTimes(),
                switches(),
                latencies(),
                work.idling(),
                costs(),
                measured.decisions,
                threads(),
                new LabelResults(request.workload(), work, endNs).collect(),
                arrivals(),
                fairness(),
                counters,
                measured.events,
                notes());
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>(work.deadlocks());
        long refused = work.refusedForks();
        if (refused > 0) {
            notes.add(refused + " fork steps made no thread: a run holds so many threads and no more");
        }
        Task endless = work.endlessTask();
        if (endless != null) {
            notes.add(endless.path() + " takes steps without end in which no time passes");
        }
        return notes;
    }

    private CpuTimes cpuTimes() {
        return new CpuTimes(
                measured.usedNs(Usage.OFF),
                measured.usedNs(Usage.USER),
                measured.usedNs(Usage.KERNEL_WORK),
                measured.usedNs(Usage.COLD),
                measured.usedNs(Usage.KERNEL),
                measured.usedNs(Usage.SPIN),
                measured.usedNs(Usage.IDLE));
    }

    private List<CostShare> costs() {
        List<CostShare> shares = new ArrayList<>();
        for (Charge charge : Charge.values()) {
            if (measured.count(charge) > 0) {
                shares.add(new CostShare(charge, measured.count(charge), measured.spentNs(charge)));
            }
        }
        return shares;
    }

    private Switches switches() {
        Meter meter = work.meter();
        return new Switches(
                meter.switches(),
                meter.voluntary(),
                meter.switches() - meter.voluntary(),
                measured.migrations(),
                meter.wakeups(),
                measured.ipis,
                measured.interrupts,
                measured.count(Charge.HANDOFF_WAIT),
                measured.count(Charge.LOCK_WAIT),
                measured.earlyReads);
    }

    private Latencies latencies() {
        Meter meter = work.meter();
        return new Latencies(
                meter.wakeToRun().quantiles(),
                meter.wakeToCpu().quantiles(),
                meter.cpuToWork().quantiles(),
                meter.readyWait().quantiles(),
                measured.readyNs(WaitPlace.RUN_QUEUE),
                measured.readyNs(WaitPlace.USER_QUEUE),
                measured.readyNs(WaitPlace.LOCK),
                measured.readyNs(WaitPlace.PREEMPTED));
    }

    private List<ThreadResult> threads() {
        List<ThreadResult> results = new ArrayList<>();
        for (int i = 0; i < work.tasks().size(); i++) {
            Task task = work.tasks().get(i);
            KThread thread = task.thread();
            WaitLog waits = task.waitLog();
            results.add(new ThreadResult(
                    task.path(),
                    task.entry().threadClass(),
                    measured.userNs(i),
                    measured.kernelNs(i),
                    task.steps(),
                    task.stepHash(),
                    measured.switches(i),
                    measured.migrations(i),
                    measured.readyNs(i),
                    waits == null ? Quantiles.NONE : waits.quantiles(),
                    thread.runState() == RunState.EXITED,
                    thread.runState() == RunState.BLOCKED ? work.waitsFor(task) : "",
                    task.releasedNs(),
                    task.firstRunNs(),
                    task.endNs()));
        }
        return results;
    }

    private List<ArrivalResult> arrivals() {
        List<ArrivalResult> results = new ArrayList<>();
        for (int i = 0; i < request.workload().arrivals().size(); i++) {
            results.add(new ArrivalResult(
                    request.workload().arrivals().get(i).spec().name(),
                    work.openLoad().arrived(i),
                    work.openLoad().turnedAway(i)));
        }
        return results;
    }

    private List<FairnessResult> fairness() {
        List<FairnessResult> results = new ArrayList<>();
        for (Goals.FairGroup group : request.workload().goals().groups()) {
            Fairness fairness = new Fairness();
            for (int i = 0; i < work.tasks().size(); i++) {
                if (group.has(work.tasks().get(i).path())) {
                    fairness.add(measured.workNs(i));
                }
            }
            results.add(fairness.of(group.name()));
        }
        return results;
    }
}
