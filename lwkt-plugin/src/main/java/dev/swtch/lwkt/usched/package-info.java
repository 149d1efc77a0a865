/**
 * DragonFly's user scheduler usched_dfly: decides which LWP may be in user mode on each CPU, above LWKT.
 */
package dev.swtch.lwkt.usched;
