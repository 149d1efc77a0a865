/** Full simulations: each kind of switch raised by its own situation, and known results of the kernel. */
@NullMarked
package dev.swtch.ule.scenario;

import org.jspecify.annotations.NullMarked;
