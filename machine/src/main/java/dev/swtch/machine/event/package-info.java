/** The order of events in simulated time: packed longs in a binary heap over fixed slots. */
package dev.swtch.machine.event;
