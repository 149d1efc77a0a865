package dev.swtch.lwkt.kern;

import static dev.swtch.lwkt.sys.LwktMsg.MSGF_DONE;
import static dev.swtch.lwkt.sys.LwktMsg.MSGF_INTRANSIT;
import static dev.swtch.lwkt.sys.LwktMsg.MSGF_PRIORITY;
import static dev.swtch.lwkt.sys.LwktMsg.MSGF_QUEUED;
import static dev.swtch.lwkt.sys.LwktMsg.MSGF_REPLY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.swtch.lwkt.golden.Script;
import dev.swtch.lwkt.sys.LwktMsg;
import dev.swtch.lwkt.sys.LwktPort;
import dev.swtch.lwkt.sys.Tsleep;
import dev.swtch.machine.Violation;
import org.junit.jupiter.api.Test;

/** Message ports of threads (DragonFly 3.6, sys/kern/lwkt_msgport.c): not recorded. */
class LwktMsgportTest {
    /** A runs on CPU 0 and B on CPU 1, or on CPU 0 behind A. */
    private final Script s;

    private final LwktMsgport ports;
    private LwktPort a;
    private LwktPort b;

    LwktMsgportTest() {
        s = new Script(2, 0);
        ports = new LwktMsgport(s.kernel(), new KernSynch(s.kernel())::lwktSleep);
        a = new LwktPort(s.gd(0).idlethread);
        b = a;
    }

    private void threads(int cpuOfB) {
        s.run("create 0 A", "create " + cpuOfB + " B lwp", "idle 0", cpuOfB == 1 ? "idle 1" : "clock 0");
        a = new LwktPort(s.thread("A"));
        b = new LwktPort(s.thread("B"));
    }

    private void send(LwktMsg msg) {
        s.enter(0, gd -> ports.lwktSendmsg(gd, b, msg));
    }

    @Test
    void a_message_on_the_same_cpu_is_queued_at_once_and_replied_to() {
        threads(0);
        LwktMsg msg = new LwktMsg(a, 0);
        send(msg);
        assertEquals(MSGF_QUEUED, msg.flags);
        s.run("switch 0");
        assertSame(msg, ports.lwktGetport(s.gd(0), b));
        assertNull(ports.lwktGetport(s.gd(0), b));
        s.enter(0, gd -> ports.lwktReplymsg(gd, msg, 5));
        assertEquals(MSGF_QUEUED | MSGF_REPLY | MSGF_DONE, msg.flags);
        assertEquals(5, msg.error);
        s.run("clock 0", "switch 0");
        assertSame(msg, ports.lwktGetport(s.gd(0), a));
    }

    @Test
    void a_message_to_another_cpu_is_one_ipi_message_each_way() {
        threads(1);
        LwktMsg msg = new LwktMsg(a, 0);
        send(msg);
        assertEquals(MSGF_INTRANSIT, msg.flags);
        assertEquals(1, s.gd(0).ipiq(1).pending());
        s.run("ipi 1");
        assertSame(msg, ports.lwktGetport(s.gd(1), b));
        s.enter(1, gd -> ports.lwktReplymsg(gd, msg, 0));
        assertFalse(msg.has(MSGF_DONE));
        s.run("ipi 0");
        assertTrue(msg.has(MSGF_DONE));
        assertSame(msg, ports.lwktGetport(s.gd(0), a));
    }

    @Test
    void a_message_follows_a_thread_that_moves() {
        threads(1);
        LwktMsg msg = new LwktMsg(a, 0);
        send(msg);
        s.run("migrate 1 0", "ipi 0", "ipi 1");
        assertTrue(msg.has(MSGF_INTRANSIT), "forwarded");
        assertEquals(1, s.gd(1).ipiq(0).pending());
        s.run("ipi 0");
        assertEquals(MSGF_QUEUED, msg.flags);
    }

    @Test
    void a_thread_that_waits_for_a_message_is_scheduled_when_one_comes() {
        threads(1);
        s.enter(1, gd -> ports.lwktWaitport(gd, b, 0));
        assertEquals("idle1", s.current(1));
        LwktMsg msg = new LwktMsg(a, 0);
        send(msg);
        s.run("ipi 1", "idle 1");
        assertEquals("B", s.current(1));
        assertSame(msg, b.received);
        assertFalse(b.waiting);
        assertEquals(0, s.thread("B").critcount);
    }

    @Test
    void a_spurious_wakeup_does_not_end_a_wait_but_a_signal_does() {
        threads(1);
        s.enter(1, gd -> ports.lwktWaitport(gd, b, Tsleep.PCATCH));
        s.run("schedule 1 B", "idle 1");
        assertEquals("idle1", s.current(1));
        Script signalled = new Script(1, 0).run("create 0 L lwp", "idle 0");
        LwktPort port = new LwktPort(signalled.thread("L"));
        LwktMsgport own = new LwktMsgport(signalled.kernel(), new KernSynch(signalled.kernel())::lwktSleep);
        signalled.thread("L").lwp.sigpend = 20;
        signalled.enter(0, gd -> own.lwktWaitport(gd, port, Tsleep.PCATCH));
        assertEquals("L", signalled.current(0));
        assertNull(port.received);
        assertEquals(0, signalled.thread("L").critcount);
    }

    @Test
    void who_sends_and_waits_gets_the_answer_without_a_queue() {
        threads(1);
        LwktMsg msg = new LwktMsg(a, 0);
        s.enter(0, gd -> ports.lwktDomsg(gd, b, msg));
        assertEquals("idle0", s.current(0));
        s.run("ipi 1");
        assertSame(msg, ports.lwktGetport(s.gd(1), b));
        s.enter(1, gd -> ports.lwktReplymsg(gd, msg, 9)).run("ipi 0", "idle 0");
        assertEquals("A", s.current(0));
        assertEquals(9, msg.error);
        assertFalse(msg.has(MSGF_QUEUED));
        assertNull(ports.lwktGetport(s.gd(0), a));
    }

    @Test
    void urgent_messages_come_first_and_the_others_in_order() {
        threads(0);
        LwktMsg first = new LwktMsg(a, 0);
        LwktMsg second = new LwktMsg(a, 0);
        LwktMsg urgent = new LwktMsg(a, MSGF_PRIORITY);
        send(first);
        send(second);
        send(urgent);
        s.run("switch 0");
        assertSame(urgent, ports.lwktGetport(s.gd(0), b));
        assertSame(first, ports.lwktGetport(s.gd(0), b));
        assertSame(second, ports.lwktGetport(s.gd(0), b));
    }

    @Test
    void only_its_thread_takes_messages_and_none_is_replied_to_twice() {
        threads(1);
        assertEquals(
                "lwkt_thread_getport: port->mpu_td == curthread",
                assertThrows(Violation.class, () -> ports.lwktGetport(s.gd(0), b))
                        .rule());
        assertEquals(
                "lwkt_replymsg: (msg->ms_flags & (MSGF_QUEUED|MSGF_DONE)) == 0",
                assertThrows(Violation.class, () -> ports.lwktReplymsg(s.gd(0), new LwktMsg(a, 0), 0))
                        .rule());
    }
}
