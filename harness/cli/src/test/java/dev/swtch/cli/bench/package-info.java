/** Benchmarks of the simulator over every scheduler found; run by {@code mvn -Pbench verify}. */
package dev.swtch.cli.bench;
