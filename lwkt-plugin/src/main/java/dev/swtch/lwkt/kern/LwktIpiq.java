package dev.swtch.lwkt.kern;

import static dev.swtch.lwkt.sys.Errno.ENOENT;
import static dev.swtch.lwkt.sys.Ipiq.MAXCPUFIFO;
import static dev.swtch.lwkt.sys.Kassert.kkassert;

import dev.swtch.lwkt.sys.Cpumask;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.IpiFunction;
import dev.swtch.lwkt.sys.Ipiq;
import dev.swtch.lwkt.sys.Kassert;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.Wait;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;
import dev.swtch.machine.Vector;
import dev.swtch.machine.cost.Charge;

/**
 * IPI messages, sys/kern/lwkt_ipiq.c: functions sent to other CPUs through one queue per pair.
 *
 * <p>Sending may wait for room in the queue, and the CPU works off its own messages while it waits; so whoever sends may
 * lose the CPU. {@link LwktIpiqProcess} is the other end.
 */
public final class LwktIpiq {
    /** The vector that makes a CPU look at its queues. */
    public static final int XIPIQ = Vector.FIRST_IPI;

    private static final int MOST_NESTED = 20;

    private final LwktKernel k;
    private final Frame<Unsent> fifoProcessed = new Frame<>("FIFO_PROCESSED", this::fifoProcessed);
    private final Frame<Unsent> fifoLoop = new Frame<>("FIFO_LOOP", this::fifoLoop);
    private final Frame<Broadcast> maskSent = new Frame<>("IPIQ_MASK", this::maskSent);

    LwktIpiq(LwktKernel k) {
        this.k = k;
    }

    // ---- sending ------------------------------------------------------------------------------------------------

    /**
     * {@code lwkt_send_ipiq3}, sys/kern/lwkt_ipiq.c: calls a function on another CPU. On the executing one it is called
     * at once.
     *
     * <p>The sequence number is not returned: who waits for the message asks {@link LwktIpiqWait#lwktSeqIpiq} for it.
     */
    public <T> Next lwktSendIpiq3(Globaldata gd, Globaldata target, IpiFunction<T> func, T arg1, int arg2) {
        if (target == gd) {
            return func.call(gd, arg1, arg2, false);
        }
        gd.critEnter();
        enterSend(gd);
        ++gd.ipiqCount;
        if (gd.ipiq(target.cpuid).pending() > MAXCPUFIFO / 2) {
            ++gd.ipiqFifofull;
            return fifoTurn(gd, new Unsent(target, func, arg1, arg2, false));
        }
        queueMessage(gd, target, func, arg1, arg2);
        signal(gd, target);
        return sent(gd);
    }

    private static void enterSend(Globaldata gd) {
        ++gd.intrNestingLevel;
        if (gd.intrNestingLevel > MOST_NESTED) {
            throw Kassert.panic(gd, "lwkt_send_ipiq: TOO HEAVILY NESTED!");
        }
        kkassert(gd.curthread.critcount > 0, gd, "lwkt_send_ipiq3", "curthread->td_critcount");
    }

    /**
     * {@code lwkt_send_ipiq3_passive}, sys/kern/lwkt_ipiq.c: the same without an IPI, so that the target does it when it
     * next works off its messages. Only a full queue makes an IPI.
     */
    public <T> Next lwktSendIpiq3Passive(Globaldata gd, Globaldata target, IpiFunction<T> func, T arg1, int arg2) {
        kkassert(target != gd, gd, "lwkt_send_ipiq3_passive", "target != gd");
        gd.critEnter();
        enterSend(gd);
        ++gd.ipiqCount;
        ++gd.ipiqPassive;
        if (gd.ipiq(target.cpuid).pending() > MAXCPUFIFO / 2) {
            ++gd.ipiqFifofull;
            return fifoTurn(gd, new Unsent(target, func, arg1, arg2, true));
        }
        queueMessage(gd, target, func, arg1, arg2);
        return sent(gd);
    }

    /**
     * {@code lwkt_send_ipiq3_nowait}, sys/kern/lwkt_ipiq.c, in a critical section: never waits for room. The result, 0 or
     * ENOENT, is left in {@code td.error}.
     */
    public <T> Next lwktSendIpiq3Nowait(Globaldata gd, Globaldata target, IpiFunction<T> func, T arg1, int arg2) {
        LwktThread td = gd.curthread;
        kkassert(td.critcount > 0, gd, "lwkt_send_ipiq3_nowait", "curthread->td_critcount");
        td.error = 0;
        if (target == gd) {
            return func.call(gd, arg1, arg2, false);
        }
        ++gd.ipiqCount;
        if (gd.ipiq(target.cpuid).pending() >= MAXCPUFIFO * 2 / 3) {
            td.error = ENOENT;
            return Next.RETURN;
        }
        queueMessage(gd, target, func, arg1, arg2);
        signal(gd, target);
        return Next.RETURN;
    }

    /** {@code lwkt_send_ipiq}: the same without a second argument. */
    public <T> Next lwktSendIpiq(Globaldata gd, Globaldata target, IpiFunction<T> func, T arg1) {
        return lwktSendIpiq3(gd, target, func, arg1, 0);
    }

    /** One turn of the loop that waits until the queue is down to a quarter. */
    private Next fifoTurn(Globaldata gd, Unsent message) {
        Ipiq ip = gd.ipiq(message.target.cpuid);
        if (ip.pending() > MAXCPUFIFO / 4) {
            raise(gd, message.target);
            kkassert(
                    ip.pending() != MAXCPUFIFO - 1,
                    gd,
                    "lwkt_send_ipiq3",
                    "ip->ip_windex - ip->ip_rindex != MAXCPUFIFO - 1");
            gd.cpu.push(fifoProcessed, message);
            return k.ipiqProcess.lwktProcessIpiq(gd);
        }
        queueMessage(gd, message.target, message.func, message.arg1, message.arg2);
        if (!message.passive) {
            signal(gd, message.target);
        }
        return sent(gd);
    }

    private Next fifoProcessed(Cpu cpu, Unsent message, int a, long b) {
        cpu.push(fifoLoop, message);
        return Globaldata.of(cpu).waitIn(Wait.FIFO);
    }

    private Next fifoLoop(Cpu cpu, Unsent message, int a, long b) {
        return fifoTurn(Globaldata.of(cpu), message);
    }

    private static void queueMessage(Globaldata gd, Globaldata target, IpiFunction<?> func, Object arg1, int arg2) {
        Ipiq ip = gd.ipiq(target.cpuid);
        ip.store(func, arg1, arg2, gd.cpu.now());
        ++ip.windex;
        target.ipimask.add(gd.cpuid);
        gd.cpu.charge(Charge.QUEUE_OP);
        gd.cpu.charge(Charge.ATOMIC);
    }

    private static void signal(Globaldata gd, Globaldata target) {
        if (!raise(gd, target)) {
            ++gd.ipiqAvoided;
        }
    }

    /** {@code cpu_send_ipiq}, platform/pc64/x86_64/mp_machdep.c, unless an IPI is on its way already. */
    private static boolean raise(Globaldata gd, Globaldata target) {
        gd.cpu.charge(Charge.ATOMIC);
        if (target.npoll != 0) {
            return false;
        }
        target.npoll = 1;
        gd.cpu.sendIpi(target.cpu, XIPIQ);
        return true;
    }

    private Next sent(Globaldata gd) {
        --gd.intrNestingLevel;
        return k.splz.critExit(gd);
    }

    /**
     * {@code lwkt_send_ipiq3_mask}, sys/kern/lwkt_ipiq.c: sends to each CPU of a set, the lowest first, which
     * nobody changes meanwhile.
     */
    public <T> Next lwktSendIpiq3Mask(Globaldata gd, Cpumask mask, IpiFunction<T> func, T arg1, int arg2) {
        return sendMask(gd, new Broadcast(mask, func, arg1, arg2), 0);
    }

    private Next sendMask(Globaldata gd, Broadcast message, int from) {
        int cpuid = message.mask.next(from);
        if (cpuid < 0) {
            return Next.RETURN;
        }
        gd.cpu.push(maskSent, message, cpuid + 1, 0);
        return sendErased(gd, k.gd(cpuid), message.func, message.arg1, message.arg2);
    }

    @SuppressWarnings("unchecked")
    private Next sendErased(Globaldata gd, Globaldata target, IpiFunction<?> func, Object arg1, int arg2) {
        return lwktSendIpiq3(gd, target, (IpiFunction<Object>) func, arg1, arg2);
    }

    private Next maskSent(Cpu cpu, Broadcast message, int from, long b) {
        return sendMask(Globaldata.of(cpu), message, from);
    }

    /** A message that waits for room in the queue: rare, so made when it happens. */
    private record Unsent(Globaldata target, IpiFunction<?> func, Object arg1, int arg2, boolean passive) {}

    /** A message to several CPUs. */
    private record Broadcast(Cpumask mask, IpiFunction<?> func, Object arg1, int arg2) {}
}
