package dev.swtch.engine.rtapp;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.swtch.engine.workload.BadInputException;
import dev.swtch.engine.workload.Diagnostic;
import dev.swtch.engine.workload.Workload;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Short ways to read a workload from a text. */
final class Reading {
    private Reading() {}

    static RtAppResult read(String text) {
        return read(text, RtAppOptions.defaults());
    }

    static RtAppResult read(String text, RtAppOptions options) {
        return RtApp.read("w.json", text.getBytes(StandardCharsets.UTF_8), options);
    }

    static Workload workload(String text) {
        return read(text).workload();
    }

    static String program(String text) {
        return workload(text).programs().get(0).disassemble();
    }

    static List<String> warnings(String text) {
        return warnings(text, RtAppOptions.defaults());
    }

    static List<String> warnings(String text, RtAppOptions options) {
        return read(text, options).warnings().stream().map(Diagnostic::toString).toList();
    }

    static String error(String text) {
        return error(text, RtAppOptions.defaults());
    }

    static String error(String text, RtAppOptions options) {
        return error(text.getBytes(StandardCharsets.UTF_8), options);
    }

    static String error(byte[] content, RtAppOptions options) {
        BadInputException exception =
                catchThrowableOfType(BadInputException.class, () -> RtApp.read("w.json", content, options));
        return String.valueOf(exception.getMessage());
    }

    /** A workload of one task. */
    static String task(String members) {
        return "{\"tasks\": {\"t\": {" + members + "}}}";
    }
}
