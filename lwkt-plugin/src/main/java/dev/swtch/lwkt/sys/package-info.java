/**
 * The structures and constants of the kernel, as its headers declare them: threads, the per-CPU area, tokens, IPI
 * queues. Names are the kernel's without their prefix ({@code td_critcount} is {@code critcount}).
 */
package dev.swtch.lwkt.sys;
