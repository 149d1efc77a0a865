/**
 * DragonFly's user schedulers usched_dfly and usched_bsd4: decide which LWP may be in user mode on each CPU, above LWKT.
 * What the kernel's two files have alike stands once, in the classes that carry neither name.
 */
package dev.swtch.lwkt.usched;
