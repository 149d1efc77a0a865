/** The tree of CPU groups that FreeBSD's scheduler searches. */
package dev.swtch.ule.topo;
