package dev.swtch.engine.workload;

import java.util.ArrayList;
import java.util.List;

/** Turns the steps of one kind of thread into code. The steps have been checked: every name exists. */
final class ProgramCompiler {
    private final WorkloadCompiler workload;
    private final Scope scope;
    private final ThreadKind thread;
    private final CodeWriter code;
    private final MeetingCompiler meetings;

    ProgramCompiler(WorkloadCompiler workload, ThreadKind thread, DrawsBuilder sites) {
        this.workload = workload;
        this.scope = workload.scope();
        this.thread = thread;
        this.code = new CodeWriter(sites);
        this.meetings = new MeetingCompiler(workload, code, this::compileAll);
    }

    Program finish(Draws draws) {
        code.emit(Op.EXIT);
        return code.finish(thread.name(), draws);
    }

    void compileAll(List<Step> steps) {
        for (Step written : steps) {
            Step next = Step.Placed.bare(written);
            if (!(work(next) || meetings.compile(next) || attribute(next) || kernel(next))) {
                block(next);
            }
        }
    }

    private boolean work(Step next) {
        if (next instanceof Step.Compute compute) {
            code.emit(thread.threadClass().isUser() ? Op.COMPUTE : Op.KERNEL_WORK, code.value(compute.work()));
        } else if (next instanceof Step.KernelWork work) {
            code.emit(Op.KERNEL_WORK, code.value(work.work()));
        } else if (next instanceof Step.RunFor runtime) {
            code.emit(Op.RUNTIME, code.value(runtime.elapsed()), code.value(runtime.slice()), code.register());
        } else if (next instanceof Step.Sleep sleep) {
            code.emit(Op.SLEEP, code.value(sleep.span()));
        } else if (next instanceof Step.Timer timer) {
            timer(timer);
        } else if (next instanceof Step.DeviceIo io) {
            code.emit(Op.DEVICE_IO, scope.devices.index(io.device()), code.value(io.service()));
        } else if (next instanceof Step.Yield) {
            code.emit(Op.YIELD);
        } else if (next instanceof Step.Exit) {
            code.emit(Op.EXIT);
        } else {
            return false;
        }
        return true;
    }

    private void timer(Step.Timer timer) {
        String name = timer.timer();
        int shared = name == null || timer.perThread() ? -1 : scope.timers.index(name);
        int register = shared >= 0 ? 0 : name == null ? code.register() : code.named("timer " + name);
        code.emit(
                Op.TIMER,
                shared,
                register,
                code.value(timer.period()),
                timer.policy().ordinal());
    }

    private boolean attribute(Step next) {
        if (next instanceof Step.SetNice nice) {
            need(Need.NICE);
            code.emit(Op.SET_NICE, nice.nice());
        } else if (next instanceof Step.SetAffinity affinity) {
            need(Need.AFFINITY);
            code.emit(Op.SET_AFFINITY, workload.affinities.set(affinity.cpus(), user(), thread.place()));
        } else if (next instanceof Step.SetClass set) {
            workload.needClass(set.threadClass(), set.rank());
            code.emit(Op.SET_CLASS, set.threadClass().ordinal(), set.rank());
        } else if (next instanceof Step.Bind bind) {
            need(Need.BIND);
            workload.affinities.use(bind.cpu(), user(), thread.place());
            code.emit(Op.BIND, bind.cpu());
        } else if (next instanceof Step.Unbind) {
            code.emit(Op.UNBIND);
        } else if (next instanceof Step.Fork fork) {
            need(Need.FORK);
            int entry = workload.onDemandEntry(fork.thread());
            code.emit(
                    Op.FORK,
                    entry,
                    code.value(fork.count()),
                    code.named("fork " + fork.thread()),
                    fork.limit(),
                    children(fork.thread()));
        } else if (next instanceof Step.Join join) {
            code.emit(Op.JOIN, workload.joinGroup(join.thread()), children(join.thread()));
        } else if (next instanceof Step.Stop stop) {
            forEach(stop.thread(), Op.STOP);
        } else if (next instanceof Step.Continue go) {
            forEach(go.thread(), Op.CONTINUE);
        } else if (next instanceof Step.Ipi ipi) {
            need(Need.IPI);
            if (ipi.cpu() != Step.Ipi.ALL_BUT_SELF) {
                workload.affinities.use(ipi.cpu(), user(), thread.place());
            }
            code.emit(Op.IPI, ipi.cpu(), code.value(ipi.handler()));
        } else if (next instanceof Step.Begin begin) {
            code.emit(Op.BEGIN, workload.probe(begin.probe()), probe(begin.probe()));
        } else if (next instanceof Step.End end) {
            code.emit(Op.END, workload.probe(end.probe()), probe(end.probe()));
        } else {
            return false;
        }
        return true;
    }

    /** The register for the begin of a label; the next one is for the work done by then, if parts of it are measured. */
    private int probe(String label) {
        int register = code.named("probe " + label);
        if (workload.source().goals().hasParts(label)) {
            code.named("work at probe " + label);
        }
        return register;
    }

    private void forEach(String threads, int op) {
        need(Need.SIGNAL_STOP);
        for (String path : scope.pathsOf(threads)) {
            code.emit(op, scope.paths.index(path));
        }
    }

    private int children(String thread) {
        return code.named("children " + thread);
    }

    private boolean kernel(Step next) {
        if (next instanceof Step.Critical critical) {
            need(Need.CRITICAL_SECTION);
            code.emit(Op.CRIT_ENTER);
            compileAll(critical.body());
            code.emit(Op.CRIT_EXIT);
        } else if (next instanceof Step.SpinLocked spin) {
            need(Need.SPIN_LOCK);
            int lock = scope.spinLocks.index(spin.lock());
            code.emit(Op.SPIN_LOCK, lock);
            compileAll(spin.body());
            code.emit(Op.SPIN_UNLOCK, lock);
        } else if (next instanceof Step.KernelMutex held) {
            need(Need.KERNEL_MUTEX);
            int mutex = scope.kernelMutexes.index(held.mutex());
            code.emit(Op.KMUTEX_LOCK, mutex);
            compileAll(held.body());
            code.emit(Op.KMUTEX_UNLOCK, mutex);
        } else if (next instanceof Step.Serialized serialized) {
            need(Need.SERIALIZER);
            int serializer = scope.serializers.index(serialized.serializer());
            code.emit(Op.SERIALIZER_ENTER, serializer);
            compileAll(serialized.body());
            code.emit(Op.SERIALIZER_LEAVE, serializer);
        } else {
            return false;
        }
        return true;
    }

    private void block(Step next) {
        if (next instanceof Step.Choose choose) {
            choose(choose);
            return;
        }
        if (next instanceof Step.LoopFor timed) {
            repeat(Op.TIMED_BEGIN, timed.elapsed(), Op.TIMED_END, timed.body());
            return;
        }
        Step.Loop loop = (Step.Loop) next;
        if (loop.count().equals(Dist.of(1))) {
            compileAll(loop.body());
            return;
        }
        repeat(Op.LOOP_BEGIN, loop.count(), Op.LOOP_END, loop.body());
    }

    private void repeat(int beginOp, Dist value, int endOp, List<Step> steps) {
        int register = code.register();
        int begin = code.here();
        code.emit(beginOp, register, code.value(value), 0);
        int body = code.here();
        compileAll(steps);
        code.emit(endOp, register, body);
        code.patch(begin + Op.operands(beginOp));
    }

    /** A draw, a jump to each branch, and the branches, each but the last with a jump behind it. */
    private void choose(Step.Choose choose) {
        List<Step.Branch> branches = choose.branches();
        List<Dist.Weighted> numbers = new ArrayList<>();
        for (int i = 0; i < branches.size(); i++) {
            numbers.add(new Dist.Weighted(branches.get(i).weight(), i));
        }
        code.emit(Op.CHOOSE, code.value(new Dist.Choice(numbers)));
        int table = code.here();
        branches.forEach(branch -> code.emit(Op.JUMP, 0));
        Ints ends = new Ints();
        for (int i = 0; i < branches.size(); i++) {
            code.patch(table + 2 * i + 1);
            compileAll(branches.get(i).body());
            if (i < branches.size() - 1) {
                ends.add(code.here() + 1);
                code.emit(Op.JUMP, 0);
            }
        }
        for (int end : ends.toArray()) {
            code.patch(end);
        }
    }

    private void need(Need need) {
        workload.needs.add(need);
    }

    private String user() {
        return "thread " + thread.name();
    }
}
