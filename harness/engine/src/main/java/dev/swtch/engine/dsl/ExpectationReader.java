package dev.swtch.engine.dsl;

import dev.swtch.engine.workload.Expectation;
import dev.swtch.engine.workload.Nearest;
import dev.swtch.engine.workload.Quantity;
import dev.swtch.engine.workload.Statistic;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one expectation: what it is about, its bounds, and for whom it holds. */
final class ExpectationReader {
    /** How a value can be bounded. */
    static final List<String> BOUNDS = List.of("exactly", "about", "within", "min", "max", "policy", "confidence");

    private static final Amount HUNDRED = Amount.number(100);
    private static final Amount USUAL = Amount.number(5);

    private final Values values;
    private final Findings findings;

    ExpectationReader(Values values) {
        this.values = values;
        this.findings = values.findings();
    }

    /** An expectation, or null after an error. */
    @Nullable
    Expectation read(Yaml.Member member) {
        int dot = dot(member.key());
        String word = member.key().substring(dot + 1);
        String subject = dot < 1 ? "" : member.key().substring(0, dot);
        boolean ofRun = subject.equals(Statistic.RUN);
        Statistic statistic = Statistic.parse(word, ofRun);
        if (dot < 1 || statistic == null) {
            complain(member, dot, word, ofRun);
            return null;
        }
        if (member.value() instanceof Yaml.Scalar) {
            long exact = value(member.value(), statistic);
            return new Expectation(subject, statistic, exact, exact, List.of(), 0, member.place());
        }
        return bounded(member, subject, statistic);
    }

    private void complain(Yaml.Member member, int dot, String word, boolean ofRun) {
        String key = "\"" + Texts.shortened(member.key()) + "\"";
        if (dot < 1) {
            findings.expected(
                    member.place(), "an expectation", "THREAD, LABEL, run or the like, a dot and a statistic", key);
            return;
        }
        String above = Quantity.ABOVE.word();
        if (word.startsWith(above)) {
            String behind = Texts.shortened(word.substring(above.length()));
            findings.expected(
                    member.place(), key, "a time with its unit such as above-2ms", "\"" + above + behind + "\"");
            return;
        }
        // There are too many words with a prefix to list them; the nearest of all is named.
        List<String> all = Statistic.words(ofRun);
        List<String> plain = all.stream().filter(known -> !known.contains("-")).toList();
        String what = key + " does not end with a statistic" + (ofRun ? " of the run" : "");
        findings.unknown(member.place(), what, word, Nearest.of(word, all) == null ? plain : all);
    }

    /** The dot before the statistic; an argument may have one of its own. */
    private static int dot(String key) {
        int last = key.lastIndexOf('.');
        int before = last < 1 ? -1 : key.lastIndexOf('.', last - 1);
        return before > 0 && Statistic.hasArgument(key.substring(before + 1)) ? before : last;
    }

    private Expectation bounded(Yaml.Member member, String subject, Statistic statistic) {
        Fields fields = Fields.of(member.value(), "the expectation", BOUNDS, findings);
        Yaml exactly = fields.get("exactly");
        Yaml about = fields.get("about");
        Yaml min = fields.get("min");
        Yaml max = fields.get("max");
        Yaml within = fields.get("within");
        int forms = (exactly == null ? 0 : 1) + (about == null ? 0 : 1) + (min == null && max == null ? 0 : 1);
        if (forms != 1 && !fields.isDoubtful()) {
            findings.expected(
                    member.value().place(),
                    "the expectation",
                    "exactly, about, or min and max",
                    forms == 0 ? "none" : "several");
        }
        if (within != null && about == null) {
            findings.error(within.place(), "\"within\" belongs to \"about\"");
        }
        Yaml confident = fields.get("confidence");
        int confidence = confident == null ? 0 : confidence(confident);
        long least = min == null ? 0 : value(min, statistic);
        long most = max == null ? Long.MAX_VALUE : value(max, statistic);
        if (exactly != null) {
            least = value(exactly, statistic);
            most = least;
        } else if (about != null) {
            long middle = value(about, statistic);
            long tolerance = tolerance(within, middle, statistic, confidence > 0 ? Amount.number(0) : USUAL);
            least = Math.max(0, middle - tolerance);
            most = middle + tolerance;
        }
        if (least > most) {
            findings.error(member.value().place(), "\"min\" is above \"max\"");
        }
        return new Expectation(
                subject, statistic, least, most, policies(fields.get("policy")), confidence, member.place());
    }

    private List<String> policies(@Nullable Yaml value) {
        List<String> policies = new ArrayList<>();
        if (value instanceof Yaml.Seq list) {
            list.items().forEach(item -> policies.add(values.text(item, "a policy")));
        } else if (value != null) {
            policies.add(values.text(value, "\"policy\""));
        }
        return policies;
    }

    /** Thousandths of a percent. */
    private int confidence(Yaml value) {
        Amount share = share(value, "the confidence");
        boolean sensible = share == null
                || share.value().compareTo(BigDecimal.valueOf(5, 1)) >= 0
                        && share.value().compareTo(BigDecimal.valueOf(99_999, 5)) <= 0;
        if (!sensible) {
            findings.expected(value.place(), "the confidence", "0.5 to 0.99999, such as 0.99", value.kind());
        }
        return share == null || !sensible ? 99_000 : (int) share.scaled(100_000);
    }

    private long value(Yaml value, Statistic statistic) {
        return switch (statistic.quantity().unit()) {
            case TIME -> values.time(value, "the value", 0);
            case COUNT -> values.count(value, "the value", 0, Long.MAX_VALUE / 8);
            case FRACTION -> {
                Amount share = share(value, "the value");
                yield share == null ? 0 : share.scaled(Quantity.ONE);
            }
        };
    }

    /** A number of 0 or more, or a percentage. */
    private @Nullable Amount share(Yaml value, String what) {
        String text = value instanceof Yaml.Scalar ? values.text(value, what) : "";
        boolean percent = text.endsWith("%");
        Yaml plain = percent ? new Yaml.Scalar(value.place(), text.substring(0, text.length() - 1), false) : value;
        Amount number = values.amount(plain, what, false);
        if (number != null && (number.value().signum() < 0 || number.value().precision() > 40)) {
            findings.expected(value.place(), what, "0 or more", number.text());
            return null;
        }
        return number == null || !percent ? number : number.dividedBy(HUNDRED);
    }

    /** A percentage of the value, or a value to either side. */
    private long tolerance(@Nullable Yaml within, long middle, Statistic statistic, Amount usual) {
        Amount percent = usual;
        if (within != null) {
            String text = within instanceof Yaml.Scalar ? values.text(within, "\"within\"") : "";
            if (!text.endsWith("%")) {
                return value(within, statistic);
            }
            Amount given = values.amount(
                    new Yaml.Scalar(within.place(), text.substring(0, text.length() - 1), false), "\"within\"", false);
            if (given == null || given.value().signum() < 0 || given.value().compareTo(HUNDRED.value()) > 0) {
                findings.expected(within.place(), "\"within\"", "0% to 100%", within.kind());
            } else {
                percent = given;
            }
        }
        return percent.dividedBy(HUNDRED).scaled(middle);
    }
}
