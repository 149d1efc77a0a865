package dev.swtch.lwkt.sys;

/** In which of the kernel's loops a CPU waits for something another one has to do. */
public enum Wait {
    /** In none. */
    NONE,
    /** {@code lwkt_switch}: every runnable thread wants a token that another CPU holds. */
    SPIN,
    /** {@code lwkt_acquire}: the thread still runs on another CPU. */
    ACQUIRE,
    /** {@code lwkt_send_ipiq3}: the queue to the target is too full. */
    FIFO,
    /** {@code lwkt_cpusync_interlock} and {@code _deinterlock}: not all CPUs have answered. */
    CSWAIT,
    /** {@code lwkt_cpusync_remote2}: held still by another CPU. */
    CSPOLL,
    /** {@code lwkt_wait_ipiq}: the target has not done a message yet. */
    IPIQ,
    /** {@code lwkt_switch}: the resequencer lets another CPU retry first. */
    RESEQ
}
