/** Replays of recorded decisions of the original kernel. */
@NullMarked
package dev.swtch.lwkt.golden;

import org.jspecify.annotations.NullMarked;
