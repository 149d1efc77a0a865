package dev.swtch.cli;

import java.util.Locale;
import picocli.CommandLine.TypeConversionException;

/** Whether to use colours. */
enum ColorChoice {
    /** If a person sees the output. */
    AUTO,
    /** Always. */
    ALWAYS,
    /** Never. */
    NEVER;

    static ColorChoice of(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "auto" -> AUTO;
            case "always" -> ALWAYS;
            case "never" -> NEVER;
            default -> throw new TypeConversionException("expected auto, always or never, found '" + text + "'");
        };
    }

    boolean isOn(Terminal terminal) {
        return switch (this) {
            case AUTO -> terminal.isInteractive();
            case ALWAYS -> true;
            case NEVER -> false;
        };
    }
}
