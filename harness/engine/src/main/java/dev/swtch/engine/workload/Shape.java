package dev.swtch.engine.workload;

/** The form of a {@link Dist.Shaped} distribution. A value is a pure function of 64 random bits. */
public enum Shape {
    /** Normal, with mean and standard deviation. */
    NORMAL {
        @Override
        double value(long bits, long mean, long deviation) {
            return mean + deviation * standardNormal(bits);
        }
    },
    /** Log-normal, with the mean and the standard deviation of the values themselves. */
    LOGNORMAL {
        @Override
        double value(long bits, long mean, long deviation) {
            double ratio = (double) deviation / mean;
            double variance = StrictMath.log1p(ratio * ratio);
            double exponent = StrictMath.sqrt(variance) * standardNormal(bits) - variance / 2;
            return mean * StrictMath.exp(exponent);
        }
    },
    /** The sum of equal exponential stages, with the number of stages and the mean of the sum. */
    ERLANG {
        @Override
        double value(long bits, long stages, long mean) {
            double sum = 0;
            long stage = bits;
            for (long i = 0; i < stages; i++) {
                sum -= StrictMath.log(Draws.unit(stage));
                stage = Streams.draw(bits, i);
            }
            return sum / stages * mean;
        }
    },
    /** Pareto, with its least value and its exponent in millionths. */
    PARETO {
        @Override
        double value(long bits, long scale, long exponentMillionths) {
            return scale * StrictMath.exp(-StrictMath.log(Draws.unit(bits)) * MILLION / exponentMillionths);
        }
    };

    /** Most stages of {@link #ERLANG}: each costs a logarithm per draw. */
    public static final long MOST_STAGES = 1_000;

    private static final double MILLION = 1e6;

    /** A value, not yet cut off. */
    abstract double value(long bits, long first, long second);

    /** Normal with mean 0 and deviation 1, after Box and Muller. */
    private static double standardNormal(long bits) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(Draws.unit(bits)));
        return radius * StrictMath.cos(2 * Math.PI * Draws.unit(Streams.mix(bits)));
    }
}
