package dev.swtch.machine;

import dev.swtch.machine.cost.Charge;
import dev.swtch.machine.cost.CostModel;

/** Where the time of one CPU went: by use, and for kernel paths by entry of the cost model. */
public final class CpuLedger {
    private static final int USAGES = Usage.values().length;

    private final long[] prices;
    private final long[] counts;
    /** What entries cost beyond their price: time waited, in ns. */
    private final long[] waited;

    private final long[] used = new long[USAGES];
    private long accountedTo;
    private long owed;
    private long interrupts;

    CpuLedger(CostModel costs) {
        prices = costs.prices();
        counts = new long[prices.length];
        waited = new long[prices.length];
    }

    long charge(int entry) {
        counts[entry]++;
        return prices[entry];
    }

    long charge(int entry, long n) {
        counts[entry] += n;
        return prices[entry] * n;
    }

    void chargeTime(int entry, long ns) {
        counts[entry]++;
        waited[entry] += ns - prices[entry];
    }

    /** Another CPU makes this one pay an entry at the start of its next path. */
    void owe(int entry) {
        owed += charge(entry);
    }

    long payOwed() {
        long ns = owed;
        owed = 0;
        return ns;
    }

    void countInterrupt() {
        interrupts++;
    }

    /** Accounts the time not accounted yet, up to an instant in ns, to one use. */
    void account(Usage usage, long toNs) {
        if (toNs > accountedTo) {
            used[usage.ordinal()] += toNs - accountedTo;
            accountedTo = toNs;
        }
    }

    /** Instant in ns up to which time is accounted; the uses sum to it. */
    public long accountedTo() {
        return accountedTo;
    }

    /** Time that went to a use, in ns. */
    public long usedNs(Usage usage) {
        return used[usage.ordinal()];
    }

    /** How often an entry was paid. */
    public long count(Charge charge) {
        return counts[charge.ordinal()];
    }

    /** What an entry cost in all, in ns. */
    public long spentNs(Charge charge) {
        int entry = charge.ordinal();
        return counts[entry] * prices[entry] + waited[entry];
    }

    /** Interrupts and IPIs taken. */
    public long interrupts() {
        return interrupts;
    }

    /** Sum of all uses in ns; equal to {@link #accountedTo} at every instant. */
    public long totalNs() {
        long total = 0;
        for (long ns : used) {
            total += ns;
        }
        return total;
    }
}
