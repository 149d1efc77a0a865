package dev.swtch.engine.result;

/**
 * What arrived from outside of one kind, since measuring began.
 *
 * @param name name in the workload
 * @param arrived how much arrived, turned away or not
 * @param turnedAway the part of it that found no room
 */
public record ArrivalResult(String name, long arrived, long turnedAway) {}
