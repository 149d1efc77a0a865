/** The kernel's structures by themselves. */
@NullMarked
package dev.swtch.lwkt.sys;

import org.jspecify.annotations.NullMarked;
