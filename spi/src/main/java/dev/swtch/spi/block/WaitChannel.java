package dev.swtch.spi.block;

import org.jspecify.annotations.Nullable;

/**
 * Something threads of user processes wait on: the word of a user mutex, a condition, a semaphore.
 *
 * <p>Whether to wait is decided by the harness, alike for every scheduler; how the waiters are queued and which is
 * woken first is the kernel's affair.
 */
public final class WaitChannel {
    private final int number;
    private final String name;
    private @Nullable Object kernelPart;

    /**
     * Makes a channel.
     *
     * @param number unique in a run; stands for an address where a kernel hashes or orders by one
     * @param name what a person calls it
     */
    public WaitChannel(int number, String name) {
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

    /** What the plugin keeps with the channel; null until it sets something. */
    public @Nullable Object kernelPart() {
        return kernelPart;
    }

    /** Keeps something of the plugin's with the channel. */
    public void setKernelPart(@Nullable Object part) {
        kernelPart = part;
    }
}
