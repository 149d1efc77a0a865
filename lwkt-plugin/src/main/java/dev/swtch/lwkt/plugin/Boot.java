package dev.swtch.lwkt.plugin;

import static dev.swtch.lwkt.sys.Kassert.kkassert;

import dev.swtch.lwkt.kern.IdleRest;
import dev.swtch.lwkt.kern.LwktKernel;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.Tdpri;
import dev.swtch.lwkt.sys.Wait;
import dev.swtch.lwkt.usched.UserScheduler;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;
import dev.swtch.spi.InterruptHandler;
import dev.swtch.spi.thread.ThreadBody;
import dev.swtch.spi.thread.ThreadClass;
import dev.swtch.spi.thread.ThreadSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the kernel starts, on top of the first CPU's idle thread: softclock, task queue and user scheduler helper of every CPU, the
 * interrupt threads of the first CPU's devices, {@code schedcpu}, then the thread that starts the workload. Also how an
 * idle CPU rests.
 */
final class Boot implements IdleRest {
    /** {@code machdep.cpu_idle_repeat}: idle passes in a row after which a CPU halts deeply. */
    private static final int CPU_IDLE_REPEAT = 750;

    private final Threads threads;
    private final List<Device> devices = new ArrayList<>();
    private @Nullable LwktKernel kernel;
    private @Nullable UserScheduler usched;
    private @Nullable LwktThread starter;
    private boolean booted;

    private final Frame<Object> softclocks = new Frame<>("BOOT_SOFTCLOCK", this::softclocks);
    private final Frame<Object> taskqueues = new Frame<>("BOOT_TASKQUEUE", this::taskqueues);
    private final Frame<Object> helpers = new Frame<>("BOOT_HELPER", this::helpers);
    private final Frame<Object> served = new Frame<>("INTR_SERVED", Boot::served);
    private final Frame<Object> workload = new Frame<>("BOOT_WORKLOAD", (cpu, ref, a, b) -> startWorkload(cpu));
    private final Frame<Object> interrupts = new Frame<>("BOOT_INTERRUPTS", this::interrupts);

    Boot(Threads threads) {
        this.threads = threads;
    }

    /** A device and how it is served. */
    private record Device(int line, int cpu, boolean threaded, InterruptHandler handler) {}

    void attach(LwktKernel k, UserScheduler scheduler) {
        kernel = k;
        usched = scheduler;
    }

    private LwktKernel k() {
        LwktKernel k = kernel;
        if (k == null) {
            throw new IllegalStateException("the kernel is not made yet");
        }
        return k;
    }

    /** {@code register_int}, once the kernel runs. */
    void addDevice(int line, int cpu, boolean threaded, InterruptHandler handler) {
        devices.add(new Device(line, cpu, threaded, handler));
    }

    /** The thread that starts the workload, made before the kernel runs. */
    LwktThread makeStarter(ThreadSpec spec, ThreadBody body) {
        LwktThread td = new LwktThread(spec, body, k().gd(0));
        starter = td;
        return td;
    }

    boolean hasStarter() {
        return starter != null;
    }

    // ---- an idle CPU --------------------------------------------------------------------------------------------

    /**
     * {@code cpu_idle}, platform/pc64/x86_64/machdep.c, between two turns of its loop: waits for a write to its request
     * flags or an interrupt; halts deeply after many turns without work. With contended threads on the queue it looks
     * again and again.
     */
    @Override
    public Next rest(Globaldata gd, boolean nothingPending) {
        if (gd.cpuid == 0 && !booted) {
            booted = true;
            return softclocks(gd.cpu, gd, 0, 0);
        }
        if (!nothingPending) {
            return gd.tdrunqcount != 0 ? gd.waitIn(Wait.SPIN) : Next.RETURN;
        }
        return gd.idleRepeat < CPU_IDLE_REPEAT ? gd.cpu.monitor() : gd.cpu.halt();
    }

    // ---- boot ---------------------------------------------------------------------------------------------------

    private Next softclocks(Cpu cpu, Object ref, int i, long b) {
        LwktKernel k = k();
        if (i == k.ncpus()) {
            return taskqueues(cpu, cpu, 0, 0);
        }
        if (cpu.pathIsLong()) {
            cpu.push(softclocks, i, 0);
            return cpu.park();
        }
        cpu.push(softclocks, i + 1, 0);
        LwktThread td = threads.kernelStructure("softclock" + i, ThreadClass.KERNEL);
        return k.timeout.softclockSetup(Globaldata.of(cpu), i, td, td.comm);
    }

    private Next taskqueues(Cpu cpu, Object ref, int i, long b) {
        LwktKernel k = k();
        if (i == k.ncpus()) {
            return helpers(cpu, cpu, 0, 0);
        }
        if (cpu.pathIsLong()) {
            cpu.push(taskqueues, i, 0);
            return cpu.park();
        }
        cpu.push(taskqueues, i + 1, 0);
        LwktThread td = threads.kernelStructure("taskq" + i, ThreadClass.KERNEL);
        return k.reaper.setup(Globaldata.of(cpu), i, td, td.comm);
    }

    private Next helpers(Cpu cpu, Object ref, int i, long b) {
        UserScheduler scheduler = usched;
        if (scheduler == null || i == k().ncpus()) {
            return interrupts(cpu, cpu, 0, 0);
        }
        if (cpu.pathIsLong()) {
            cpu.push(helpers, i, 0);
            return cpu.park();
        }
        cpu.push(helpers, i + 1, 0);
        return scheduler.createHelper(Globaldata.of(cpu), i, "usched" + i);
    }

    private Next interrupts(Cpu cpu, Object ref, int i, long b) {
        if (i == devices.size()) {
            cpu.push(workload);
            return k().schedcpu.schedSetup(Globaldata.of(cpu));
        }
        cpu.push(interrupts, i + 1, 0);
        Device device = devices.get(i);
        LwktKernel k = k();
        if (!device.threaded) {
            k.gd(device.cpu).intrInfo(device.line).fast = (gd, td) -> serve(gd, td, device);
            return Next.RETURN;
        }
        LwktThread td = threads.kernelStructure("ithread" + device.line, ThreadClass.INTERRUPT);
        return k.ithreads.registerInt(
                Globaldata.of(cpu),
                k.gd(device.cpu),
                device.line,
                td,
                td.comm,
                Tdpri.TDPRI_INT_MED,
                (gd, thread) -> serve(gd, thread, device));
    }

    private Next serve(Globaldata gd, LwktThread td, Device device) {
        gd.cpu.push(served, td.toksStop, gd.spinlocks);
        return device.handler.serve(gd.cpu, device.line);
    }

    /** {@code TD_INVARIANTS_TEST}, sys/kern/kern_intr.c: a handler leaves no token or spin lock behind. */
    static Next served(Cpu cpu, Object ref, int toksStop, long spinlocks) {
        Globaldata gd = Globaldata.of(cpu);
        kkassert(
                gd.curthread.toksStop == toksStop && gd.spinlocks == spinlocks,
                gd,
                "ithread_handler",
                "curstop == td->td_toks_stop && spincount == gd->gd_spinlocks");
        return Next.RETURN;
    }

    private Next startWorkload(Cpu cpu) {
        LwktThread td = starter;
        if (td == null) {
            return Next.RETURN;
        }
        return threads.forkStarter(Globaldata.of(cpu), td);
    }
}
