/**
 * The native workload language: YAML with a place for every value, read into
 * {@link dev.swtch.engine.workload.WorkloadSource} and written from it. {@link dev.swtch.engine.dsl.NativeYaml} is the
 * entry.
 */
@NullMarked
package dev.swtch.engine.dsl;

import org.jspecify.annotations.NullMarked;
