package dev.swtch.engine.workload;

/**
 * Every place of a workload that draws a random value, as parallel arrays.
 *
 * <p>A draw site belongs to one step of one program. How often a thread has drawn there is counted in one of the
 * thread's registers; the site and the thread's key give the stream.
 */
public final class Draws {
    static final int UNIFORM = 0;
    static final int EXPONENTIAL = 1;
    static final int CHOICE = 2;
    static final int HYPER = 3;
    static final int SHAPED = 4;
    static final int SEQUENCE = 5;

    private static final double UNIT = 0x1.0p-53;

    private final int[] kinds;
    private final int[] steps;
    private final int[] registers;
    private final long[] firsts;
    private final long[] seconds;
    private final long[] weights;
    private final long[] values;
    private final long[] listed;
    private final Dist.Shaped[] shapes;

    Draws(DrawsBuilder from) {
        kinds = from.kinds.toArray();
        steps = from.steps.toArray();
        registers = from.registers.toArray();
        firsts = from.firsts.toArray();
        seconds = from.seconds.toArray();
        weights = from.weights.toArray();
        values = from.values.toArray();
        listed = from.listed.toArray();
        shapes = from.shapes.toArray(new Dist.Shaped[0]);
    }

    /** Number of draw sites. */
    public int size() {
        return kinds.length;
    }

    /**
     * Draws the next value of a thread at a site and counts it.
     *
     * @param site index of the site
     * @param threadKey the thread's key, from {@link Streams}
     * @param threadRegisters the array that holds the thread's registers
     * @param base where the thread's registers begin in it
     * @return a span in ns or a count, never negative
     */
    public long next(int site, long threadKey, long[] threadRegisters, int base) {
        int register = base + registers[site];
        long n = threadRegisters[register];
        threadRegisters[register] = n + 1;
        return value(site, threadKey, n);
    }

    /**
     * Draw {@code n} of a thread at a site, without counting.
     *
     * @param site index of the site
     * @param threadKey the thread's key
     * @param n how many draws came before, from 0
     * @return a span in ns or a count, never negative
     */
    public long value(int site, long threadKey, long n) {
        if (kinds[site] == SEQUENCE) {
            return listed[(int) (firsts[site] + n % seconds[site])];
        }
        long bits = Streams.draw(Streams.stepKey(threadKey, steps[site]), n);
        return switch (kinds[site]) {
            case UNIFORM -> firsts[site] + below(bits, seconds[site]);
            case EXPONENTIAL -> exponential(bits, firsts[site]);
            case HYPER -> exponential(Streams.mix(bits), choice(bits, (int) firsts[site], (int) seconds[site]));
            case SHAPED -> shaped(bits, shapes[(int) firsts[site]]);
            default -> choice(bits, (int) firsts[site], (int) seconds[site]);
        };
    }

    /** A value of a shape, between its ends. */
    static long shaped(long bits, Dist.Shaped dist) {
        double value = dist.shape().value(bits, dist.first(), dist.second());
        if (!(value > dist.least())) {
            return dist.least();
        }
        return value < dist.most() ? (long) StrictMath.rint(value) : dist.most();
    }

    /** Uniform above 0 and at most 1. */
    static double unit(long bits) {
        return ((bits >>> 11) + 1) * UNIT;
    }

    /** Exponential with the given mean, by inversion; {@code StrictMath} gives the same bits on every JVM. */
    static long exponential(long bits, long mean) {
        return (long) StrictMath.rint(-StrictMath.log(unit(bits)) * mean);
    }

    /** Scales 63 of the bits to 0 .. bound - 1; the bound is far below 2^62. */
    static long below(long bits, long bound) {
        return Math.multiplyHigh(bits >>> 1, bound << 1);
    }

    private long choice(long bits, int from, int to) {
        long at = below(bits, weights[to - 1]);
        int option = from;
        while (weights[option] <= at) {
            option++;
        }
        return values[option];
    }
}
