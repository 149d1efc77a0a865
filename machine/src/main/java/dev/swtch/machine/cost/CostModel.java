package dev.swtch.machine.cost;

import java.util.Locale;

/** Every price and delay of a machine, in ns: an immutable table with two profiles and single overrides. */
public final class CostModel {
    /** A CPU that looks in a loop needs time even where everything else is free, or the loop would not end. */
    private static final long LEAST_LOOK_NS = 1;

    private final String name;
    private final long[] prices;
    private final long[] delays;
    private final int[] smtRates;

    private CostModel(String name, long[] prices, long[] delays, int[] smtRates) {
        this.name = name;
        this.prices = prices;
        this.delays = delays;
        this.smtRates = smtRates;
    }

    /** The default profile: each entry at its default. */
    public static CostModel defaults() {
        long[] prices = new long[Charge.values().length];
        for (Charge charge : Charge.values()) {
            prices[charge.ordinal()] = charge.defaultNs();
        }
        long[] delays = new long[Delay.values().length];
        for (Delay delay : Delay.values()) {
            delays[delay.ordinal()] = delay.defaultNs();
        }
        return new CostModel("default", prices, delays, new int[] {1024, 1024, 640, 480, 400, 360, 330, 310, 300});
    }

    /**
     * The zero profile: nothing costs anything and no cache is ever cold, for comparison with exact answers. The
     * looks of a spinning or polling CPU keep their default, since a loop that takes no time would never end.
     */
    public static CostModel zero() {
        long[] prices = new long[Charge.values().length];
        prices[Charge.SPIN_LOOK.ordinal()] = Charge.SPIN_LOOK.defaultNs();
        prices[Charge.POLL_LOOK.ordinal()] = Charge.POLL_LOOK.defaultNs();
        long[] delays = new long[Delay.values().length];
        delays[Delay.PATH_LIMIT.ordinal()] = Delay.PATH_LIMIT.defaultNs();
        return new CostModel("zero", prices, delays, new int[] {1024});
    }

    /** The same table under another name with one entry, of either kind, set to a value in ns. */
    public CostModel with(String newName, String entry, long ns) {
        if (ns < 0) {
            throw new IllegalArgumentException(entry + " is at least 0 ns");
        }
        String key = entry.toUpperCase(Locale.ROOT).replace('-', '_');
        long[] newPrices = prices.clone();
        long[] newDelays = delays.clone();
        for (Charge charge : Charge.values()) {
            if (charge.name().equals(key)) {
                boolean look = charge == Charge.SPIN_LOOK || charge == Charge.POLL_LOOK;
                newPrices[charge.ordinal()] = look ? Math.max(LEAST_LOOK_NS, ns) : ns;
                return new CostModel(newName, newPrices, newDelays, smtRates);
            }
        }
        newDelays[Delay.valueOf(key).ordinal()] = ns;
        return new CostModel(newName, newPrices, newDelays, smtRates);
    }

    /** The profile's name. */
    public String name() {
        return name;
    }

    /** The price of an entry in ns. */
    public long price(Charge charge) {
        return prices[charge.ordinal()];
    }

    /** A delay in ns. */
    public long delay(Delay delay) {
        return delays[delay.ordinal()];
    }

    /** All prices in ns by ordinal of {@link Charge}; a copy. */
    public long[] prices() {
        return prices.clone();
    }

    /** Speed of each of {@code busy} busy siblings of a core, in 1/1024 of full speed. */
    public int smtRate(int busy) {
        return smtRates[Math.min(busy, smtRates.length - 1)];
    }
}
