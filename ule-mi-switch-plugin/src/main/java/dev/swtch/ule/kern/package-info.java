/**
 * FreeBSD's kernel as far as its scheduler sees it: {@code mi_switch}, ULE, thread locks, sleep queues, turnstiles,
 * interrupt threads and the idle loop.
 *
 * <p>Names are the kernel's in camel case, fields without their structure's prefix. A function that may lose the CPU
 * returns {@link dev.swtch.machine.Next} and is called in tail position only; what is left to do stands as a frame on
 * the kernel stack. Functions that release a lock where nothing can be owed are the same functions under a name
 * ending in {@code Held}, which assert that.
 */
package dev.swtch.ule.kern;
