package dev.swtch.spi.simple;

import dev.swtch.machine.Arrival;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Kernel;
import dev.swtch.machine.Machine;
import dev.swtch.machine.Mode;
import dev.swtch.machine.Next;
import dev.swtch.machine.Pmap;
import dev.swtch.machine.cost.CostModel;
import dev.swtch.machine.topology.TopologySpec;
import dev.swtch.spi.Foresight;
import dev.swtch.spi.SchedulerContext;
import dev.swtch.spi.plugin.Tunables;
import dev.swtch.spi.thread.KThread;
import dev.swtch.spi.thread.Process;
import dev.swtch.spi.thread.ThreadClass;
import dev.swtch.spi.thread.ThreadSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A simple scheduler on a machine where nothing costs anything, with threads whose steps a test writes down. */
final class Bench implements Kernel {
    final Machine machine;
    final SimpleScheduler scheduler;
    final List<String> log = new ArrayList<>();

    private final Process process;
    private final List<KThread> threads = new ArrayList<>();
    private final Frame<Body> next = new Frame<>("STEP", (cpu, body, a, b) -> step(cpu, body));

    Bench(String topology, Policy policy) {
        machine = new Machine(TopologySpec.parse(topology), CostModel.zero(), 4);
        scheduler = new SimpleScheduler(
                new SchedulerContext(machine, Tunables.of(List.of(), Map.of()), 1, Foresight.REFUSED), policy);
        process = new Process(1, "test", new Pmap(1, machine.cpuCount()));
        machine.install(this);
    }

    /** A thread that does the steps and leaves; "name@time" is logged when it has. */
    KThread thread(String name, ThreadClass threadClass, Step... steps) {
        Body body = new Body(name, Arrays.asList(steps));
        @Nullable Process own = threadClass.isUser() ? process : null;
        ThreadSpec spec = new ThreadSpec(threads.size(), name, own, threadClass, 0, 0, null);
        KThread thread = scheduler.scheduling().create(machine.cpu(0), spec, cpu -> step(cpu, body));
        threads.add(thread);
        return thread;
    }

    KThread user(String name, Step... steps) {
        return thread(name, ThreadClass.TIMESHARE, steps);
    }

    /** Starts the machine: a kernel thread releases all others in order and leaves. */
    void run(long untilNs) {
        int count = threads.size();
        Step[] releases = new Step[count];
        for (int i = 0; i < count; i++) {
            KThread thread = threads.get(i);
            releases[i] = cpu -> scheduler.scheduling().release(cpu, thread);
        }
        KThread starter = thread("starter", ThreadClass.KERNEL, releases);
        first = starter;
        for (int cpu = 0; cpu < machine.cpuCount(); cpu++) {
            machine.startCpu(cpu, 0);
        }
        machine.run(untilNs);
        log.remove("starter@0");
    }

    private @Nullable KThread first;

    private Next step(Cpu cpu, Body body) {
        scheduler.check(cpu);
        if (body.at == body.steps.size()) {
            log.add(body.name + "@" + cpu.now());
            return scheduler.throwing().exit(cpu);
        }
        cpu.push(next, body);
        return body.steps.get(body.at++).run(cpu);
    }

    Step work(long ns) {
        return cpu -> {
            cpu.push(returns);
            return cpu.work(((KThread) cpu.current()).spec().threadClass().isUser() ? Mode.USER : Mode.KERNEL, ns);
        };
    }

    private final Frame<Object> returns = new Frame<>("WORKED", (cpu, ref, a, b) -> Next.RETURN);

    /** A system call: what it does, then the way back to user mode. */
    Step call(Step inside) {
        return cpu -> {
            cpu.push(back);
            return inside.run(cpu);
        };
    }

    private final Frame<Object> back = new Frame<>("BACK", (cpu, ref, a, b) -> userReturn(cpu));

    private Next userReturn(Cpu cpu) {
        return scheduler.preemption().returnToUser(cpu);
    }

    Step note(String what) {
        return cpu -> {
            log.add(what + "@" + cpu.now());
            return Next.RETURN;
        };
    }

    @Override
    public Next interrupt(Cpu cpu, int vector, Arrival arrival) {
        return scheduler.preemption().interrupt(cpu, vector, arrival);
    }

    @Override
    public Next start(Cpu cpu) {
        return scheduler.throwing().start(cpu, cpu.id() == 0 ? first : null);
    }

    @FunctionalInterface
    interface Step {
        Next run(Cpu cpu);
    }

    private static final class Body {
        final String name;
        final List<Step> steps;
        int at;

        Body(String name, List<Step> steps) {
            this.name = name;
            this.steps = steps;
        }
    }
}
