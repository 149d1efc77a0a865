package dev.swtch.lwkt.sys;

import org.jspecify.annotations.Nullable;

/** {@code struct lwkt_port}: a thread's queues of messages, which only its CPU changes. */
public final class LwktPort {
    /** {@code mpu_td}: the thread that takes its messages. */
    public final LwktThread td;

    /** MSGPORTF_WAITING: the thread waits for a message or a reply. */
    public boolean waiting;

    /** What {@code lwkt_waitport} returned: the message, which is off the queue; null if a signal came first. */
    public @Nullable LwktMsg received;

    private final Queue priority = new Queue();
    private final Queue normal = new Queue();

    /** {@code lwkt_initport_thread}: makes an empty port. */
    public LwktPort(LwktThread td) {
        this.td = td;
    }

    /** {@code mp_msgq} or {@code mp_msgq_prio}: a queue, linked by {@code ms_node}. */
    private static final class Queue {
        @Nullable
        LwktMsg first;

        @Nullable
        LwktMsg last;
    }

    private Queue queueOf(LwktMsg msg) {
        return msg.has(LwktMsg.MSGF_PRIORITY) ? priority : normal;
    }

    /** {@code _lwkt_pushmsg}: appends a message. */
    public void push(LwktMsg msg) {
        Queue q = queueOf(msg);
        LwktMsg tail = q.last;
        msg.next = null;
        msg.prev = tail;
        if (tail == null) {
            q.first = msg;
        } else {
            tail.next = msg;
        }
        q.last = msg;
        msg.flags |= LwktMsg.MSGF_QUEUED;
    }

    /** {@code _lwkt_pollmsg}: the message that is next; null if there is none. */
    public @Nullable LwktMsg poll() {
        LwktMsg first = priority.first;
        return first != null ? first : normal.first;
    }

    /** {@code _lwkt_pullmsg}: removes a queued message. */
    public void pull(LwktMsg msg) {
        Queue q = queueOf(msg);
        LwktMsg next = msg.next;
        LwktMsg prev = msg.prev;
        if (prev == null) {
            q.first = next;
        } else {
            prev.next = next;
        }
        if (next == null) {
            q.last = prev;
        } else {
            next.prev = prev;
        }
        msg.next = null;
        msg.prev = null;
        msg.flags &= ~LwktMsg.MSGF_QUEUED;
    }
}
