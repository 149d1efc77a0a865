/**
 * The kernel's functions: LWKT threads, tokens, IPI messages, interrupts and the switch code beneath them.
 *
 * <p>Each class holds the functions of one topic and belongs to one {@link dev.swtch.lwkt.kern.LwktKernel}. A function
 * that may lose the CPU returns {@code Next} and is called in tail position; what is left to do afterwards stands in
 * a named frame that was pushed before the call, and the method that goes on there follows the one that pushed.
 */
package dev.swtch.lwkt.kern;
