package dev.swtch.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TailCallsTest {
    private static final String NOT_TAIL = Fixtures.ROOT + ".tail.NotTail";
    private static final TailCalls CALLS = TailCalls.returning(Fixtures.ROOT + ".machine.Next");

    @Test
    void finds_whatever_follows_a_call_and_nothing_else() {
        assertThat(CALLS.violationsIn(Fixtures.LOCATION))
                .containsExactly(violation("storedFirst", 13), violation("dropped", 19), violation("inFinally", 24));
    }

    @Test
    void allows_listed_exceptions() {
        TailCalls calls = CALLS.except(NOT_TAIL + ".storedFirst", NOT_TAIL + ".dropped", NOT_TAIL + ".inFinally");

        assertThat(calls.violationsIn(Fixtures.LOCATION)).isEmpty();
    }

    @Test
    void reports_an_exception_that_is_not_needed() {
        assertThat(CALLS.except(NOT_TAIL + ".returned").violationsIn(Fixtures.LOCATION))
                .contains(NOT_TAIL + ".returned needs no exception");
    }

    private static String violation(String method, int line) {
        return NOT_TAIL + "." + method + " (NotTail.java:" + line + ") goes on after " + NOT_TAIL
                + ".callee, which may lose the CPU";
    }
}
