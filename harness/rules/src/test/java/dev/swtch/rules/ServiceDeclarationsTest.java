package dev.swtch.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.ModuleVisitor;
import org.objectweb.asm.Opcodes;

class ServiceDeclarationsTest {
    @TempDir
    Path classes;

    @BeforeEach
    void write_module() throws IOException {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_MODULE, "module-info", null, null, null);
        ModuleVisitor module = writer.visitModule("fixture", 0, null);
        module.visitRequire("java.base", Opcodes.ACC_MANDATED, null);
        module.visitPackage("fixture/open");
        module.visitExport("fixture/open", 0);
        module.visitProvide("fixture/Service", "fixture/open/Provider");
        module.visitEnd();
        writer.visitEnd();
        Files.write(classes.resolve("module-info.class"), writer.toByteArray());
    }

    @Test
    void misses_the_services_file() {
        assertThat(ServiceDeclarations.disagreementsIn(classes))
                .containsExactly(
                        "fixture.Service: module-info provides [fixture.open.Provider], META-INF/services lists []");
    }

    @Test
    void finds_another_provider() throws IOException {
        list("fixture.open.Other");

        assertThat(ServiceDeclarations.disagreementsIn(classes)).hasSize(1);
    }

    @Test
    void accepts_the_same_in_both() throws IOException {
        list("# a comment\nfixture.open.Provider # another\n");

        assertThat(ServiceDeclarations.disagreementsIn(classes)).isEmpty();
    }

    @Test
    void lists_exports() {
        assertThat(ServiceDeclarations.exportsOf(classes)).containsExactly("module-info exports fixture.open");
    }

    private void list(String text) throws IOException {
        Path services = Files.createDirectories(classes.resolve("META-INF/services"));
        Files.writeString(services.resolve("fixture.Service"), text);
    }
}
