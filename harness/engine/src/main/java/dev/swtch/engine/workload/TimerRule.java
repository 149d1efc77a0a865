package dev.swtch.engine.workload;

/**
 * The arithmetic of {@link Op#TIMER}. A timer's state is one long: 0 before its first use, then its last instant plus
 * one. Use: {@code next = TimerRule.next(state, base, period, policy, now)}; if {@code next > now} sleep until next and
 * keep {@code slept(next)}, else it was missed, do not sleep, and keep {@code missed(next, policy, now)}.
 */
public final class TimerRule {
    private TimerRule() {}

    /**
     * The instant the thread should wait for, in ns.
     *
     * @param state the timer's state
     * @param baseNs where the timer's time begins; the first instant is one period later
     * @param periodNs the period
     * @param policy what happens on a miss
     * @param nowNs now
     */
    public static long next(long state, long baseNs, long periodNs, MissPolicy policy, long nowNs) {
        long next = (state == 0 ? baseNs : state - 1) + periodNs;
        if (policy == MissPolicy.SKIP && next < nowNs && periodNs > 0) {
            long behind = nowNs - next;
            next += (behind + periodNs - 1) / periodNs * periodNs;
        }
        return next;
    }

    /** The state after a wait for an instant. */
    public static long slept(long nextNs) {
        return nextNs + 1;
    }

    /** The state after an instant was missed. */
    public static long missed(long nextNs, MissPolicy policy, long nowNs) {
        return (policy == MissPolicy.RELATIVE ? nowNs : nextNs) + 1;
    }
}
