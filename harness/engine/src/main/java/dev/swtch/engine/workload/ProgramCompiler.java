package dev.swtch.engine.workload;

import dev.swtch.spi.thread.ThreadClass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Turns the steps of one kind of thread into code. The steps have been checked: every name exists. */
final class ProgramCompiler {
    private final WorkloadCompiler workload;
    private final Scope scope;
    private final ThreadKind thread;
    private final DrawsBuilder sites;
    private final Ints code = new Ints();
    private final Longs longs = new Longs();
    private final Map<String, Integer> namedRegisters = new HashMap<>();
    private int registers;
    private int step;

    ProgramCompiler(WorkloadCompiler workload, ThreadKind thread, DrawsBuilder sites) {
        this.workload = workload;
        this.scope = workload.scope();
        this.thread = thread;
        this.sites = sites;
    }

    Program finish(Draws draws) {
        emit(Op.EXIT);
        return new Program(thread.name(), code.toArray(), longs.toArray(), registers, draws);
    }

    void compileAll(List<Step> steps) {
        for (Step written : steps) {
            Step next = Step.Placed.bare(written);
            if (!(work(next) || meeting(next) || attribute(next) || kernel(next))) {
                block(next);
            }
        }
    }

    private boolean work(Step next) {
        if (next instanceof Step.Compute compute) {
            emit(thread.threadClass().isUser() ? Op.COMPUTE : Op.KERNEL_WORK, value(compute.work()));
        } else if (next instanceof Step.KernelWork work) {
            emit(Op.KERNEL_WORK, value(work.work()));
        } else if (next instanceof Step.RunFor runtime) {
            emit(Op.RUNTIME, value(runtime.elapsed()), value(runtime.slice()), registers++);
        } else if (next instanceof Step.Sleep sleep) {
            emit(Op.SLEEP, value(sleep.span()));
        } else if (next instanceof Step.Timer timer) {
            timer(timer);
        } else if (next instanceof Step.DeviceIo io) {
            emit(Op.DEVICE_IO, scope.devices.index(io.device()), value(io.service()));
        } else if (next instanceof Step.Yield) {
            emit(Op.YIELD);
        } else if (next instanceof Step.Exit) {
            emit(Op.EXIT);
        } else {
            return false;
        }
        return true;
    }

    private void timer(Step.Timer timer) {
        String name = timer.timer();
        int shared = name == null || timer.perThread() ? -1 : scope.timers.index(name);
        int register = shared >= 0 ? 0 : name == null ? registers++ : named("timer " + name);
        emit(Op.TIMER, shared, register, value(timer.period()), timer.policy().ordinal());
    }

    private boolean meeting(Step next) {
        if (next instanceof Step.Lock lock) {
            lock(lock.mutex());
        } else if (next instanceof Step.Unlock unlock) {
            unlock(unlock.mutex());
        } else if (next instanceof Step.Wait wait) {
            await(wait);
        } else if (next instanceof Step.Signal signal) {
            emit(Op.SIGNAL, scope.conditions.index(signal.condition()));
        } else if (next instanceof Step.Broadcast broadcast) {
            emit(Op.BROADCAST, scope.conditions.index(broadcast.condition()));
        } else if (next instanceof Step.Barrier barrier) {
            emit(Op.BARRIER, scope.barriers.index(barrier.barrier()));
        } else if (next instanceof Step.Post post) {
            emit(Op.SEM_POST, scope.semaphores.index(post.semaphore()));
        } else if (next instanceof Step.Pend pend) {
            pend(pend);
        } else if (next instanceof Step.SpinUntil spin) {
            Names names = spin.target() == SpinTarget.BARRIER ? scope.barriers : scope.semaphores;
            int look = value(spin.look());
            emit(Op.SPIN_UNTIL, spin.target().ordinal(), names.index(spin.object()), look, registers++);
        } else if (next instanceof Step.Suspend suspend) {
            lock(suspend.name());
            int mutex = scope.mutexes.index(suspend.name());
            emit(Op.WAIT, scope.conditions.index(suspend.name()), mutex);
            unlock(suspend.name());
        } else if (next instanceof Step.Resume resume) {
            lock(resume.name());
            emit(Op.BROADCAST, scope.conditions.index(resume.name()));
            unlock(resume.name());
        } else {
            return false;
        }
        return true;
    }

    private void await(Step.Wait wait) {
        int condition = scope.conditions.index(wait.condition());
        int mutex = scope.mutexes.index(wait.mutex());
        Dist timeout = wait.timeout();
        if (timeout == null) {
            emit(Op.WAIT, condition, mutex);
        } else {
            emit(Op.WAIT_TIMED, condition, mutex, value(timeout));
        }
    }

    private void pend(Step.Pend pend) {
        int semaphore = scope.semaphores.index(pend.semaphore());
        Dist timeout = pend.timeout();
        if (timeout == null) {
            emit(Op.SEM_WAIT, semaphore);
        } else {
            emit(Op.SEM_WAIT_TIMED, semaphore, value(timeout));
        }
    }

    private void lock(String name) {
        int index = scope.mutexes.index(name);
        ObjectTables.Mutex mutex = workload.source().objects().mutexes().get(index);
        switch (mutex.protocol()) {
            case INHERIT -> need(Need.USER_PI_MUTEX);
            case CEILING -> {
                workload.needClass(ThreadClass.REALTIME, mutex.ceiling());
                emit(Op.CEILING_RAISE, mutex.ceiling());
            }
            case NONE -> {}
        }
        emit(Op.LOCK, index);
    }

    private void unlock(String name) {
        int index = scope.mutexes.index(name);
        ObjectTables.Mutex mutex = workload.source().objects().mutexes().get(index);
        emit(Op.UNLOCK, index);
        if (mutex.protocol() == ObjectTables.Protocol.CEILING) {
            emit(Op.CEILING_DROP, mutex.ceiling());
        }
    }

    private boolean attribute(Step next) {
        if (next instanceof Step.SetNice nice) {
            need(Need.NICE);
            emit(Op.SET_NICE, nice.nice());
        } else if (next instanceof Step.SetAffinity affinity) {
            need(Need.AFFINITY);
            emit(Op.SET_AFFINITY, workload.affinities.set(affinity.cpus(), user(), thread.place()));
        } else if (next instanceof Step.SetClass set) {
            workload.needClass(set.threadClass(), set.rank());
            emit(Op.SET_CLASS, set.threadClass().ordinal(), set.rank());
        } else if (next instanceof Step.Bind bind) {
            need(Need.BIND);
            workload.affinities.use(bind.cpu(), user(), thread.place());
            emit(Op.BIND, bind.cpu());
        } else if (next instanceof Step.Unbind) {
            emit(Op.UNBIND);
        } else if (next instanceof Step.Fork fork) {
            need(Need.FORK);
            int entry = workload.onDemandEntry(fork.thread());
            emit(
                    Op.FORK,
                    entry,
                    value(fork.count()),
                    named("fork " + fork.thread()),
                    fork.limit(),
                    children(fork.thread()));
        } else if (next instanceof Step.Join join) {
            emit(Op.JOIN, workload.joinGroup(join.thread()), children(join.thread()));
        } else if (next instanceof Step.Stop stop) {
            forEach(stop.thread(), Op.STOP);
        } else if (next instanceof Step.Continue go) {
            forEach(go.thread(), Op.CONTINUE);
        } else if (next instanceof Step.Ipi ipi) {
            need(Need.IPI);
            if (ipi.cpu() != Step.Ipi.ALL_BUT_SELF) {
                workload.affinities.use(ipi.cpu(), user(), thread.place());
            }
            emit(Op.IPI, ipi.cpu(), value(ipi.handler()));
        } else if (next instanceof Step.Begin begin) {
            emit(Op.BEGIN, workload.probe(begin.probe()), probe(begin.probe()));
        } else if (next instanceof Step.End end) {
            emit(Op.END, workload.probe(end.probe()), probe(end.probe()));
        } else {
            return false;
        }
        return true;
    }

    /** The register for the begin of a label; the next one is for the work done by then, if parts of it are measured. */
    private int probe(String label) {
        int register = named("probe " + label);
        if (workload.source().goals().hasParts(label)) {
            named("work at probe " + label);
        }
        return register;
    }

    private void forEach(String threads, int op) {
        need(Need.SIGNAL_STOP);
        for (String path : scope.pathsOf(threads)) {
            emit(op, scope.paths.index(path));
        }
    }

    private int children(String thread) {
        return named("children " + thread);
    }

    private boolean kernel(Step next) {
        if (next instanceof Step.Critical critical) {
            need(Need.CRITICAL_SECTION);
            emit(Op.CRIT_ENTER);
            compileAll(critical.body());
            emit(Op.CRIT_EXIT);
        } else if (next instanceof Step.SpinLocked spin) {
            need(Need.SPIN_LOCK);
            int lock = scope.spinLocks.index(spin.lock());
            emit(Op.SPIN_LOCK, lock);
            compileAll(spin.body());
            emit(Op.SPIN_UNLOCK, lock);
        } else if (next instanceof Step.KernelMutex held) {
            need(Need.KERNEL_MUTEX);
            int mutex = scope.kernelMutexes.index(held.mutex());
            emit(Op.KMUTEX_LOCK, mutex);
            compileAll(held.body());
            emit(Op.KMUTEX_UNLOCK, mutex);
        } else if (next instanceof Step.Serialized serialized) {
            need(Need.SERIALIZER);
            int serializer = scope.serializers.index(serialized.serializer());
            emit(Op.SERIALIZER_ENTER, serializer);
            compileAll(serialized.body());
            emit(Op.SERIALIZER_LEAVE, serializer);
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
        int register = registers++;
        int begin = code.size();
        emit(beginOp, register, value(value), 0);
        int body = code.size();
        compileAll(steps);
        emit(endOp, register, body);
        code.set(begin + Op.operands(beginOp), code.size());
    }

    /** A draw, a jump to each branch, and the branches, each but the last with a jump behind it. */
    private void choose(Step.Choose choose) {
        List<Step.Branch> branches = choose.branches();
        List<Dist.Weighted> numbers = new ArrayList<>();
        for (int i = 0; i < branches.size(); i++) {
            numbers.add(new Dist.Weighted(branches.get(i).weight(), i));
        }
        emit(Op.CHOOSE, value(new Dist.Choice(numbers)));
        int table = code.size();
        branches.forEach(branch -> emit(Op.JUMP, 0));
        Ints ends = new Ints();
        for (int i = 0; i < branches.size(); i++) {
            code.set(table + 2 * i + 1, code.size());
            compileAll(branches.get(i).body());
            if (i < branches.size() - 1) {
                ends.add(code.size() + 1);
                emit(Op.JUMP, 0);
            }
        }
        for (int end : ends.toArray()) {
            code.set(end, code.size());
        }
    }

    /** The operand for a value. Must be called before the operation itself is emitted: it counts the same step. */
    private int value(Dist dist) {
        if (dist instanceof Dist.Constant constant) {
            return longs.intern(constant.value());
        }
        return ~sites.site(dist, step, registers++);
    }

    private int named(String name) {
        Integer known = namedRegisters.get(name);
        if (known != null) {
            return known;
        }
        namedRegisters.put(name, registers);
        return registers++;
    }

    private void emit(int op, int... operands) {
        code.add(op);
        for (int operand : operands) {
            code.add(operand);
        }
        step++;
    }

    private void need(Need need) {
        workload.needs.add(need);
    }

    private String user() {
        return "thread " + thread.name();
    }
}
