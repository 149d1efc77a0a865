package dev.swtch.engine.result;

/**
 * How long just so many were between the begin and the end of a label.
 *
 * @param number how many
 * @param ns the time in which there were just so many, ns
 */
public record Crowd(int number, long ns) {}
