/** DragonFly's kernel behind the contracts: boot, clocks, and the calls of the workload by the kernel's own means. */
package dev.swtch.lwkt.plugin;
