/** Clocks and callouts on a CPU's one-shot timer, for plugins whose kernel asks for no more. */
package dev.swtch.spi.timer;
