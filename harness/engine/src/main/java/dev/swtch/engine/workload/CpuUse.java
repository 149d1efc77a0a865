package dev.swtch.engine.workload;

import org.jspecify.annotations.Nullable;

/** A CPU number or {@link NodeRef} that a workload names, checked when the machine is known. */
record CpuUse(int cpu, String user, @Nullable Place place) {}
