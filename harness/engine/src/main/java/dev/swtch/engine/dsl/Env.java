package dev.swtch.engine.dsl;

import dev.swtch.engine.workload.Nearest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names that an expression can use, each with a value: an {@link Amount}, or a {@link Yaml} that stands for itself (a
 * word, a distribution). An inner scope hides names of the outer.
 */
final class Env {
    /** Number of a thread among those of its kind. */
    static final String INSTANCE = "instance";

    private static final int LONGEST = 200;

    private final @Nullable Env outer;
    private final String name;
    private final @Nullable Amount amount;
    private final @Nullable Yaml node;
    private final boolean[] instanceAsked;

    private Env(
            @Nullable Env outer, String name, @Nullable Amount amount, @Nullable Yaml node, boolean[] instanceAsked) {
        this.outer = outer;
        this.name = name;
        this.amount = amount;
        this.node = node;
        this.instanceAsked = instanceAsked;
    }

    static Env empty() {
        return new Env(null, "", null, null, new boolean[1]);
    }

    Env with(String newName, Amount value) {
        return new Env(this, newName, value, null, instanceAsked);
    }

    Env with(String newName, Yaml value) {
        return new Env(this, newName, null, value, instanceAsked);
    }

    /** An inner scope for a thread, which notices whether its number is asked for. */
    Env forInstance(long number) {
        return new Env(this, INSTANCE, Amount.number(number), null, new boolean[1]);
    }

    boolean instanceAsked() {
        return instanceAsked[0];
    }

    /** The value a whole text of the form <code>${name}</code> stands for, if it is not a number; else null. */
    @Nullable
    Yaml node(String text) {
        if (!text.startsWith("${") || text.indexOf('}') != text.length() - 1) {
            return null;
        }
        Env found = find(text.substring(2, text.length() - 1).trim());
        return found == null ? null : found.node;
    }

    /**
     * The amount that a text stands for: a number, a time, or an expression.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    Amount amount(String text) {
        String filled = fill(text);
        return Amount.parse(filled);
    }

    /**
     * A text with every <code>${...}</code> replaced by its value.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    String fill(String text) {
        int open = text.indexOf("${");
        if (open < 0) {
            return text;
        }
        StringBuilder filled = new StringBuilder();
        int from = 0;
        for (; open >= 0; open = text.indexOf("${", from)) {
            int close = text.indexOf('}', open);
            if (close < 0) {
                throw new IllegalArgumentException("\"${\" has no closing brace");
            }
            if (close - open > LONGEST) {
                throw new IllegalArgumentException("the expression is longer than " + LONGEST + " characters");
            }
            filled.append(text, from, open);
            filled.append(expression(text.substring(open + 2, close)));
            from = close + 1;
        }
        return filled.append(text, from, text.length()).toString();
    }

    private String expression(String text) {
        Env alone = find(text.trim());
        if (alone != null && alone.node instanceof Yaml.Scalar word) {
            return word.text();
        }
        return Expression.value(text, this::valueOf).text();
    }

    private Amount valueOf(String asked) {
        Env found = find(asked);
        if (found == null) {
            String nearest = Nearest.of(asked, names());
            throw new IllegalArgumentException("there is no parameter \"" + asked + "\""
                    + (nearest == null ? "" : " (did you mean \"" + nearest + "\"?)"));
        }
        if (found.amount == null) {
            throw new IllegalArgumentException("parameter \"" + asked + "\" is not a number");
        }
        return found.amount;
    }

    private @Nullable Env find(String asked) {
        for (Env env = this; env != null && env.outer != null; env = env.outer) {
            if (env.name.equals(asked)) {
                if (asked.equals(INSTANCE)) {
                    env.instanceAsked[0] = true;
                }
                return env;
            }
        }
        return null;
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        for (Env env = this; env != null && env.outer != null; env = env.outer) {
            names.add(env.name);
        }
        return names;
    }
}
