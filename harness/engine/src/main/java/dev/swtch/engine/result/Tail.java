package dev.swtch.engine.result;

/**
 * How many values are above one.
 *
 * @param ns the value, in ns
 * @param count those that are larger
 */
public record Tail(long ns, long count) {}
