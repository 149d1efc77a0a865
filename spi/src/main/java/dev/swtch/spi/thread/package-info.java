/** The kernel thread and the process as every scheduler sees them. */
package dev.swtch.spi.thread;
