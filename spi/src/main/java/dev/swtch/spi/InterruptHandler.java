package dev.swtch.spi;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Next;

/** What the workload's device wants done in an interrupt; supplied by the harness. */
@FunctionalInterface
public interface InterruptHandler {
    /**
     * Serves the device; returns when it is done, perhaps after kernel work and wake-ups.
     *
     * @param cpu the CPU that serves it
     * @param line the device's line
     * @return how this piece of the path ended; the plugin goes on in a frame it pushed before
     */
    Next serve(Cpu cpu, int line);
}
