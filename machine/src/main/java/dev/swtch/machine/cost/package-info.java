/** What the machine's primitives cost: named prices in ns, each with the source of its default. */
package dev.swtch.machine.cost;
