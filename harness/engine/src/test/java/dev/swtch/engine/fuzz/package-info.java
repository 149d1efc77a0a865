/** Feeds parsers with what no user means to write. */
package dev.swtch.engine.fuzz;
