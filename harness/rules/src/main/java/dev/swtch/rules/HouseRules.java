package dev.swtch.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.List;

/** What holds in every module, whatever its layer. */
public final class HouseRules {
    private HouseRules() {}

    /** All of them. */
    public static List<ArchRule> all(String own) {
        return List.of(noPackageCycles(own), noGenericExceptions(own));
    }

    /** No two packages need each other. */
    public static ArchRule noPackageCycles(String own) {
        return slices().assignedFrom(new EachPackage(own))
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .because("packages that need each other can only be understood, tested and moved together");
    }

    /** Whoever throws says what went wrong in the type. */
    public static ArchRule noGenericExceptions(String own) {
        return noClasses()
                .that()
                .resideInAPackage(Packages.below(own))
                .should(GeneralCodingRules.THROW_GENERIC_EXCEPTIONS)
                .because("a caller can tell a generic exception from no other");
    }
}
