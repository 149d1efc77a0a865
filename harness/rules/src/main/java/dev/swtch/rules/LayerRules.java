package dev.swtch.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;

/** Which layer may use which. */
public final class LayerRules {
    private static final String[] LIBRARIES = {"java", "org.jspecify", "org.eclipse.collections"};

    private LayerRules() {}

    /** The machine uses no other layer. */
    public static ArchRule machine(String machine) {
        return usesOnly(machine).because("the machine is hardware: it knows no thread, scheduler or workload");
    }

    /** The contracts use the machine and no other layer. */
    public static ArchRule spi(String spi, String machine) {
        return usesOnly(spi, machine).because("the contracts must mean the same under every harness and scheduler");
    }

    /** A plugin uses the contracts and the machine, never the harness or another plugin. */
    public static ArchRule plugin(String plugin, String spi, String machine) {
        return usesOnly(plugin, spi, machine)
                .because("a scheduler that sees the harness or another scheduler is no longer comparable with others");
    }

    private static ArchRule usesOnly(String own, String... lower) {
        String[] allowed = Stream.of(Stream.of(own), Stream.of(lower), Stream.of(LIBRARIES))
                .flatMap(names -> names)
                .map(Packages::below)
                .toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage(Packages.below(own))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed);
    }
}
