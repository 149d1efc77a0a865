/** FreeBSD's ULE behind {@code mi_switch} as a scheduler plugin; the kernel itself is in {@code kern}. */
package dev.swtch.ule;
