package dev.swtch.cli;

import dev.swtch.engine.workload.Times;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code --duration}. */
final class Durations implements ITypeConverter<Long> {
    /** Times of the machine are below this: 73 minutes. */
    static final long LIMIT_NS = 1L << 42;

    @Override
    public Long convert(String text) {
        long ns;
        try {
            ns = Times.parseNs(text);
        } catch (IllegalArgumentException wrong) {
            throw new TypeConversionException(
                    "expected a span of simulated time such as 500ms, 2s or 1min, found '" + text + "'");
        }
        if (ns < 1 || ns >= LIMIT_NS) {
            throw new TypeConversionException("expected more than 0 and at most 73min, found '" + text + "'");
        }
        return ns;
    }
}
