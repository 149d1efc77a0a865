package dev.swtch.engine.workload;

import java.util.ArrayList;
import java.util.List;

/** Collects the draw sites of a workload while it is compiled. */
final class DrawsBuilder {
    final Ints kinds = new Ints();
    final Ints steps = new Ints();
    final Ints registers = new Ints();
    final Longs firsts = new Longs();
    final Longs seconds = new Longs();
    final Longs weights = new Longs();
    final Longs values = new Longs();
    final Longs listed = new Longs();
    private final List<Dist.Sequence> sequences = new ArrayList<>();
    private final List<Integer> sequenceStarts = new ArrayList<>();
    final List<Dist.Shaped> shapes = new ArrayList<>();

    /** The number of a new site, which draws from anything but a constant. */
    int site(Dist dist, int step, int register) {
        if (dist instanceof Dist.Uniform uniform) {
            return site(Draws.UNIFORM, step, register, uniform.low(), uniform.high() - uniform.low() + 1);
        } else if (dist instanceof Dist.Exponential exponential) {
            return site(Draws.EXPONENTIAL, step, register, exponential.mean(), 0);
        } else if (dist instanceof Dist.Shaped shaped) {
            shapes.add(shaped);
            return site(Draws.SHAPED, step, register, shapes.size() - 1, 0);
        } else if (dist instanceof Dist.Hyper hyper) {
            return weighted(Draws.HYPER, hyper.means(), step, register);
        } else if (dist instanceof Dist.Sequence sequence) {
            return site(
                    Draws.SEQUENCE,
                    step,
                    register,
                    start(sequence),
                    sequence.values().size());
        }
        return weighted(Draws.CHOICE, ((Dist.Choice) dist).options(), step, register);
    }

    /** Where the values of a sequence begin; equal ones are kept once. */
    private int start(Dist.Sequence sequence) {
        int known = sequences.indexOf(sequence);
        if (known >= 0) {
            return sequenceStarts.get(known);
        }
        sequences.add(sequence);
        sequenceStarts.add(listed.size());
        sequence.values().forEach(listed::add);
        return sequenceStarts.get(sequences.size() - 1);
    }

    private int weighted(int kind, List<Dist.Weighted> options, int step, int register) {
        int from = weights.size();
        long cumulated = 0;
        for (Dist.Weighted option : options) {
            cumulated += option.weight();
            weights.add(cumulated);
            values.add(option.value());
        }
        return site(kind, step, register, from, weights.size());
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
