/** Text for terminals: fixed-point numbers made from longs, units, columns and colour. */
@NullMarked
package dev.swtch.report.text;

import org.jspecify.annotations.NullMarked;
