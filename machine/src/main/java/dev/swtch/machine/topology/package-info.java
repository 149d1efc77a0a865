/** Which CPUs there are, what they share, and how far apart they stand. */
package dev.swtch.machine.topology;
