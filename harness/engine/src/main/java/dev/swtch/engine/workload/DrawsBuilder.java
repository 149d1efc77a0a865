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

    int uniform(Dist.Uniform uniform, int step, int register) {
        return site(Draws.UNIFORM, step, register, uniform.low(), uniform.high() - uniform.low() + 1);
    }

    int exponential(Dist.Exponential exponential, int step, int register) {
        return site(Draws.EXPONENTIAL, step, register, exponential.mean(), 0);
    }

    int choice(Dist.Choice choice, int step, int register) {
        return weighted(Draws.CHOICE, choice.options(), step, register);
    }

    int hyper(Dist.Hyper hyper, int step, int register) {
        return weighted(Draws.HYPER, hyper.means(), step, register);
    }

    int shaped(Dist.Shaped shaped, int step, int register) {
        shapes.add(shaped);
        return site(Draws.SHAPED, step, register, shapes.size() - 1, 0);
    }

    int sequence(Dist.Sequence sequence, int step, int register) {
        int known = 0;
        while (known < sequences.size() && !sequences.get(known).equals(sequence)) {
            known++;
        }
        if (known == sequences.size()) {
            sequences.add(sequence);
            sequenceStarts.add(listed.size());
            sequence.values().forEach(listed::add);
        }
        long from = sequenceStarts.get(known);
        return site(Draws.SEQUENCE, step, register, from, sequence.values().size());
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
