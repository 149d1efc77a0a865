package dev.swtch.engine.result;

/**
 * How evenly work was done by the threads of a group.
 *
 * @param group its name
 * @param threads how many threads it has
 * @param jainMillionths Jain's index, the square of the sum by the sum of the squares times their number: 1,000,000 if
 *     all did the same, 1,000,000 divided by the number of threads if one did all
 * @param leastNs least work of one of them, in ns at full speed
 * @param mostNs most work of one of them
 */
public record FairnessResult(String group, long threads, long jainMillionths, long leastNs, long mostNs) {}
