package dev.swtch.rules;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.swtch.fixture.machine.Next;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;

/** The compiled test classes, among them the fixtures that break rules. */
final class Fixtures {
    static final String ROOT = "dev.swtch.fixture";
    static final Path LOCATION = location();

    private static final JavaClasses CLASSES = new ClassFileImporter().importPackages(ROOT);

    private Fixtures() {}

    static List<String> violations(ArchRule rule) {
        return rule.allowEmptyShould(false).evaluate(CLASSES).getFailureReport().getDetails();
    }

    private static Path location() {
        try {
            return Path.of(Next.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
