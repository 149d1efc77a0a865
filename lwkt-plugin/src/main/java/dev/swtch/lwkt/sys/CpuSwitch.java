package dev.swtch.lwkt.sys;

/** What {@code td_switch} points to. */
public enum CpuSwitch {
    /** {@code cpu_lwkt_switch}: leaves a kernel thread. */
    LWKT,
    /** {@code cpu_heavy_switch}: leaves an LWP. */
    HEAVY,
    /** {@code cpu_exit_switch}: leaves a thread for the last time. */
    EXIT
}
