/** How a plugin is found and described: its descriptor, tunables, capabilities and counters. */
package dev.swtch.spi.plugin;
