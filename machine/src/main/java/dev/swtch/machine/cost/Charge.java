package dev.swtch.machine.cost;

/**
 * One named entry of the cost model: its price in ns and where the default comes from.
 *
 * <p>Primitives of the machine charge themselves and a plugin brings counts, never nanoseconds, so nobody wins by
 * forgetting to charge. No kernel publishes such a table; the defaults are orders of magnitude, to be replaced
 * by a file of measured ones.
 */
public enum Charge {
    /** Entering the kernel from user mode by a system call or fault. */
    TRAP_ENTER(70, Source.MODE_SWITCH),
    /** Going back to user mode. */
    TRAP_RETURN(70, Source.MODE_SWITCH),
    /** Taking an interrupt or IPI: vector, frame, acknowledge. */
    INTERRUPT_ENTER(350, Source.INTERRUPT),
    /** Returning from an interrupt. */
    INTERRUPT_RETURN(150, Source.INTERRUPT),
    /** Writing the interrupt controller to send an IPI. */
    IPI_SEND(120, Source.INTERRUPT),
    /** Programming the one-shot timer. */
    TIMER_ARM(40, Source.INTERRUPT),
    /** Taking a spin lock that is free. */
    LOCK(20, Source.ATOMIC),
    /** Waiting for a spin lock that another CPU holds; charged by the time waited. */
    LOCK_WAIT(0, Source.TIME),
    /** One locked read-modify-write. */
    ATOMIC(8, Source.ATOMIC),
    /** Saving the registers of the leaving context. */
    CONTEXT_SAVE(40, Source.SWITCH),
    /** Loading the registers of the entering context. */
    CONTEXT_LOAD(60, Source.SWITCH),
    /** Waiting until another CPU has saved the context to be loaded; charged by the time waited. */
    HANDOFF_WAIT(0, Source.TIME),
    /** Loading a page-table root whose translations may still be cached. */
    PMAP_ACTIVATE(200, Source.SWITCH),
    /** Additional price when the address space lost its tagged translations on this CPU. */
    PMAP_REFILL(500, Source.SWITCH),
    /** Changing the set of CPUs an address space is active on. */
    PMAP_MARK(16, Source.ATOMIC),
    /** Telling one other CPU to flush translations. */
    TLB_SHOOTDOWN(120, Source.INTERRUPT),
    /** Flushing translations on request of another CPU. */
    TLB_FLUSH(200, Source.INTERRUPT),
    /** Storing to a line that another CPU may be monitoring. */
    MONITOR_STORE(30, Source.CACHE),
    /** First access of a path to a structure that lives in another CPU's cache. */
    REMOTE_ACCESS(60, Source.CACHE),
    /** One call of a scheduler contract. */
    CONTRACT_CALL(25, Source.CODE),
    /** One insertion into or removal from a queue. */
    QUEUE_OP(10, Source.CODE),
    /** One thread, CPU or message looked at by a scan. */
    SCAN_ITEM(5, Source.CODE),
    /** Making a thread: structure, stack, address space references. */
    THREAD_CREATE(2_000, Source.CODE),
    /** Reclaiming an exited thread. */
    THREAD_REAP(500, Source.CODE),
    /** Running one expired callout. */
    CALLOUT(60, Source.CODE),
    /** Between two looks of a spinning CPU. */
    SPIN_LOOK(100, Source.CODE),
    /** Between two looks of a polling idle loop. */
    POLL_LOOK(50, Source.CODE);

    private final long defaultNs;
    private final String source;

    Charge(long defaultNs, String source) {
        this.defaultNs = defaultNs;
        this.source = source;
    }

    /** The default price in ns. */
    public long defaultNs() {
        return defaultNs;
    }

    /** Where the default comes from. */
    public String source() {
        return source;
    }

    private static final class Source {
        static final String MODE_SWITCH = "mode entry 50 to 100 cycles each way plus register saves (teaching figures)";
        static final String INTERRUPT = "order of magnitude of x86 interrupt controllers; no published kernel table";
        static final String ATOMIC = "20 to 40 cycles for a locked instruction in the local cache";
        static final String SWITCH =
                "pipe ping-pong on Linux 6.6: 1.07 us within, 2.41 us across address spaces, system calls included";
        static final String CACHE = "one cache line from another core's cache";
        static final String CODE = "a few dozen instructions; figure of this project";
        static final String TIME = "charged by the time waited";
    }
}
