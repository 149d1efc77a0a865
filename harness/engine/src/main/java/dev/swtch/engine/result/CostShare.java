package dev.swtch.engine.result;

import dev.swtch.machine.cost.Charge;

/**
 * What one entry of the cost model came to in a run.
 *
 * @param charge the entry
 * @param count how often it was paid
 * @param ns what it cost in all, in ns
 */
public record CostShare(Charge charge, long count, long ns) {}
