/** Replays decisions that were recorded from the kernel's own code. */
@NullMarked
package dev.swtch.ule.golden;

import org.jspecify.annotations.NullMarked;
