package dev.swtch.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageInfosTest {
    @TempDir
    Path sources;

    @Test
    void finds_a_package_without_one() throws IOException {
        Files.writeString(folder("silent").resolve("A.java"), "");
        Files.writeString(folder("spoken").resolve("B.java"), "");
        Files.writeString(folder("spoken").resolve("package-info.java"), "");
        Files.writeString(sources.resolve("module-info.java"), "");

        assertThat(PackageInfos.missingIn(sources)).containsExactly("no package-info.java in silent");
    }

    private Path folder(String name) throws IOException {
        return Files.createDirectories(sources.resolve(name));
    }
}
