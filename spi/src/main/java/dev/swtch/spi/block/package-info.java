/** What threads wait on, as a workload names it; each plugin hangs its kernel's own structure on it. */
package dev.swtch.spi.block;
