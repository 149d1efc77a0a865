package dev.swtch.engine.dsl;

import java.util.ArrayList;
import java.util.List;

/** Reads lists of things with a weight each. Weights may be fractions; they are kept to six digits. */
final class Weights {
    private static final long MILLION = 1_000_000;

    private Weights() {}

    /** A thing with its weight. */
    record Item(int weight, Yaml value) {}

    /**
     * The items of a list of pairs; none after an error.
     *
     * @param thing what stands behind each weight, for messages
     */
    static List<Item> read(Yaml value, String what, String thing, Values values) {
        if (!(value instanceof Yaml.Seq list) || list.items().isEmpty()) {
            String found = value instanceof Yaml.Seq ? "an empty list" : value.kind();
            values.findings().expected(value.place(), what, "a list of [weight, " + thing + "]", found);
            return List.of();
        }
        List<List<Yaml>> pairs = new ArrayList<>();
        List<Amount> weights = new ArrayList<>();
        boolean whole = true;
        for (Yaml item : list.items()) {
            List<Yaml> pair = values.pair(item, what, "a weight and a " + thing);
            if (pair == null) {
                return List.of();
            }
            Amount weight = values.amount(pair.get(0), what + ": the weight", false);
            pairs.add(pair);
            weights.add(weight == null ? Amount.number(1) : weight);
            whole &= weights.get(weights.size() - 1).isWhole();
        }
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i++) {
            items.add(new Item(
                    scaled(weights.get(i), whole, pairs.get(i), what, values),
                    pairs.get(i).get(1)));
        }
        return items;
    }

    private static int scaled(Amount written, boolean whole, List<Yaml> pair, String what, Values values) {
        long weight = written.scaled(whole ? 1 : MILLION);
        if (weight >= 1 && weight <= 1_000_000_000) {
            return (int) weight;
        }
        String range = whole ? "1 to 1000000000" : "0.000001 to 1000";
        values.findings().expected(pair.get(0).place(), what + ": a weight", range, written.text());
        return 1;
    }
}
