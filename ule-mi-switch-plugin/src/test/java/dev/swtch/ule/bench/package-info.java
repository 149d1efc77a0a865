/** What a decision costs on the host, beside the kernel's own code. */
@NullMarked
package dev.swtch.ule.bench;

import org.jspecify.annotations.NullMarked;
