package dev.swtch.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/**
 * What must not be used where the same inputs have to give the same bytes: on any JVM, at any time of day, for any
 * number of host threads.
 *
 * <p>Out of reach of such rules are an identity hash code taken through a supertype, and a double inside a string
 * concatenation.
 */
public final class DeterminismRules {
    private static final String[] HASHED = {
        "java.util.HashMap", "java.util.HashSet", "java.util.IdentityHashMap", "java.util.WeakHashMap"
    };

    private DeterminismRules() {}

    /** All of them but {@link #noHashOrder}. */
    public static List<ArchRule> all(String own) {
        return List.of(
                noHostClock(own),
                noHostRandom(own),
                noHostThreads(own),
                noIdentity(own),
                noRandomizedCollections(own),
                noInexactMath(own),
                noFloatingPointText(own),
                noDefaultLocale(own),
                noStandardStreams(own),
                noStaticState(own));
    }

    /** Time is simulated. */
    public static ArchRule noHostClock(String own) {
        return neverCalls(own, ForbiddenTargets.HOST_CLOCK, "simulated time is the only time");
    }

    /** Random numbers come from a seed. */
    public static ArchRule noHostRandom(String own) {
        return neverCalls(own, ForbiddenTargets.HOST_RANDOM, "every draw comes from a stream that the seed names");
    }

    /** One simulation runs on one host thread. */
    public static ArchRule noHostThreads(String own) {
        return noClasses()
                .that()
                .resideInAPackage(Packages.below(own))
                .should()
                .dependOnClassesThat(HostThreads.TYPE)
                .because("one host thread runs a simulation, so nothing depends on how threads interleave");
    }

    /** Nothing depends on where an object lies. */
    public static ArchRule noIdentity(String own) {
        return neverCalls(own, ForbiddenTargets.IDENTITY, "identity hash codes differ from run to run");
    }

    /** {@code Set.of} and its like walk in an order drawn at JVM start. */
    public static ArchRule noRandomizedCollections(String own) {
        return neverCalls(
                own,
                ForbiddenTargets.RANDOMIZED_COLLECTIONS,
                "their order is drawn anew by every JVM; use lists, enum sets, sorted or linked collections");
    }

    /** No collection whose order comes from hash codes. */
    public static ArchRule noHashOrder(String own) {
        return noClasses()
                .that()
                .resideInAPackage(Packages.below(own))
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName(HASHED[0])
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName(HASHED[1])
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName(HASHED[2])
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName(HASHED[3])
                .because("whoever walks a hashed collection decides by hash code; index by number or keep a list");
    }

    /** Transcendental functions come from {@code StrictMath}. */
    public static ArchRule noInexactMath(String own) {
        return neverCalls(
                own, ForbiddenTargets.INEXACT_MATH, "Math may round as the processor likes; StrictMath may not");
    }

    /** Numbers leave as integers or fixed-point text. */
    public static ArchRule noFloatingPointText(String own) {
        return neverCalls(
                own,
                ForbiddenTargets.FLOATING_POINT_TEXT,
                "JDK 19 changed how it prints doubles; print integers or fixed-point text");
    }

    /** No text depends on the user's language. */
    public static ArchRule noDefaultLocale(String own) {
        return neverCalls(own, ForbiddenTargets.DEFAULT_LOCALE, "text is the same everywhere only with Locale.ROOT");
    }

    /** Only the command line prints. */
    public static ArchRule noStandardStreams(String own) {
        return neverCalls(own, ForbiddenTargets.STANDARD_STREAMS, "results leave through the ports made for them");
    }

    /** No static field changes. */
    public static ArchRule noStaticState(String own) {
        return fields().that()
                .areDeclaredInClassesThat()
                .resideInAPackage(Packages.below(own))
                .and()
                .areStatic()
                .should()
                .beFinal()
                .allowEmptyShould(true)
                .because("all state belongs to one simulation; two of them may run in one JVM");
    }

    private static ArchRule neverCalls(String own, ForbiddenTargets targets, String why) {
        return noClasses()
                .that()
                .resideInAPackage(Packages.below(own))
                .should()
                .accessTargetWhere(JavaAccess.Predicates.target(targets))
                .because(why);
    }
}
