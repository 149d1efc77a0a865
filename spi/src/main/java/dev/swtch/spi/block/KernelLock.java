package dev.swtch.spi.block;

import org.jspecify.annotations.Nullable;

/** A mutex or a serializer taken by kernel code of the workload; the plugin keeps all of its state. */
public final class KernelLock {
    private final int number;
    private final String name;
    private @Nullable Object kernelPart;

    /**
     * Makes a lock that nobody holds.
     *
     * @param number unique in a run; stands for an address where a kernel hashes or orders by one
     * @param name what a person calls it
     */
    public KernelLock(int number, String name) {
        this.number = number;
        this.name = name;
    }

    /** Stands for its address. */
    public int number() {
        return number;
    }

    /** What a person calls it. */
    public String name() {
        return name;
    }

    /** What the plugin keeps with the lock; null until it sets something. */
    public @Nullable Object kernelPart() {
        return kernelPart;
    }

    /** Keeps something of the plugin's with the lock. */
    public void setKernelPart(Object part) {
        kernelPart = part;
    }
}
