package dev.swtch.engine.dsl;

import dev.swtch.engine.workload.BadInputException;
import dev.swtch.engine.workload.Diagnostic;
import dev.swtch.engine.workload.Workload;
import dev.swtch.engine.workload.WorkloadBuilder;
import dev.swtch.engine.workload.WorkloadException;
import dev.swtch.engine.workload.WorkloadSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads and writes workloads in the native language. */
public final class NativeYaml {
    private NativeYaml() {}

    /**
     * Reads and compiles a file.
     *
     * @param file name of the file, for messages; without its directory and ending it names a workload without a name
     * @param content the bytes of the file
     * @throws BadInputException if the file cannot be used, with every error found
     */
    public static Workload read(String file, byte[] content) {
        Findings findings = new Findings();
        try {
            Yaml root = new YamlReader(file, findings).read(content);
            WorkloadBuilder builder = new WorkloadReader(findings).read(root, nameOf(file));
            refuseIfWrong(file, findings);
            findings.notes().forEach(builder::note);
            Workload workload = builder.build();
            new Subjects(workload, findings).check();
            refuseIfWrong(file, findings);
            return workload;
        } catch (Unreadable stopped) {
            findings.add(stopped.diagnostic());
            throw new BadInputException(file, findings.errors());
        } catch (WorkloadException meaning) {
            meaning.errors().forEach(findings::add);
            throw new BadInputException(file, findings.errors());
        }
    }

    private static void refuseIfWrong(String file, Findings findings) {
        List<Diagnostic> errors = findings.errors();
        if (!errors.isEmpty()) {
            throw new BadInputException(file, errors);
        }
    }

    private static String nameOf(String file) {
        String name = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    /** The workload as a file of the language; reading it gives an equal program. */
    public static String write(WorkloadSource source) {
        return new NativeWriter(source).write();
    }

    /** The JSON Schema of the language, by which editors complete it. */
    public static String schema() {
        try (InputStream in = NativeYaml.class.getResourceAsStream("/workload.schema.json")) {
            if (in == null) {
                throw new IllegalStateException("the program is incomplete: /workload.schema.json is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
