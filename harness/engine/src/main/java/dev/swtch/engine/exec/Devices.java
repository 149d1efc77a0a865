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
import org.jspecify.annotations.Nullable;

/**
 * The workload's devices: what arrives from outside at fixed instants, and requests that its servers serve one at a time each. Both
 * raise the device's line; its handler then works, posts a semaphore per arrival, and wakes who waits for a request.
 */
final class Devices {
    private final Machine machine;
    private final KernelCalls kernel;
    private final WorkloadMachine owner;
    private final List<Line> lines = new ArrayList<>();

    private final Frame<Line> served = new Frame<>("DEVICE_SERVED", (cpu, line, a, ns) -> served(cpu, line, ns));
    private final Frame<Line> finishMore = new Frame<>("DEVICE_FINISH", (cpu, line, a, b) -> finish(cpu, line));

    Devices(WorkloadMachine owner, KernelCalls kernel) {
        this.owner = owner;
        this.machine = owner.machine();
        this.kernel = kernel;
        for (DeviceEntry entry : owner.workload().devices()) {
            lines.add(new Line(entry, owner.channel("device " + entry.name())));
        }
    }

    /** Event slots a workload's devices need: one for arrivals, and one for completions of each server. */
    static int slots(List<DeviceEntry> devices) {
        return devices.stream().mapToInt(device -> 1 + device.servers()).sum();
    }

    /** Arms every device's first arrival; before the first CPU starts. */
    void start() {
        int slot = 0;
        for (Line line : lines) {
            line.arrivalSlot = slot++;
            machine.setDevice(line.arrivalSlot, now -> arrive(line));
            for (int server = 0; server < line.serving.length; server++) {
                int free = server;
                machine.setDevice(slot++, now -> complete(line, free, now));
            }
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
            if (line.nextArrivalNs != DeviceEntry.NEVER || line.busy > 0) {
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
        Request request = new Request(task, serviceNs);
        int server = 0;
        while (server < line.serving.length && line.serving[server] != null) {
            server++;
        }
        if (server == line.serving.length) {
            line.requests.add(request);
        } else {
            line.busy++;
            serve(line, server, request, cpu.now());
        }
    }

    private void serve(Line line, int server, Request request, long now) {
        line.serving[server] = request;
        machine.armDevice(line.arrivalSlot + 1 + server, now + request.serviceNs());
    }

    private void complete(Line line, int server, long now) {
        Request done = line.serving[server];
        if (done == null) {
            throw new IllegalStateException(line.entry.name() + " ends a request that it has not begun");
        }
        line.done.add(done);
        line.serving[server] = null;
        Request next = line.requests.poll();
        if (next == null) {
            line.busy--;
        } else {
            serve(line, server, next, now);
        }
        machine.raiseLine(line.entry.line(), line.entry.cpu(), now);
    }

    Next await(Cpu cpu, Task task, int device) {
        Line line = lines.get(device);
        task.waitsFor = line.channel.name();
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
        cpu.push(served, line, 0, ns);
        return ns > 0 ? cpu.work(Mode.KERNEL, ns) : Next.RETURN;
    }

    private Next served(Cpu cpu, Line line, long ns) {
        Task.handled(cpu, ns);
        return finish(cpu, line);
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
        /** What each server is at; null if it is free. */
        final @Nullable Request[] serving;

        final ArrayDeque<Request> requests = new ArrayDeque<>();
        final ArrayDeque<Request> done = new ArrayDeque<>();
        int busy;
        int arrivalSlot;
        long nextArrivalNs;
        long arrivals;
        long arrived;
        long served;

        Line(DeviceEntry entry, WaitChannel channel) {
            this.entry = entry;
            this.channel = channel;
            this.serving = new Request[entry.servers()];
        }
    }
}
