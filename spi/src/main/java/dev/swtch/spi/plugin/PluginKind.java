package dev.swtch.spi.plugin;

/** What a plugin stands for in a comparison. */
public enum PluginKind {
    /** The scheduler of a real kernel, or one that could be. */
    KERNEL,
    /** A textbook policy to compare with. */
    REFERENCE,
    /** An unreachable bound that may know the future. */
    BOUND
}
