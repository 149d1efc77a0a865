/**
 * Mechanism without policy: all a first plugin needs but the decision which thread runs next.
 *
 * <p>A plugin implements {@link dev.swtch.spi.simple.Policy}, usually over a {@link dev.swtch.spi.simple.ThreadQueue} or
 * two, and makes a {@link dev.swtch.spi.simple.SimpleScheduler} of it. {@link dev.swtch.spi.simple.FifoBlocking} also
 * serves plugins that bring their own mechanism.
 */
package dev.swtch.spi.simple;
