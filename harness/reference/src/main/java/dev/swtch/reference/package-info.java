/** Textbook schedulers for the ends of every comparison: policies over {@link dev.swtch.spi.simple}. */
@NullMarked
package dev.swtch.reference;

import org.jspecify.annotations.NullMarked;
