package dev.swtch.engine.workload;

/** Evaluates a distribution outside a program. */
final class DistValue {
    private DistValue() {}

    static long of(Dist dist, long streamKey, long n) {
        if (dist instanceof Dist.Constant constant) {
            return constant.value();
        }
        long bits = Streams.draw(streamKey, n);
        if (dist instanceof Dist.Uniform uniform) {
            return uniform.low() + Draws.below(bits, uniform.high() - uniform.low() + 1);
        }
        if (dist instanceof Dist.Exponential exponential) {
            return Draws.exponential(bits, exponential.mean());
        }
        return choice((Dist.Choice) dist, bits);
    }

    private static long choice(Dist.Choice choice, long bits) {
        long total = 0;
        for (int i = 0; i < choice.options().size(); i++) {
            total += choice.options().get(i).weight();
        }
        long at = Draws.below(bits, total);
        int option = 0;
        while (choice.options().get(option).weight() <= at) {
            at -= choice.options().get(option).weight();
            option++;
        }
        return choice.options().get(option).value();
    }
}
