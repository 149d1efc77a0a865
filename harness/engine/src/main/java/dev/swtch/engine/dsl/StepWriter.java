package dev.swtch.engine.dsl;

import dev.swtch.engine.workload.Dist;
import dev.swtch.engine.workload.MissPolicy;
import dev.swtch.engine.workload.SpinTarget;
import dev.swtch.engine.workload.Step;
import dev.swtch.spi.thread.ThreadClass;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes steps, one a line, those inside others further to the right. */
final class StepWriter {
    private final StringBuilder out;

    StepWriter(StringBuilder out) {
        this.out = out;
    }

    /** The steps under a key that has been written without a value. */
    void write(List<Step> steps, int indent) {
        if (steps.isEmpty()) {
            out.append(" []\n");
            return;
        }
        out.append('\n');
        for (Step written : steps) {
            Step step = written instanceof Step.Placed placed ? placed.step() : written;
            out.append(" ".repeat(indent)).append("- ");
            String simple = work(step);
            simple = simple.isEmpty() ? meeting(step) : simple;
            simple = simple.isEmpty() ? self(step) : simple;
            if (simple.isEmpty()) {
                block(step, indent);
            } else {
                out.append(simple).append('\n');
            }
        }
    }

    private static String work(Step step) {
        if (step instanceof Step.Compute compute) {
            return "compute: " + Words.time(compute.work());
        } else if (step instanceof Step.KernelWork work) {
            return "kernel: " + Words.time(work.work());
        } else if (step instanceof Step.RunFor run) {
            return "loop: {for: " + Words.time(run.elapsed()) + ", do: [{compute: " + Words.time(run.slice()) + "}]}";
        } else if (step instanceof Step.Sleep sleep) {
            return "sleep: " + Words.time(sleep.span());
        } else if (step instanceof Step.Timer timer) {
            return timer(timer);
        } else if (step instanceof Step.DeviceIo io) {
            return "io: {device: " + Words.text(io.device()) + ", service: " + Words.time(io.service()) + "}";
        }
        return "";
    }

    private static String timer(Step.Timer timer) {
        String period = Words.time(timer.period());
        String missed = missed(timer.policy());
        String name = timer.timer();
        if (name != null) {
            String key = timer.perThread() ? "own" : "timer";
            return "timer: {" + key + ": " + Words.text(name) + ", period: " + period + missed + "}";
        }
        return missed.isEmpty() ? "every: " + period : "every: {period: " + period + missed + "}";
    }

    private static String missed(MissPolicy policy) {
        return switch (policy) {
            case RELATIVE -> ", missed: restart";
            case CATCH_UP -> ", missed: catch-up";
            case SKIP -> "";
        };
    }

    private static String meeting(Step step) {
        if (step instanceof Step.Lock lock) {
            return "lock: " + Words.text(lock.mutex());
        } else if (step instanceof Step.Unlock unlock) {
            return "unlock: " + Words.text(unlock.mutex());
        } else if (step instanceof Step.Wait wait) {
            return "wait: {cond: " + Words.text(wait.condition()) + ", mutex: " + Words.text(wait.mutex())
                    + timeout(wait.timeout()) + "}";
        } else if (step instanceof Step.Signal signal) {
            return "signal: " + Words.text(signal.condition());
        } else if (step instanceof Step.Broadcast broadcast) {
            return "broadcast: " + Words.text(broadcast.condition());
        } else if (step instanceof Step.Barrier barrier) {
            return "barrier: " + Words.text(barrier.barrier());
        } else if (step instanceof Step.Post post) {
            return "post: " + Words.text(post.semaphore());
        } else if (step instanceof Step.Pend pend) {
            return "pend: " + Words.text(pend.semaphore());
        } else if (step instanceof Step.SpinUntil spin) {
            String kind = spin.target() == SpinTarget.BARRIER ? "barrier: " : "sem: ";
            return "spin-until: {" + kind + Words.text(spin.object()) + ", look: " + Words.time(spin.look()) + "}";
        } else if (step instanceof Step.Suspend suspend) {
            return "suspend: " + Words.text(suspend.name());
        } else if (step instanceof Step.Resume resume) {
            return "resume: " + Words.text(resume.name());
        }
        return "";
    }

    private static String timeout(@Nullable Dist timeout) {
        return timeout == null ? "" : ", timeout: " + Words.time(timeout);
    }

    private static String self(Step step) {
        if (step instanceof Step.Fork fork) {
            return "fork: {thread: " + Words.text(fork.thread()) + ", count: " + Words.count(fork.count())
                    + (fork.limit() > 0 ? ", limit: " + fork.limit() : "") + "}";
        } else if (step instanceof Step.Join join) {
            return "join: " + Words.text(join.thread());
        } else if (step instanceof Step.SetNice nice) {
            return "set: {nice: " + nice.nice() + "}";
        } else if (step instanceof Step.SetAffinity affinity) {
            return "set: {affinity: " + Words.cpus(affinity.cpus()) + "}";
        } else if (step instanceof Step.SetClass set) {
            boolean ranked = set.threadClass() == ThreadClass.REALTIME || set.rank() > 0;
            String rank = ranked ? ", priority: " + set.rank() : "";
            return "set: {class: " + set.threadClass().name().toLowerCase(Locale.ROOT) + rank + "}";
        } else if (step instanceof Step.Bind bind) {
            return "bind: " + bind.cpu();
        } else if (step instanceof Step.Stop stop) {
            return "stop: " + Words.text(stop.thread());
        } else if (step instanceof Step.Continue go) {
            return "continue: " + Words.text(go.thread());
        } else if (step instanceof Step.Ipi ipi) {
            String to = ipi.cpu() == Step.Ipi.ALL_BUT_SELF ? StepReader.ALL_BUT_SELF : Integer.toString(ipi.cpu());
            return "ipi: {to: " + to + ", cost: " + Words.time(ipi.handler()) + "}";
        } else if (step instanceof Step.Begin begin) {
            return "begin: " + Words.text(begin.probe());
        } else if (step instanceof Step.End end) {
            return "end: " + Words.text(end.probe());
        } else if (step instanceof Step.Unbind) {
            return "unbind";
        } else if (step instanceof Step.Yield) {
            return "yield";
        }
        return step instanceof Step.Exit ? "exit" : "";
    }

    private void block(Step step, int indent) {
        String margin = " ".repeat(indent + 4);
        if (step instanceof Step.Critical critical) {
            out.append("critical:");
            write(critical.body(), indent + 4);
            return;
        }
        if (step instanceof Step.Choose choose) {
            out.append("choose:\n");
            for (Step.Branch branch : choose.branches()) {
                out.append(margin).append("- - ").append(branch.weight()).append('\n');
                out.append(margin).append("  -");
                write(branch.body(), indent + 8);
            }
            return;
        }
        if (step instanceof Step.PendWithin pend) {
            out.append("pend:\n").append(margin).append("sem: ").append(Words.text(pend.semaphore()));
            within(pend.timeout(), pend.body(), pend.otherwise(), indent);
            return;
        }
        if (step instanceof Step.LockWithin lock) {
            out.append("lock:\n").append(margin).append("mutex: ").append(Words.text(lock.mutex()));
            within(lock.timeout(), lock.body(), lock.otherwise(), indent);
            return;
        }
        List<Step> body = List.of();
        if (step instanceof Step.Loop loop) {
            boolean forever = loop.count().equals(Step.Loop.FOREVER);
            out.append("loop:\n").append(margin);
            out.append(forever ? "forever: true" : "times: " + Words.count(loop.count()));
            body = loop.body();
        } else if (step instanceof Step.LoopFor timed) {
            out.append("loop:\n").append(margin).append("for: ").append(Words.time(timed.elapsed()));
            body = timed.body();
        } else if (step instanceof Step.SpinLocked spin) {
            out.append("spinlock:\n").append(margin).append("lock: ").append(Words.text(spin.lock()));
            body = spin.body();
        } else if (step instanceof Step.KernelMutex held) {
            out.append("kmutex:\n").append(margin).append("mutex: ").append(Words.text(held.mutex()));
            body = held.body();
        } else if (step instanceof Step.Serialized inside) {
            out.append("serializer:\n").append(margin).append("token: ").append(Words.text(inside.serializer()));
            body = inside.body();
        }
        out.append('\n').append(margin).append("do:");
        write(body, indent + 6);
    }

    private void within(Dist timeout, List<Step> body, List<Step> otherwise, int indent) {
        String margin = " ".repeat(indent + 4);
        out.append('\n').append(margin).append("timeout: ").append(Words.time(timeout));
        out.append('\n').append(margin).append("do:");
        write(body, indent + 6);
        if (!otherwise.isEmpty()) {
            out.append(margin).append("else:");
            write(otherwise, indent + 6);
        }
    }
}
