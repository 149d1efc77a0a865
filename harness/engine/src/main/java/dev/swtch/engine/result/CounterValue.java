package dev.swtch.engine.result;

/**
 * One of a scheduler's own counters.
 *
 * @param group heading it is shown under
 * @param name the kernel's name for it
 * @param value its value
 */
public record CounterValue(String group, String name, long value) {}
