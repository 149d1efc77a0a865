package dev.swtch.lwkt.kern;

import static dev.swtch.lwkt.sys.Tdf.TDF_INTTHREAD;
import static dev.swtch.lwkt.sys.Tdf.TDF_NOSTART;
import static dev.swtch.lwkt.sys.Tdpri.TDPRI_INT_SUPPORT;

import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.IntrInfo;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;
import org.jspecify.annotations.Nullable;

/**
 * Interrupt threads, sys/kern/kern_intr.c; no handler needs the big lock. An interrupt that is raised too often is
 * livelocked: a timer schedules its thread, so that it cannot take the CPU for good.
 */
public final class Ithreads {
    private static final long SECOND_NS = 1_000_000_000;
    private static final int SLOWEST_HZ = 100;
    private static final int FASTEST_HZ = 500_000;

    private final LwktKernel k;
    private final Frame<Registration> registered = new Frame<>("ITHREAD_CREATED", this::registered);
    private final Frame<Registration> prioritised = new Frame<>("ITHREAD_PRIORITISED", this::prioritised);
    private final Frame<Registration> handled = new Frame<>("ITHREAD_HANDLED", this::handled);
    private final Frame<Registration> looked = new Frame<>("ITHREAD_LOOKED", this::looked);
    private final Frame<Registration> paced = new Frame<>("ITHREAD_PACED", this::paced);
    private final Frame<Registration> top = new Frame<>("ITHREAD", this::top);
    private final Frame<Object> supportPrioritised = new Frame<>("INT_SUPPORT", this::supportPrioritised);

    Ithreads(LwktKernel k) {
        this.k = k;
    }

    /** What runs on behalf of an interrupt, in its thread. */
    @FunctionalInterface
    public interface Handler {
        /** Runs the handlers, in a critical section. */
        Next handle(Globaldata gd, LwktThread td);
    }

    /**
     * {@code register_int}, its part that makes a thread, sys/kern/kern_intr.c.
     *
     * @param gd the executing CPU
     * @param owner the CPU that takes the interrupt
     * @param irq number of the interrupt
     * @param td structure for the thread
     * @param name its name
     * @param pri its priority
     * @param handler what it runs
     */
    public Next registerInt(
            Globaldata gd, Globaldata owner, int irq, LwktThread td, String name, int pri, Handler handler) {
        IntrInfo info = owner.intrInfo(irq);
        Registration self = new Registration(info, handler, pri);
        CreateRequest request = new CreateRequest(
                td, TDF_NOSTART | TDF_INTTHREAD, owner.cpuid, name, (mycpu, thread) -> ithreadHandler(mycpu, self));
        self.request = request;
        gd.cpu.push(registered, self);
        return k.threads.lwktCreate(gd, request);
    }

    private Next registered(Cpu cpu, Registration self, int a, long b) {
        LwktThread td = self.request().td();
        self.info.ithread = td;
        cpu.push(prioritised, self);
        return k.schedule.lwktSetpri(Globaldata.of(cpu), td, self.pri);
    }

    private Next prioritised(Cpu cpu, Registration self, int a, long b) {
        self.request().td().preemptable = k.preempt.lwktPreempt;
        return Next.RETURN;
    }

    /** {@code ithread_handler}, sys/kern/kern_intr.c. */
    private Next ithreadHandler(Globaldata gd, Registration self) {
        gd.critEnter();
        return top(gd.cpu, self, 0, 0);
    }

    private Next top(Cpu cpu, Registration self, int a, long b) {
        if (self.info.running) {
            self.info.running = false;
            ++self.info.illCount;
            Globaldata gd = Globaldata.of(cpu);
            cpu.push(handled, self);
            return self.handler.handle(gd, gd.curthread);
        }
        return handled(cpu, self, 0, 0);
    }

    /** Lets pending interrupts in. */
    private Next handled(Cpu cpu, Registration self, int a, long b) {
        Globaldata gd = Globaldata.of(cpu);
        if (gd.critExit()) {
            cpu.push(looked, self);
            return k.splz.splz(gd);
        }
        return looked(cpu, self, 0, 0);
    }

    private Next looked(Cpu cpu, Registration self, int a, long b) {
        Globaldata gd = Globaldata.of(cpu);
        gd.critEnter();
        IntrInfo info = self.info;
        if (!info.livelocked) {
            if (isNewSecond(gd, info)) {
                info.illCount = 0;
            }
            if (info.illCount <= k.sysctl.livelockLimit) {
                cpu.push(top, self);
                return info.running ? Next.RETURN : descheduled(gd);
            }
            engage(gd, info);
        }
        cpu.push(paced, self);
        return descheduled(gd);
    }

    private Next descheduled(Globaldata gd) {
        k.schedule.lwktDescheduleSelfInCrit(gd, gd.curthread);
        return k.lwktSwitch.lwktSwitch(gd);
    }

    // ---- livelock -----------------------------------------------------------------------------------------------

    private static boolean isNewSecond(Globaldata gd, IntrInfo info) {
        long second = gd.cpu.now() / SECOND_NS;
        boolean isNew = second != info.illSecond;
        info.illSecond = second;
        return isNew;
    }

    private void engage(Globaldata gd, IntrInfo info) {
        info.livelocked = true;
        int hz = Math.min(Math.max(k.sysctl.livelockLimit, SLOWEST_HZ), FASTEST_HZ);
        k.console.kprintf("intr " + info.irq + ": livelocked, paced at " + hz + " hz\n");
        k.systimer.systimerInitPeriodic(gd, gd.curthread, hz);
    }

    /** The timer has scheduled the thread; once a second it looks whether the interrupt has calmed down. */
    private Next paced(Cpu cpu, Registration self, int a, long b) {
        Globaldata gd = Globaldata.of(cpu);
        IntrInfo info = self.info;
        if (isNewSecond(gd, info)) {
            if (info.illCount < k.sysctl.livelockLowater) {
                info.livelocked = false;
                k.console.kprintf("intr " + info.irq + ": no longer livelocked\n");
                k.systimer.systimerDel(gd, gd.curthread);
            }
            info.illCount = 0;
        }
        return top(cpu, self, 0, 0);
    }

    /** {@code lwkt_set_interrupt_support_thread}, sys/kern/lwkt_thread.c: the current thread may preempt from now on. */
    public Next lwktSetInterruptSupportThread(Globaldata gd) {
        gd.cpu.push(supportPrioritised);
        return k.schedule.lwktSetpriSelf(gd, TDPRI_INT_SUPPORT);
    }

    private Next supportPrioritised(Cpu cpu, Object ref, int a, long b) {
        LwktThread td = Globaldata.of(cpu).curthread;
        td.flags |= TDF_INTTHREAD;
        td.preemptable = k.preempt.lwktPreempt;
        return Next.RETURN;
    }

    /** An interrupt thread's argument. */
    private static final class Registration {
        final IntrInfo info;
        final Handler handler;
        final int pri;
        private @Nullable CreateRequest request;

        Registration(IntrInfo info, Handler handler, int pri) {
            this.info = info;
            this.handler = handler;
            this.pri = pri;
        }

        CreateRequest request() {
            CreateRequest made = request;
            if (made == null) {
                throw new IllegalStateException("an interrupt thread is not created yet");
            }
            return made;
        }
    }
}
