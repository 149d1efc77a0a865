package dev.swtch.engine.rtapp;

import org.jspecify.annotations.Nullable;

/** Numbers as rt-app holds them: in 32 bits, larger ones clamped. */
final class Values {
    private Values() {}

    static @Nullable Integer whole(Json value, String what, Findings findings) {
        if (!(value instanceof Json.Whole whole)) {
            findings.expected(value.place(), what, "a whole number", value.kind());
            return null;
        }
        long clamped = Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, whole.value()));
        if (clamped != whole.value()) {
            findings.warn(value.place(), what + " does not fit into 32 bits and becomes " + clamped);
        }
        return (int) clamped;
    }

    /** A number that must not be negative. */
    static @Nullable Integer count(Json value, String what, Findings findings) {
        Integer number = whole(value, what, findings);
        if (number != null && number < 0) {
            findings.expected(value.place(), what, "0 or more", Integer.toString(number));
            return null;
        }
        return number;
    }
}
