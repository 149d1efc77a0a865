package dev.swtch.engine.workload;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A value of the source form, fixed or random: a span of time in nanoseconds, or a count. */
public sealed interface Dist {
    /** Always the same value. */
    record Constant(long value) implements Dist {}

    /** Every whole value from low to high, both included, with equal probability. */
    record Uniform(long low, long high) implements Dist {}

    /** Exponentially distributed, rounded to whole values. */
    record Exponential(long mean) implements Dist {}

    /** One of several values, with a probability proportional to its weight. */
    record Choice(List<Weighted> options) implements Dist {
        /** Copies the list. */
        public Choice {
            options = List.copyOf(options);
        }

        /** This choice with one more option. */
        public Choice or(int weight, String span) {
            List<Weighted> more = new ArrayList<>(options);
            more.add(new Weighted(weight, Times.parseNs(span)));
            return new Choice(more);
        }
    }

    /** With a probability proportional to a weight, one of several exponential distributions of given means. */
    record Hyper(List<Weighted> means) implements Dist {
        /** Copies the list. */
        public Hyper {
            means = List.copyOf(means);
        }
    }

    /** A distribution of a shape with two parameters, cut off at both ends: what lies outside becomes the end. */
    record Shaped(Shape shape, long first, long second, long least, long most) implements Dist {}

    /** The values of a list in their order, from the first again after the last; each thread begins with the first. */
    record Sequence(List<Long> values) implements Dist {
        /** Copies the list. */
        public Sequence {
            values = List.copyOf(values);
        }
    }

    /**
     * An option of a {@link Choice}.
     *
     * @param weight at least 1
     * @param value a span in ns, or a count
     */
    record Weighted(int weight, long value) {}

    /** A fixed span, for example {@code of("100us")}. */
    static Dist of(String span) {
        return new Constant(Times.parseNs(span));
    }

    /** A fixed span. */
    static Dist of(Duration span) {
        return new Constant(span.toNanos());
    }

    /** A fixed value: nanoseconds, or a count. */
    static Dist of(long value) {
        return new Constant(value);
    }

    /** A span between two, both included. */
    static Dist uniform(String low, String high) {
        return new Uniform(Times.parseNs(low), Times.parseNs(high));
    }

    /** An exponentially distributed span. */
    static Dist exponential(String mean) {
        return new Exponential(Times.parseNs(mean));
    }

    /** A weighted choice between spans: {@code choice(9, "1ms").or(1, "20ms")}. */
    static Choice choice(int weight, String span) {
        return new Choice(List.of(new Weighted(weight, Times.parseNs(span))));
    }
}
