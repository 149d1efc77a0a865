package dev.swtch.spi.plugin;

/**
 * By what means of its own kernel a scheduler serves a need of a workload; named in the report.
 *
 * @param need what the workload asks for: {@code user mutex}, {@code sleep}
 * @param means what the kernel does: {@code umtx chain and sleep queue}
 */
public record Means(String need, String means) {}
