package dev.swtch.machine;

import dev.swtch.machine.cost.CostModel;
import dev.swtch.machine.topology.TopologySpec;
import java.util.ArrayList;
import java.util.List;

/**
 * A machine with a kernel that does only what a test writes down: each CPU starts with a context that runs a script and
 * then halts for good.
 */
final class Rig implements Kernel {
    final Machine machine;
    final List<String> log = new ArrayList<>();

    /** What an interrupt does above the frame that returns from it; by default it is only logged. */
    Handler handler = (cpu, vector, arrival) -> Next.RETURN;

    private final Frame<Object> halt = new Frame<>("HALT", (cpu, ref, a, b) -> halt(cpu));
    private final Script[] scripts;
    private int slots;

    Rig(String topology, CostModel costs) {
        machine = new Machine(TopologySpec.parse(topology), costs, 16);
        machine.install(this);
        scripts = new Script[machine.cpuCount()];
    }

    Cpu cpu(int id) {
        return machine.cpu(id);
    }

    /** Starts a CPU at 0 with a context of its own that runs the script. */
    Job boot(int cpu, Script script) {
        return bootAt(cpu, 0, script);
    }

    Job bootAt(int cpu, long atNs, Script script) {
        scripts[cpu] = script;
        machine.startCpu(cpu, atNs);
        return firstJobs(cpu);
    }

    private Job firstJobs(int cpu) {
        Job job = new Job(cpu, "cpu" + cpu, this, scripts[cpu]);
        cpu(cpu).setArea(job);
        return job;
    }

    /** A context that runs a script when it is loaded first. */
    Job job(int number, Script script) {
        return new Job(number, "job" + number, this, script);
    }

    /** Something from outside happens at an instant. */
    void at(long timeNs, Machine.Device what) {
        int slot = slots++;
        machine.setDevice(slot, what);
        machine.armDevice(slot, timeNs);
    }

    /** A frame that runs a script. */
    Frame<Object> frame(String name, Script script) {
        return new Frame<>(name, (cpu, ref, a, b) -> script.run(cpu));
    }

    void note(String what, Cpu cpu) {
        log.add(what + "@" + cpu.now());
    }

    Next halt(Cpu cpu) {
        cpu.push(halt);
        return cpu.halt();
    }

    @Override
    public Next interrupt(Cpu cpu, int vector, Arrival arrival) {
        log.add("v" + vector + " " + arrival + "@" + cpu.now());
        return handler.take(cpu, vector, arrival);
    }

    @Override
    public Next start(Cpu cpu) {
        Object first = cpu.area();
        if (first == null) {
            throw cpu.violation("no-script", "a CPU without script was started");
        }
        return cpu.load((Job) first);
    }

    @FunctionalInterface
    interface Script {
        Next run(Cpu cpu);
    }

    @FunctionalInterface
    interface Handler {
        Next take(Cpu cpu, int vector, Arrival arrival);
    }

    /** A context that a script is. */
    static final class Job extends Context {
        private final String name;

        Job(int number, String name, Rig rig, Script script) {
            super(number);
            this.name = name;
            start(new Landing<>("JOB", (cpu, previous, ref, a, b) -> script.run(cpu)), rig);
        }

        @Override
        public String name() {
            return name;
        }
    }
}
