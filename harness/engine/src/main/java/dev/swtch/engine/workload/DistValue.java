package dev.swtch.engine.workload;

import java.util.List;

/** Evaluates a distribution outside a program. */
final class DistValue {
    private DistValue() {}

    static long of(Dist dist, long streamKey, long n) {
        if (dist instanceof Dist.Constant constant) {
            return constant.value();
        }
        if (dist instanceof Dist.Sequence sequence) {
            return sequence.values().get((int) (n % sequence.values().size()));
        }
        long bits = Streams.draw(streamKey, n);
        if (dist instanceof Dist.Uniform uniform) {
            return uniform.low() + Draws.below(bits, uniform.high() - uniform.low() + 1);
        }
        if (dist instanceof Dist.Exponential exponential) {
            return Draws.exponential(bits, exponential.mean());
        }
        if (dist instanceof Dist.Shaped shaped) {
            return Draws.shaped(bits, shaped);
        }
        if (dist instanceof Dist.Hyper hyper) {
            return Draws.exponential(Streams.mix(bits), weighted(hyper.means(), bits));
        }
        return weighted(((Dist.Choice) dist).options(), bits);
    }

    private static long weighted(List<Dist.Weighted> options, long bits) {
        long total = 0;
        for (Dist.Weighted option : options) {
            total += option.weight();
        }
        long at = Draws.below(bits, total);
        int option = 0;
        while (options.get(option).weight() <= at) {
            at -= options.get(option).weight();
            option++;
        }
        return options.get(option).value();
    }
}
