package dev.swtch.engine.result;

/**
 * A value that a part of all values does not exceed.
 *
 * @param thousandths the part, in thousandths of a percent: 99,900 for 99.9 %
 * @param ns the value, in ns
 */
public record Percentile(int thousandths, long ns) {}
