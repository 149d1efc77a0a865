package dev.swtch.spi;

import dev.swtch.machine.Machine;
import dev.swtch.spi.plugin.Tunables;

/**
 * What a scheduler is made from; may grow.
 *
 * @param machine the machine it will run on, none of whose CPUs has started
 * @param tunables a value for each tunable the plugin declared
 * @param seed for a scheduler that draws random numbers of its own, by {@code new SplittableRandom(seed)}: the same in
 *     every column of a comparison, another in each of several seeds
 * @param foresight what the workload will do; {@link Foresight#REFUSED} for a kernel's scheduler and for one that lacks
 *     {@link dev.swtch.spi.plugin.Capability#CLAIRVOYANT}
 */
public record SchedulerContext(Machine machine, Tunables tunables, long seed, Foresight foresight) {}
