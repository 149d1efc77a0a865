/** What a scheduling decision costs the host, beside the C code's figures. */
@NullMarked
package dev.swtch.lwkt.bench;

import org.jspecify.annotations.NullMarked;
