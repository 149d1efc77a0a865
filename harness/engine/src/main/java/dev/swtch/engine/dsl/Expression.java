package dev.swtch.engine.dsl;

import java.util.function.Function;

/**
 * Arithmetic of the language: {@code + - * /}, parentheses, numbers, spans of time and names. Evaluated while it is
 * read.
 */
final class Expression {
    private static final int DEEPEST = 50;

    private final String text;
    private final Function<String, Amount> names;
    private int at;
    private int depth;

    private Expression(String text, Function<String, Amount> names) {
        this.text = text;
        this.names = names;
    }

    /**
     * The value of an expression.
     *
     * @param text the expression without its braces
     * @param names gives a name its value or throws
     * @throws IllegalArgumentException saying what is wrong
     */
    static Amount value(String text, Function<String, Amount> names) {
        Expression expression = new Expression(text, names);
        Amount value = expression.sum();
        if (expression.at < text.length()) {
            throw expression.expected("+, -, * or /");
        }
        return value;
    }

    private Amount sum() {
        Amount value = product();
        for (char sign = next(); sign == '+' || sign == '-'; sign = next()) {
            at++;
            value = value.plus(product(), sign == '+' ? 1 : -1);
        }
        return value;
    }

    private Amount product() {
        Amount value = factor();
        for (char sign = next(); sign == '*' || sign == '/'; sign = next()) {
            at++;
            value = sign == '*' ? value.times(factor()) : value.dividedBy(factor());
        }
        return value;
    }

    private Amount factor() {
        if (++depth > DEEPEST) {
            throw new IllegalArgumentException("the expression is nested too deeply");
        }
        char first = next();
        Amount value;
        if (first == '(') {
            at++;
            value = sum();
            if (next() != ')') {
                throw expected("a closing parenthesis");
            }
            at++;
        } else if (first == '-') {
            at++;
            value = Amount.number(0).plus(factor(), -1);
        } else if (first >= '0' && first <= '9') {
            value = Amount.parse(word());
        } else if (Character.isLetter(first) || first == '_') {
            value = names.apply(word());
        } else {
            throw expected("a number, a name or a parenthesis");
        }
        depth--;
        return value;
    }

    private String word() {
        int begin = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || "_.".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        return text.substring(begin, at);
    }

    private char next() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at < text.length() ? text.charAt(at) : 0;
    }

    private IllegalArgumentException expected(String what) {
        String found = at < text.length() ? "'" + text.charAt(at) + "'" : "the end";
        return new IllegalArgumentException("expected " + what + ", found " + found);
    }
}
