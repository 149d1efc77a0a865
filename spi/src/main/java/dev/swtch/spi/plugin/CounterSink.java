package dev.swtch.spi.plugin;

/** Takes a scheduler's own counters at the end of a run. */
@FunctionalInterface
public interface CounterSink {
    /**
     * One counter.
     *
     * @param group heading under which it is shown: {@code switches by type}
     * @param name the kernel's own name for it
     * @param value its value
     */
    void counter(String group, String name, long value);
}
