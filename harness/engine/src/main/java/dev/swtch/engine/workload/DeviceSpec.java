package dev.swtch.engine.workload;

import org.jspecify.annotations.Nullable;

/**
 * A device in the source form.
 *
 * @param name unique among devices
 * @param cpu CPU its interrupts go to
 * @param handler kernel work of the handler, ns
 * @param fast whether the handler runs in the interrupt itself instead of in a thread
 * @param arrivals when it interrupts on its own account
 * @param servers how many requests it serves at a time
 * @param posts the semaphore its handler posts on an arrival, or null
 * @param place where it was written, or null
 */
public record DeviceSpec(
        String name,
        int cpu,
        Dist handler,
        boolean fast,
        Arrivals arrivals,
        int servers,
        @Nullable String posts,
        @Nullable Place place) {}
