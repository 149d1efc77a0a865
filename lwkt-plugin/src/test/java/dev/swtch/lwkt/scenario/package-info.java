/** Full simulations with the shape the real system shows, each with its figure and where it comes from. */
@NullMarked
package dev.swtch.lwkt.scenario;

import org.jspecify.annotations.NullMarked;
