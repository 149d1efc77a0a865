package dev.swtch.spi;

import dev.swtch.machine.Machine;
import dev.swtch.spi.plugin.Tunables;

/**
 * What a scheduler is made from; may grow.
 *
 * @param machine the machine it will run on, none of whose CPUs has started
 * @param tunables a value for each tunable the plugin declared
 * @param seed for a kernel that draws random numbers of its own
 */
public record SchedulerContext(Machine machine, Tunables tunables, long seed) {}
