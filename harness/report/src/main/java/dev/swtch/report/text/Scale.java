package dev.swtch.report.text;

import java.util.Collection;

/**
 * The unit and precision in which all values of a row are written, so that they compare at a glance.
 *
 * @param unit the unit's name, may be empty
 * @param divisor values per unit
 * @param decimals digits behind the point
 */
public record Scale(String unit, long divisor, int decimals) {
    /** Plain counts. */
    public static final Scale COUNT = new Scale("", 1, 0);

    /** Shares given in tenths of a percent. */
    public static final Scale SHARE = new Scale("%", 10, 1);

    /** Rates given in tenths per second. */
    public static final Scale RATE = new Scale("/s", 10, 1);

    /** Prices given in tenths of a nanosecond. */
    public static final Scale PRICE = new Scale("ns", 10, 1);

    /** Numbers given in thousandths. */
    public static final Scale THOUSANDTHS = new Scale("", 1_000, 3);

    private static final long US = 1_000;
    private static final long MS = 1_000_000;
    private static final long S = 1_000_000_000;

    /** The unit in which the largest of some times is easy to read and the smallest does not vanish. */
    public static Scale forTimes(Collection<Long> timesNs) {
        long largest = 0;
        long smallest = Long.MAX_VALUE;
        for (long time : timesNs) {
            long size = Math.abs(time);
            largest = Math.max(largest, size);
            smallest = size == 0 ? smallest : Math.min(smallest, size);
        }
        if (largest < 10 * US) {
            return new Scale("ns", 1, 0);
        }
        if (largest < 10 * MS) {
            return new Scale("us", US, smallest >= 100 * US ? 0 : 1);
        }
        if (largest < 100 * S) {
            return new Scale("ms", MS, smallest >= 100 * MS ? 1 : smallest >= 10 * MS ? 2 : 3);
        }
        return new Scale("s", S, smallest >= 100 * S ? 1 : 3);
    }

    /** A value without its unit. */
    public String text(long value) {
        return Fixed.of(value, divisor, decimals);
    }

    /** A value with its unit. */
    public String withUnit(long value) {
        return unit.isEmpty() ? text(value) : text(value) + " " + unit;
    }
}
