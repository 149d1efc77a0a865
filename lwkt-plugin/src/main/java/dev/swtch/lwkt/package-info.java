/** DragonFly's LWKT as a scheduler plugin: structures in {@code sys}, functions in {@code kern} and {@code usched}. */
package dev.swtch.lwkt;
