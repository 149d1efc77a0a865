package dev.swtch.engine.result;

/**
 * Switches and what belongs to them.
 *
 * @param total changes of a CPU's context, idle threads apart; a preemption and its return are two
 * @param voluntary the leaving thread could not run or asked to yield
 * @param involuntary all others
 * @param migrations first work on another CPU than the last
 * @param wakeups waits that ended
 * @param ipis IPIs sent, coalesced ones included
 * @param interrupts interrupts and IPIs taken
 * @param handoffWaits loads that waited until another CPU had saved the context
 * @param lockWaits spin locks a path had to wait for
 * @param earlyReads uses of another CPU's data before the instant it was written
 */
public record Switches(
        long total,
        long voluntary,
        long involuntary,
        long migrations,
        long wakeups,
        long ipis,
        long interrupts,
        long handoffWaits,
        long lockWaits,
        long earlyReads) {}
