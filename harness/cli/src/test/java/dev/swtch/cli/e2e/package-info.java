/** The whole program: real workloads on real schedulers, the packaged jar, the README's commands. */
package dev.swtch.cli.e2e;
