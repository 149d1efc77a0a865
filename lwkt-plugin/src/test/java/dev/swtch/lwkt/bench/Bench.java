package dev.swtch.lwkt.bench;

import dev.swtch.lwkt.kern.CreateRequest;
import dev.swtch.lwkt.kern.KernSynch;
import dev.swtch.lwkt.kern.LwktIpiq;
import dev.swtch.lwkt.kern.LwktKernel;
import dev.swtch.lwkt.kern.LwktRunq;
import dev.swtch.lwkt.kern.RunqAccess;
import dev.swtch.lwkt.kern.ThreadCache;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.LwktToken;
import dev.swtch.lwkt.sys.Tdf;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Machine;
import dev.swtch.machine.Next;
import dev.swtch.machine.cost.CostModel;
import dev.swtch.machine.topology.Topology;
import dev.swtch.spi.thread.ThreadClass;
import dev.swtch.spi.thread.ThreadSpec;

/** A kernel on two CPUs that runs one decision after another, many in one call so that entering costs nothing. */
final class Bench {
    /** Decisions in one call. */
    static final int OPS = 1_000;

    private static final int FIRST_NUMBER = 1_000;

    private final Machine machine = new Machine(Topology.of(1, 2, 1), CostModel.zero(), 0);
    private final LwktKernel k = new LwktKernel(
            machine,
            new LwktKernel.Parts(
                    KernSynch::new,
                    kernel -> gd -> Next.RETURN,
                    (gd, nothingPending) -> gd.cpu.pause(),
                    line -> {},
                    kernel -> new NoCache(),
                    td -> {},
                    null));
    private final LwktToken token = new LwktToken(1, "token");
    private LwktThread subject;
    private LwktThread peer;
    private LwktThread remote;
    private LwktThread interrupt;
    private int numbers = FIRST_NUMBER;
    private int left;

    private final Frame<Object> rest = new Frame<>("REST", (cpu, ref, a, b) -> cpu.pause());
    private final Frame<Object> queueOp = new Frame<>("QUEUE_OP", this::queueOp);
    private final Frame<Object> tokenOp = new Frame<>("TOKEN_OP", this::tokenOp);
    private final Frame<Object> releaseOp = new Frame<>("RELEASE_OP", this::releaseOp);
    private final Frame<Object> preemptOp = new Frame<>("PREEMPT_OP", this::preemptOp);
    private final Frame<Object> remoteOp = new Frame<>("REMOTE_OP", this::remoteOp);
    private final Frame<Object> remoteTaken = new Frame<>("REMOTE_TAKEN", this::remoteTaken);
    private final Frame<Object> switchOp = new Frame<>("SWITCH_OP", this::switchOp);
    private final Frame<Object> switched = new Frame<>("SWITCHED", this::switched);
    private final Frame<Object> sleepAgain = new Frame<>("ITHREAD", this::sleepAgain);

    private static final class NoCache implements ThreadCache {
        @Override
        public LwktThread get() {
            throw new IllegalStateException("no thread is made here");
        }

        @Override
        public void put(LwktThread td) {}
    }

    /** Boots it with a number of threads already on the first CPU's run queue. */
    Bench(int queued) {
        machine.startNow(0);
        machine.startNow(1);
        for (int i = 0; i < queued; i++) {
            enter(0, schedule(make(0, 12)));
        }
        subject = make(0, 12);
        peer = make(0, 12);
        remote = make(1, 12);
        interrupt = make(0, 28);
        interrupt.preemptable = k.preempt.lwktPreempt;
    }

    private LwktThread make(int cpu, int pri) {
        int number = ++numbers;
        LwktThread td = new LwktThread(ThreadSpec.kernel(number, "td" + number, ThreadClass.KERNEL), null, k.gd(cpu));
        CreateRequest request =
                new CreateRequest(td, Tdf.TDF_NOSTART, cpu, "td" + number, (gd, self) -> body(gd, self));
        enter(cpu, new Frame<>("MAKE", (on, ref, a, b) -> k.threads.lwktCreate(Globaldata.of(on), request)));
        td.pri = pri;
        return td;
    }

    private Next body(Globaldata gd, LwktThread self) {
        return self == interrupt ? sleepAgain(gd.cpu, gd, 0, 0) : switchOp(gd.cpu, gd, 0, 0);
    }

    private Frame<Object> schedule(LwktThread td) {
        return new Frame<>("SCHEDULE", (cpu, ref, a, b) -> k.schedule.lwktScheduleSelf(Globaldata.of(cpu), td));
    }

    private void enter(int cpu, Frame<Object> what) {
        machine.enter(cpu, new Frame<Object>("ENTER", (on, ref, a, b) -> {
            on.push(rest);
            on.push(what);
            return Next.RETURN;
        }));
    }

    private void repeat(Frame<Object> entry) {
        left = OPS;
        machine.enter(0, entry);
    }

    // ---- what is measured ---------------------------------------------------------------------------------------

    /** {@code _lwkt_enqueue} and {@code _lwkt_dequeue}, in a critical section. */
    long queue() {
        repeat(queueOp);
        return k.gd(0).tdrunqcount;
    }

    /** {@code lwkt_gettoken} and {@code lwkt_reltoken}. */
    long token() {
        repeat(tokenOp);
        return token.count;
    }

    /** {@code lwkt_schedule} of an interrupt thread: preempts the idle thread, sleeps, returns. */
    long preempt() {
        repeat(preemptOp);
        return k.preemptHit;
    }

    /** {@code lwkt_schedule} of another CPU's thread, its message, and its removal. */
    long remote() {
        for (int i = 0; i < OPS; i++) {
            machine.enter(0, remoteOp);
            machine.interruptNow(1, LwktIpiq.XIPIQ);
            machine.enter(1, remoteTaken);
        }
        return k.gd(0).ipiqCount;
    }

    private Next queueOp(Cpu cpu, Object ref, int a, long b) {
        Globaldata gd = Globaldata.of(cpu);
        gd.critEnter();
        RunqAccess.enqueueDequeue(gd, subject, OPS);
        gd.critExitNoyield();
        return cpu.pause();
    }

    private Next tokenOp(Cpu cpu, Object ref, int a, long b) {
        if (left-- == 0) {
            return cpu.pause();
        }
        cpu.push(releaseOp);
        return k.tokens.lwktGettoken(Globaldata.of(cpu), token);
    }

    private Next releaseOp(Cpu cpu, Object ref, int a, long b) {
        k.tokens.lwktReltoken(Globaldata.of(cpu), token);
        cpu.push(tokenOp);
        return Next.RETURN;
    }

    private Next preemptOp(Cpu cpu, Object ref, int a, long b) {
        if (left-- == 0) {
            return cpu.pause();
        }
        cpu.push(preemptOp);
        return k.schedule.lwktSchedule(Globaldata.of(cpu), interrupt);
    }

    private Next sleepAgain(Cpu cpu, Object ref, int a, long b) {
        Globaldata gd = Globaldata.of(cpu);
        gd.critEnter();
        k.schedule.lwktDescheduleSelfInCrit(gd, gd.curthread);
        gd.critExitNoyield();
        cpu.push(sleepAgain);
        return k.lwktSwitch.lwktSwitch(gd);
    }

    private Next remoteOp(Cpu cpu, Object ref, int a, long b) {
        cpu.push(rest);
        return k.schedule.lwktSchedule(Globaldata.of(cpu), remote);
    }

    private Next remoteTaken(Cpu cpu, Object ref, int a, long b) {
        cpu.push(rest);
        return k.schedule.lwktDescheduleSelf(Globaldata.of(cpu), remote);
    }

    /** Two threads that hand the CPU to each other; the first call starts them. */
    long switches() {
        left = OPS;
        if (k.switchCount == 0) {
            enter(0, schedule(subject));
            enter(0, schedule(peer));
            machine.enter(0, new Frame<>("GO", (cpu, ref, a, b) -> k.lwktSwitch.lwktSwitch(Globaldata.of(cpu))));
        } else {
            machine.enter(0, switched);
        }
        return k.switchCount;
    }

    private Next switched(Cpu cpu, Object ref, int a, long b) {
        return Next.RETURN;
    }

    /** Goes behind the other thread, as at a hardclock, and switches to it. */
    private Next switchOp(Cpu cpu, Object ref, int a, long b) {
        cpu.push(switchOp);
        if (left-- <= 0) {
            return cpu.pause();
        }
        Globaldata gd = Globaldata.of(cpu);
        LwktRunq.lwktSchedulerclock(gd, gd.curthread);
        return k.lwktSwitch.lwktSwitch(gd);
    }
}
