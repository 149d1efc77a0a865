package dev.swtch.engine.dsl;

import dev.swtch.engine.workload.Dist;
import dev.swtch.engine.workload.NodeRef;
import dev.swtch.engine.workload.Shape;
import dev.swtch.engine.workload.Times;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Single values as the language writes them. */
final class Words {
    /** Words that YAML readers take for something else. */
    private static final List<String> NOT_PLAIN =
            List.of("true", "false", "null", "yes", "no", "on", "off", "y", "n", "all");

    private Words() {}

    /** A text, in quotes if it needs them. */
    static String text(String text) {
        boolean plain = !text.isEmpty()
                && Character.isLetter(text.charAt(0))
                && text.chars().allMatch(c -> c < 128 && Character.isLetterOrDigit(c) || "_-./".indexOf(c) >= 0)
                && !NOT_PLAIN.contains(text.toLowerCase(Locale.ROOT));
        if (plain) {
            return text;
        }
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '"' || character == '\\') {
                quoted.append('\\').append(character);
            } else if (character < ' ' || character == 127) {
                quoted.append("\\x").append(String.format(Locale.ROOT, "%02x", (int) character));
            } else {
                quoted.append(character);
            }
        }
        return quoted.append('"').toString();
    }

    static String time(Dist dist) {
        return value(dist, true);
    }

    static String count(Dist dist) {
        return value(dist, false);
    }

    static String cpus(List<Integer> cpus) {
        return cpus.isEmpty()
                ? "all"
                : cpus.stream()
                        .map(cpu -> NodeRef.isNode(cpu) ? "\"node:" + NodeRef.node(cpu) + "\"" : String.valueOf(cpu))
                        .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String value(Dist dist, boolean time) {
        if (dist instanceof Dist.Constant constant) {
            return one(constant.value(), time);
        }
        if (dist instanceof Dist.Uniform uniform) {
            return "{uniform: [" + one(uniform.low(), time) + ", " + one(uniform.high(), time) + "]}";
        }
        if (dist instanceof Dist.Exponential exponential) {
            return "{exp: " + one(exponential.mean(), time) + "}";
        }
        if (dist instanceof Dist.Choice choice) {
            return "{choice: " + weighted(choice.options(), time) + "}";
        }
        if (dist instanceof Dist.Hyper hyper) {
            return "{hyper: " + weighted(hyper.means(), time) + "}";
        }
        if (dist instanceof Dist.Sequence sequence) {
            return sequence.values().stream()
                    .map(value -> one(value, time))
                    .collect(Collectors.joining(", ", "{sequence: [", "]}"));
        }
        return shaped((Dist.Shaped) dist, time);
    }

    private static String weighted(List<Dist.Weighted> options, boolean time) {
        return options.stream()
                .map(option -> "[" + option.weight() + ", " + one(option.value(), time) + "]")
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String shaped(Dist.Shaped dist, boolean time) {
        String first = dist.shape() == Shape.ERLANG ? Long.toString(dist.first()) : one(dist.first(), time);
        String second = dist.shape() == Shape.PARETO
                ? BigDecimal.valueOf(dist.second(), 6).stripTrailingZeros().toPlainString()
                : one(dist.second(), time);
        StringBuilder text = new StringBuilder("{")
                .append(dist.shape().name().toLowerCase(Locale.ROOT))
                .append(": [" + first + ", " + second + "]");
        if (dist.least() > 0) {
            text.append(", min: ").append(one(dist.least(), time));
        }
        if (dist.most() < Values.LONGEST_NS) {
            text.append(", max: ").append(one(dist.most(), time));
        }
        return text.append('}').toString();
    }

    private static String one(long value, boolean time) {
        return time ? Times.format(value) : Long.toString(value);
    }
}
