package dev.swtch.rules;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A group of methods, constructors and fields that must not be used.
 *
 * <p>Each is written {@code Owner.name}, or {@code Owner.name(Types)} where only one overload is meant, or {@code
 * Owner.*} for all of a type.
 */
final class ForbiddenTargets extends DescribedPredicate<AccessTarget> {
    static final ForbiddenTargets HOST_CLOCK = new ForbiddenTargets(
            "the host's clock",
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.lang.Thread.sleep",
            "java.time.Clock.*",
            "java.time.Instant.now",
            "java.time.LocalDate.now",
            "java.time.LocalTime.now",
            "java.time.LocalDateTime.now",
            "java.time.OffsetDateTime.now",
            "java.time.ZonedDateTime.now",
            "java.time.Year.now",
            "java.time.YearMonth.now",
            "java.util.Date.<init>()",
            "java.util.Calendar.getInstance");

    static final ForbiddenTargets HOST_RANDOM = new ForbiddenTargets(
            "a random number that no seed of ours gave",
            "java.util.Random.*",
            "java.util.SplittableRandom.<init>()",
            "java.util.concurrent.ThreadLocalRandom.*",
            "java.security.SecureRandom.*",
            "java.lang.Math.random",
            "java.lang.StrictMath.random",
            "java.util.UUID.randomUUID",
            "java.util.Collections.shuffle");

    static final ForbiddenTargets IDENTITY = new ForbiddenTargets(
            "an identity hash code",
            "java.lang.System.identityHashCode",
            "java.lang.Object.hashCode",
            "java.lang.Object.toString",
            "java.lang.Enum.hashCode");

    static final ForbiddenTargets RANDOMIZED_COLLECTIONS = new ForbiddenTargets(
            "an immutable set or map of the JDK",
            "java.util.Set.of",
            "java.util.Set.copyOf",
            "java.util.Map.of",
            "java.util.Map.copyOf",
            "java.util.Map.ofEntries",
            "java.util.stream.Collectors.toUnmodifiableSet",
            "java.util.stream.Collectors.toUnmodifiableMap");

    static final ForbiddenTargets INEXACT_MATH = new ForbiddenTargets(
            "a function of Math that may round in more than one way",
            "java.lang.Math.sin",
            "java.lang.Math.cos",
            "java.lang.Math.tan",
            "java.lang.Math.asin",
            "java.lang.Math.acos",
            "java.lang.Math.atan",
            "java.lang.Math.atan2",
            "java.lang.Math.sinh",
            "java.lang.Math.cosh",
            "java.lang.Math.tanh",
            "java.lang.Math.exp",
            "java.lang.Math.expm1",
            "java.lang.Math.log",
            "java.lang.Math.log1p",
            "java.lang.Math.log10",
            "java.lang.Math.pow",
            "java.lang.Math.cbrt",
            "java.lang.Math.hypot");

    static final ForbiddenTargets FLOATING_POINT_TEXT = new ForbiddenTargets(
            "the text of a floating-point number",
            "java.lang.Double.toString",
            "java.lang.Float.toString",
            "java.lang.String.valueOf(double)",
            "java.lang.String.valueOf(float)",
            "java.lang.StringBuilder.append(double)",
            "java.lang.StringBuilder.append(float)");

    static final ForbiddenTargets DEFAULT_LOCALE = new ForbiddenTargets(
            "the user's language",
            "java.util.Locale.getDefault",
            "java.lang.String.formatted",
            "java.lang.String.format(java.lang.String, [Ljava.lang.Object;)",
            "java.lang.String.toLowerCase()",
            "java.lang.String.toUpperCase()");

    static final ForbiddenTargets STANDARD_STREAMS = new ForbiddenTargets(
            "a standard stream",
            "java.lang.System.out",
            "java.lang.System.err",
            "java.lang.System.in",
            "java.lang.Throwable.printStackTrace()");

    private final Set<String> targets;

    private ForbiddenTargets(String description, String... targets) {
        super(description);
        this.targets = Set.copyOf(Arrays.asList(targets));
    }

    @Override
    public boolean test(AccessTarget target) {
        String owner = target.getOwner().getName();
        String name = owner + "." + target.getName();
        return targets.contains(owner + ".*") || targets.contains(name) || targets.contains(name + parameters(target));
    }

    private static String parameters(AccessTarget target) {
        if (!(target instanceof CodeUnitAccessTarget unit)) {
            return "";
        }
        return unit.getRawParameterTypes().stream().map(JavaClass::getName).collect(Collectors.joining(", ", "(", ")"));
    }
}
