package dev.swtch.engine.workload;

/** Collects the draw sites of a workload while it is compiled. */
final class DrawsBuilder {
    final Ints kinds = new Ints();
    final Ints steps = new Ints();
    final Ints registers = new Ints();
    final Longs firsts = new Longs();
    final Longs seconds = new Longs();
    final Longs weights = new Longs();
    final Longs values = new Longs();

    int uniform(Dist.Uniform uniform, int step, int register) {
        return site(Draws.UNIFORM, step, register, uniform.low(), uniform.high() - uniform.low() + 1);
    }

    int exponential(Dist.Exponential exponential, int step, int register) {
        return site(Draws.EXPONENTIAL, step, register, exponential.mean(), 0);
    }

    int choice(Dist.Choice choice, int step, int register) {
        int from = weights.size();
        long cumulated = 0;
        for (Dist.Weighted option : choice.options()) {
            cumulated += option.weight();
            weights.add(cumulated);
            values.add(option.value());
        }
        return site(Draws.CHOICE, step, register, from, weights.size());
    }

    private int site(int kind, int step, int register, long first, long second) {
        kinds.add(kind);
        steps.add(step);
        registers.add(register);
        firsts.add(first);
        seconds.add(second);
        return kinds.size() - 1;
    }
}
