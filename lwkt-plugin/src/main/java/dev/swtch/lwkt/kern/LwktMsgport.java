package dev.swtch.lwkt.kern;

import static dev.swtch.lwkt.sys.Kassert.kkassert;
import static dev.swtch.lwkt.sys.LwktMsg.MSGF_DONE;
import static dev.swtch.lwkt.sys.LwktMsg.MSGF_INTRANSIT;
import static dev.swtch.lwkt.sys.LwktMsg.MSGF_QUEUED;
import static dev.swtch.lwkt.sys.LwktMsg.MSGF_REPLY;
import static dev.swtch.lwkt.sys.LwktMsg.MSGF_SYNC;

import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.IpiFunction;
import dev.swtch.lwkt.sys.LwktMsg;
import dev.swtch.lwkt.sys.LwktPort;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;
import dev.swtch.machine.cost.Charge;
import org.jspecify.annotations.Nullable;

/**
 * Message ports of threads, sys/kern/lwkt_msgport.c: a message to a thread of another CPU is an IPI message each way, and
 * a thread that waits is scheduled.
 *
 * <p>No step of a workload maps on a message: the kernel is complete without anybody calling them. Not modelled: ports of
 * other kinds, aborting, messages that may be dropped. A thread's port takes every message
 * asynchronously, so none is replied to by the act of sending it.
 */
public final class LwktMsgport {
    private final LwktKernel k;
    private final LwktSleep sleep;
    private final IpiFunction<LwktMsg> putportRemote =
            new IpiFunction<>("putport", (gd, msg, arg2, frame) -> putport(gd, target(msg), msg));
    private final IpiFunction<LwktMsg> replyportRemote =
            new IpiFunction<>("replyport", (gd, msg, arg2, frame) -> lwktReplymsg(gd, msg, msg.error));
    private final Frame<LwktMsg> sentSync = new Frame<>("DOMSG", this::sentSync);
    private final Frame<LwktPort> portSlept = new Frame<>("WAITPORT", this::portSlept);
    private final Frame<LwktMsg> msgSlept = new Frame<>("WAITMSG", this::msgSlept);

    /**
     * Makes the functions of a kernel.
     *
     * @param k the kernel
     * @param sleep its {@code lwkt_sleep}
     */
    public LwktMsgport(LwktKernel k, LwktSleep sleep) {
        this.k = k;
        this.sleep = sleep;
    }

    /** {@code lwkt_sleep}, in a critical section: sleeps until scheduled, and leaves the result in {@code td.error}. */
    @FunctionalInterface
    public interface LwktSleep {
        /** Sleeps. */
        Next lwktSleep(Globaldata gd, String wmesg, int flags);
    }

    // ---- sending ------------------------------------------------------------------------------------------------

    /** {@code lwkt_sendmsg}, sys/kern/lwkt_msgport.c: the answer comes to the reply port. */
    public Next lwktSendmsg(Globaldata gd, LwktPort port, LwktMsg msg) {
        msg.flags &= ~(MSGF_REPLY | MSGF_SYNC | MSGF_DONE);
        msg.targetPort = port;
        return putport(gd, port, msg);
    }

    /** {@code lwkt_domsg}, sys/kern/lwkt_msgport.c: waits for the answer, which is left in {@code msg.error}. */
    public Next lwktDomsg(Globaldata gd, LwktPort port, LwktMsg msg) {
        msg.flags &= ~(MSGF_REPLY | MSGF_DONE);
        msg.flags |= MSGF_SYNC;
        msg.targetPort = port;
        gd.cpu.push(sentSync, msg);
        return putport(gd, port, msg);
    }

    private Next sentSync(Cpu cpu, LwktMsg msg, int a, long b) {
        return lwktWaitmsg(Globaldata.of(cpu), msg);
    }

    private static LwktPort target(LwktMsg msg) {
        LwktPort port = msg.targetPort;
        if (port == null) {
            throw new IllegalStateException("a message is on its way that was never sent");
        }
        return port;
    }

    /** {@code lwkt_thread_putport} and {@code _remote}: on the CPU of the port's thread, wherever that has moved to. */
    private Next putport(Globaldata gd, LwktPort port, LwktMsg msg) {
        if (port.td.gd != gd) {
            msg.flags |= MSGF_INTRANSIT;
            return k.ipiq.lwktSendIpiq(gd, port.td.gd, putportRemote, msg);
        }
        msg.flags &= ~MSGF_INTRANSIT;
        gd.critEnter();
        gd.cpu.charge(Charge.QUEUE_OP);
        port.push(msg);
        return wakeWaiter(gd, port);
    }

    private Next wakeWaiter(Globaldata gd, LwktPort port) {
        if (port.waiting) {
            k.splz.pushCritExit(gd);
            return k.schedule.lwktSchedule(gd, port.td);
        }
        return k.splz.critExit(gd);
    }

    // ---- answering ----------------------------------------------------------------------------------------------

    /**
     * {@code lwkt_replymsg} with {@code lwkt_thread_replyport} and {@code _remote}, sys/kern/lwkt_msgport.c: gives a message
     * back; if its sender waits for it, without queueing it.
     */
    public Next lwktReplymsg(Globaldata gd, LwktMsg msg, int error) {
        kkassert(
                !msg.has(MSGF_QUEUED | MSGF_DONE),
                gd,
                "lwkt_replymsg",
                "(msg->ms_flags & (MSGF_QUEUED|MSGF_DONE)) == 0");
        LwktPort port = msg.replyPort;
        msg.error = error;
        if (port.td.gd != gd) {
            msg.flags |= MSGF_INTRANSIT;
            return k.ipiq.lwktSendIpiq(gd, port.td.gd, replyportRemote, msg);
        }
        gd.critEnter();
        msg.flags &= ~MSGF_INTRANSIT;
        msg.flags |= MSGF_REPLY | MSGF_DONE;
        if (!msg.has(MSGF_SYNC)) {
            gd.cpu.charge(Charge.QUEUE_OP);
            port.push(msg);
        }
        return wakeWaiter(gd, port);
    }

    // ---- receiving ----------------------------------------------------------------------------------------------

    /**
     * {@code lwkt_getport}, sys/kern/lwkt_msgport.c: the next message of the current thread's port, taken off; null if there
     * is none. Nothing can come in between, so that the kernel's critical section is not needed.
     */
    public @Nullable LwktMsg lwktGetport(Globaldata gd, LwktPort port) {
        kkassert(port.td == gd.curthread, gd, "lwkt_thread_getport", "port->mpu_td == curthread");
        LwktMsg msg = port.poll();
        if (msg != null) {
            gd.cpu.charge(Charge.QUEUE_OP);
            port.pull(msg);
        }
        return msg;
    }

    /** {@code lwkt_waitport}, sys/kern/lwkt_msgport.c: the same, but sleeps if there is none; see {@link LwktPort#received}. */
    public Next lwktWaitport(Globaldata gd, LwktPort port, int flags) {
        kkassert(port.td == gd.curthread, gd, "lwkt_thread_waitport", "port->mpu_td == curthread");
        gd.critEnter();
        port.received = null;
        return waitport(gd, port, flags);
    }

    private Next waitport(Globaldata gd, LwktPort port, int flags) {
        LwktMsg msg = lwktGetport(gd, port);
        if (msg == null) {
            port.waiting = true;
            gd.cpu.push(portSlept, port, flags, 0);
            return sleep.lwktSleep(gd, "waitport", flags);
        }
        port.received = msg;
        return k.splz.critExit(gd);
    }

    private Next portSlept(Cpu cpu, LwktPort port, int flags, long b) {
        Globaldata gd = Globaldata.of(cpu);
        port.waiting = false;
        return gd.curthread.error == 0 ? waitport(gd, port, flags) : k.splz.critExit(gd);
    }

    /** {@code lwkt_waitmsg}, sys/kern/lwkt_msgport.c: sleeps until a message of the current thread was replied to. */
    public Next lwktWaitmsg(Globaldata gd, LwktMsg msg) {
        kkassert(msg.replyPort.td == gd.curthread, gd, "lwkt_thread_waitmsg", "port->mpu_td == curthread");
        gd.critEnter();
        return waitmsg(gd, msg);
    }

    private Next waitmsg(Globaldata gd, LwktMsg msg) {
        if (!msg.has(MSGF_DONE)) {
            msg.replyPort.waiting = true;
            gd.cpu.push(msgSlept, msg);
            return sleep.lwktSleep(gd, "waitmsg", 0);
        }
        if (msg.has(MSGF_QUEUED)) {
            msg.replyPort.pull(msg);
        }
        return k.splz.critExit(gd);
    }

    private Next msgSlept(Cpu cpu, LwktMsg msg, int a, long b) {
        msg.replyPort.waiting = false;
        return waitmsg(Globaldata.of(cpu), msg);
    }
}
