package dev.swtch.engine.exec;

import dev.swtch.engine.workload.DeviceEntry;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Machine;
import dev.swtch.machine.Mode;
import dev.swtch.machine.Next;
import dev.swtch.spi.BlockContract;
import dev.swtch.spi.InterruptHandler;
import dev.swtch.spi.ScheduleContract;
import dev.swtch.spi.block.WaitChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The workload's devices: what arrives from outside at fixed instants, and requests that are served one at a time. Both
 * raise the device's line; its handler then works, posts a semaphore per arrival, and wakes who waits for a request.
 */
final class Devices {
    private final Machine machine;
    private final KernelCalls kernel;
    private final WorkloadMachine owner;
    private final List<Line> lines = new ArrayList<>();

    private final Frame<Line> served = new Frame<>("DEVICE_SERVED", (cpu, line, a, b) -> finish(cpu, line));
    private final Frame<Line> finishMore = new Frame<>("DEVICE_FINISH", (cpu, line, a, b) -> finish(cpu, line));

    Devices(WorkloadMachine owner, KernelCalls kernel) {
        this.owner = owner;
        this.machine = owner.machine();
        this.kernel = kernel;
        for (DeviceEntry entry : owner.workload().devices()) {
            lines.add(new Line(entry, owner.channel(entry.name())));
        }
    }

    /** Event slots a workload's devices need: one for arrivals and one for completions each. */
    static int slots(int devices) {
        return 2 * devices;
    }

    /** Arms every device's first arrival; before the first CPU starts. */
    void start() {
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            line.arrivalSlot = 2 * i;
            machine.setDevice(2 * i, now -> arrive(line));
            machine.setDevice(2 * i + 1, now -> complete(line, now));
            line.nextArrivalNs = line.entry.nextArrivalNs(0, 0);
            armArrival(line);
        }
    }

    private void armArrival(Line line) {
        if (line.nextArrivalNs != DeviceEntry.NEVER && line.nextArrivalNs < owner.endNs()) {
            machine.armDevice(line.arrivalSlot, line.nextArrivalNs);
        } else {
            line.nextArrivalNs = DeviceEntry.NEVER;
        }
    }

    /** Whether a device may still wake somebody by itself. */
    boolean maySpeak() {
        for (Line line : lines) {
            if (line.nextArrivalNs != DeviceEntry.NEVER || !line.requests.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private void arrive(Line line) {
        long now = line.nextArrivalNs;
        line.arrived++;
        line.arrivals++;
        machine.raiseLine(line.entry.line(), line.entry.cpu(), now);
        line.nextArrivalNs = line.entry.nextArrivalNs(line.arrivals, now);
        armArrival(line);
    }

    /** A thread starts a request that takes the device a time. */
    void request(Cpu cpu, int device, Task task, long serviceNs) {
        Line line = lines.get(device);
        line.requests.add(new Request(task, serviceNs));
        if (line.requests.size() == 1) {
            machine.armDevice(line.arrivalSlot + 1, cpu.now() + serviceNs);
        }
    }

    private void complete(Line line, long now) {
        Request done = line.requests.remove();
        line.done.add(done);
        if (!line.requests.isEmpty()) {
            machine.armDevice(
                    line.arrivalSlot + 1, now + line.requests.element().serviceNs());
        }
        machine.raiseLine(line.entry.line(), line.entry.cpu(), now);
    }

    Next await(Cpu cpu, Task task, int device) {
        Line line = lines.get(device);
        task.waitsFor = "device " + line.entry.name();
        return kernel.blocking(cpu).await(cpu, line.channel, BlockContract.FOREVER);
    }

    /** What the scheduler calls to serve each device. */
    void attach(ScheduleContract scheduling) {
        for (Line line : lines) {
            InterruptHandler handler = (cpu, number) -> serve(cpu, line);
            scheduling.attachDevice(line.entry.line(), line.entry.cpu(), !line.entry.fast(), handler);
        }
    }

    private Next serve(Cpu cpu, Line line) {
        long ns = line.entry.handlerNs(line.served++);
        cpu.push(served, line);
        return ns > 0 ? cpu.work(Mode.KERNEL, ns) : Next.RETURN;
    }

    private Next finish(Cpu cpu, Line line) {
        if (!line.done.isEmpty()) {
            line.done.remove().task().ioDone = true;
            cpu.push(finishMore, line);
            return kernel.blocking(cpu).wake(cpu, line.channel, Integer.MAX_VALUE);
        }
        while (line.arrived > 0) {
            line.arrived--;
            int semaphore = line.entry.postedSemaphore();
            if (semaphore >= 0 && owner.interpreter().user().post(semaphore)) {
                cpu.push(finishMore, line);
                return owner.interpreter().user().wakePosted(cpu, semaphore);
            }
        }
        return Next.RETURN;
    }

    private record Request(Task task, long serviceNs) {}

    private static final class Line {
        final DeviceEntry entry;
        final WaitChannel channel;
        final ArrayDeque<Request> requests = new ArrayDeque<>();
        final ArrayDeque<Request> done = new ArrayDeque<>();
        int arrivalSlot;
        long nextArrivalNs;
        long arrivals;
        long arrived;
        long served;

        Line(DeviceEntry entry, WaitChannel channel) {
            this.entry = entry;
            this.channel = channel;
        }
    }
}
