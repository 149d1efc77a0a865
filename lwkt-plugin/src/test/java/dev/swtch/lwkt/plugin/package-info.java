/** The plugin's own assertions. */
@NullMarked
package dev.swtch.lwkt.plugin;

import org.jspecify.annotations.NullMarked;
