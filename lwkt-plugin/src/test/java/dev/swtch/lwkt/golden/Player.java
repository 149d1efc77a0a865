package dev.swtch.lwkt.golden;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Performs recorded operations on a simulated machine. */
interface Player {
    /**
     * Performs an operation.
     *
     * @param op its text
     * @return {@code by}, {@code src}, {@code ret}, {@code kprintf} and {@code panic} as recorded, where they apply
     */
    ObjectNode play(String op);

    /** The full state, section by section, as a recording describes it. */
    ObjectNode state();
}
