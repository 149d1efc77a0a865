package dev.swtch.engine.dsl;

import org.jspecify.annotations.Nullable;

/** Reads named values: numbers, times, words and distributions. */
final class Params {
    private Params() {}

    /** The scope with every parameter; each can use those before it. */
    static Env read(Yaml value, Values values) {
        Env env = values.env();
        if (!(value instanceof Yaml.Obj mapping)) {
            values.findings().expected(value.place(), "params", "a mapping from names to values", value.kind());
            return env;
        }
        for (Yaml.Member member : mapping.members()) {
            if (!isName(member.key()) || member.key().equals(Env.INSTANCE)) {
                values.findings()
                        .expected(
                                member.place(),
                                "the name of a parameter",
                                "letters, digits and _, and not \"" + Env.INSTANCE + "\"",
                                "\"" + Texts.shortened(member.key()) + "\"");
                continue;
            }
            env = with(env, member.key(), member.value(), values.in(env));
        }
        return env;
    }

    private static boolean isName(String text) {
        if (text.isEmpty() || Character.isDigit(text.charAt(0))) {
            return false;
        }
        return text.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_');
    }

    /** A scope with one more name, its value read in another scope. */
    static Env with(Env env, String name, Yaml value, Values scope) {
        if (!(value instanceof Yaml.Scalar scalar)) {
            return value instanceof Yaml.Obj ? env.with(name, value) : bad(env, name, value, scope);
        }
        Yaml stands = scope.env().node(scalar.text());
        if (stands != null) {
            return env.with(name, stands);
        }
        String filled;
        try {
            filled = scope.env().fill(scalar.text());
        } catch (IllegalArgumentException wrong) {
            scope.findings().error(value.place(), "parameter \"" + name + "\": " + wrong.getMessage());
            return env.with(name, Amount.number(1));
        }
        Amount amount = amount(filled);
        return amount == null
                ? env.with(name, new Yaml.Scalar(value.place(), filled, scalar.quoted()))
                : env.with(name, amount);
    }

    private static Env bad(Env env, String name, Yaml value, Values scope) {
        if (!(value instanceof Yaml.Missing)) {
            scope.findings()
                    .expected(
                            value.place(),
                            "parameter \"" + name + "\"",
                            "a number, a time, a word or a distribution",
                            value.kind());
        }
        return env.with(name, Amount.number(1));
    }

    private static @Nullable Amount amount(String text) {
        try {
            return Amount.parse(text);
        } catch (IllegalArgumentException word) {
            return null;
        }
    }
}
