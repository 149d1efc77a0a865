package dev.swtch.cli;

/**
 * The class path on which schedulers are looked for.
 *
 * @param loader its loader
 */
record BundledSchedulers(ClassLoader loader) {}
