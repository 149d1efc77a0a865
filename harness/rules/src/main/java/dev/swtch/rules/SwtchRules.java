package dev.swtch.rules;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All rules of one layer, checked in one line.
 *
 * <p>A layer is given by any class in its root package: its directory or jar is what is checked, and what lies at or
 * below that package is the layer's own. Classes are read, not loaded.
 */
public final class SwtchRules {
    private static final String MACHINE = "dev.swtch.machine";
    private static final String SPI = "dev.swtch.spi";
    private static final String NEXT = "dev.swtch.machine.Next";

    private final String own;
    private final Path location;
    private final List<ArchRule> rules = new ArrayList<>();
    private final List<String> foreign = new ArrayList<>();
    private TailCalls tailCalls = TailCalls.returning(NEXT);
    private boolean exportsNothing;
    private boolean everyPackageDescribed;
    private int atLeast = 1;

    private SwtchRules(Class<?> anchor) {
        own = anchor.getPackageName();
        location = locationOf(anchor);
        rules.addAll(HouseRules.all(own));
    }

    /** What holds for a scheduler plugin. */
    public static SwtchRules plugin(Class<?> anchor) {
        SwtchRules layer = new SwtchRules(anchor).deterministic().withoutHashOrder();
        layer.exportsNothing = true;
        return layer.and(LayerRules.plugin(layer.own, SPI, MACHINE));
    }

    /** What holds for the contracts. */
    public static SwtchRules spi(Class<?> anchor) {
        SwtchRules layer =
                new SwtchRules(anchor).deterministic().withoutHashOrder().everyPackageDescribed();
        return layer.and(LayerRules.spi(layer.own, MACHINE));
    }

    /** What holds for the machine. */
    public static SwtchRules machine(Class<?> anchor) {
        SwtchRules layer =
                new SwtchRules(anchor).deterministic().withoutHashOrder().everyPackageDescribed();
        return layer.and(LayerRules.machine(layer.own));
    }

    /** What holds for the engine, which is deterministic but may look things up by hash code. */
    public static SwtchRules engine(Class<?> anchor) {
        return new SwtchRules(anchor).deterministic().everyPackageDescribed();
    }

    /** What holds for any other part of the harness. */
    public static SwtchRules harness(Class<?> anchor) {
        return new SwtchRules(anchor).everyPackageDescribed();
    }

    /** Adds a rule of your own. */
    public SwtchRules and(ArchRule rule) {
        rules.add(rule);
        return this;
    }

    /** How many classes must be found, so that the rules cannot pass on a part of the layer; 1 unless set. */
    public SwtchRules atLeast(int classes) {
        atLeast = classes;
        return this;
    }

    /** Also asks for a {@code package-info.java} in each package whose sources lie beside the classes. */
    public SwtchRules everyPackageDescribed() {
        everyPackageDescribed = true;
        return this;
    }

    /** Lets these methods, each {@code package.Class.method}, go on after a call that may lose the CPU. */
    public SwtchRules goingOnAfterCalls(String... methods) {
        tailCalls = tailCalls.except(methods);
        return this;
    }

    /** Forbids to name these packages, in code or in strings. */
    public SwtchRules namingNoneOf(String... packages) {
        foreign.addAll(Arrays.asList(packages));
        return this;
    }

    /**
     * Checks all rules.
     *
     * @throws AssertionError listing every violation of every rule
     */
    public void check() {
        Findings findings = new Findings(own);
        JavaClasses classes = new ClassFileImporter().importPath(location);
        long count =
                classes.stream().filter(type -> isOwn(type.getPackageName())).count();
        if (count < atLeast) {
            findings.add("at least " + atLeast + " classes are checked", List.of(count + " found in " + location));
        }
        rules.forEach(rule -> findings.add(
                rule.getDescription(),
                rule.allowEmptyShould(true).evaluate(classes).getFailureReport().getDetails()));
        findings.add("nothing follows a call that may lose the CPU", tailCalls.violationsIn(location));
        findings.add("module-info and META-INF/services offer the same", ServiceDeclarations.disagreementsIn(location));
        if (exportsNothing) {
            findings.add(
                    "a plugin exports no package: its service is its only door",
                    ServiceDeclarations.exportsOf(location));
        }
        findings.add("schedulers are reached through their service alone", ConstantPools.naming(location, foreign));
        if (everyPackageDescribed) {
            PackageInfos.sourcesOf(location)
                    .ifPresent(sources ->
                            findings.add("every package says what it is for", PackageInfos.missingIn(sources)));
        }
        findings.throwIfAny();
    }

    private SwtchRules deterministic() {
        rules.addAll(DeterminismRules.all(own));
        return this;
    }

    private SwtchRules withoutHashOrder() {
        return and(DeterminismRules.noHashOrder(own));
    }

    private boolean isOwn(String name) {
        return name.equals(own) || name.startsWith(own + ".");
    }

    private static Path locationOf(Class<?> anchor) {
        CodeSource source = anchor.getProtectionDomain().getCodeSource();
        if (source == null) {
            throw new IllegalArgumentException(anchor + " comes from no directory or jar");
        }
        try {
            return Path.of(source.getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(anchor + " comes from " + source.getLocation(), e);
        }
    }
}
