import org.jspecify.annotations.NullMarked;

/**
 * The simulated multiprocessor: CPUs, interrupts, IPIs, contexts, kernel stacks, address spaces, caches,
 * topology, prices and simulated time. It knows no thread, priority, run queue or policy.
 */
@NullMarked
module dev.swtch.machine {
    requires static transitive org.jspecify;

    exports dev.swtch.machine;
    exports dev.swtch.machine.cost;
    exports dev.swtch.machine.event;
    exports dev.swtch.machine.topology;
    exports dev.swtch.machine.trace;
}
