package dev.swtch.engine.dsl;

/** Reads how many of something come per second. */
final class Rate {
    private static final Amount SECOND = Amount.parse("1s");

    private Rate() {}

    /**
     * The mean gap in ns; 0 after an error, and if none come and that is allowed.
     *
     * @param what what comes, for messages
     */
    static long gapNs(Yaml rate, String what, boolean mayBeZero, Values values) {
        Amount perSecond = values.amount(rate, "the rate of " + what + " per second", false);
        if (perSecond == null || mayBeZero && perSecond.value().signum() == 0) {
            return 0;
        }
        long gapNs = perSecond.value().signum() > 0 ? gapNs(perSecond) : 0;
        if (gapNs < 1 || gapNs > Values.LONGEST_NS) {
            values.findings()
                    .expected(
                            rate.place(),
                            "the rate of " + what,
                            "a number per second from 0.0003 to 1000000000",
                            perSecond.text());
            return 0;
        }
        return gapNs;
    }

    private static long gapNs(Amount perSecond) {
        try {
            return SECOND.dividedBy(perSecond).rounded();
        } catch (IllegalArgumentException tooSeldomForAnyRun) {
            return 0;
        }
    }
}
