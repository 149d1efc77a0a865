/**
 * What a user may choose, found by name: schedulers and their settings, prices, machines.
 *
 * <p>{@link dev.swtch.engine.discovery.Plugins} finds the schedulers, {@link dev.swtch.engine.discovery.Columns} turns
 * a choice of them into columns, {@link dev.swtch.engine.discovery.CapabilityCheck} tells which of them cannot serve a
 * workload. Whatever cannot be found is told in one sentence with the nearest valid name.
 */
@NullMarked
package dev.swtch.engine.discovery;

import org.jspecify.annotations.NullMarked;
