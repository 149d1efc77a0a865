package dev.swtch.report;

import dev.swtch.engine.result.Fault;
import dev.swtch.report.text.Fixed;
import dev.swtch.report.text.Ink;

/** The report of a scheduler that broke a rule, like a kernel's panic message. */
public final class FaultText {
    private FaultText() {}

    /**
     * Writes a fault.
     *
     * @param column name of the column whose run it ended
     * @param seed seed of that run
     * @param fault the broken rule
     * @param command what to type to see it again
     * @param colour whether to use ANSI colours
     */
    public static String of(String column, long seed, Fault fault, String command, boolean colour) {
        StringBuilder text = new StringBuilder();
        String headline = "panic: " + column + " broke the rule \"" + fault.rule() + "\"";
        text.append('\n').append(Ink.ALARM.on(headline, colour)).append('\n');
        text.append("  found      ").append(fault.message()).append('\n');
        text.append("  where      ").append(fault.cpu() < 0 ? "no CPU" : "CPU " + fault.cpu());
        text.append(" at ").append(Fixed.of(fault.timeNs(), 1_000, 3)).append(" us, seed ");
        text.append(seed).append('\n');
        lines(text, "on CPUs", fault.threads());
        lines(text, "last events", fault.lastEvents());
        text.append("  reproduce  ").append(command).append('\n');
        return text.toString();
    }

    private static void lines(StringBuilder text, String title, Iterable<String> lines) {
        boolean first = true;
        for (String line : lines) {
            if (first) {
                text.append("  ").append(title).append('\n');
                first = false;
            }
            text.append("    ").append(line.replace("\n", "\n    ")).append('\n');
        }
    }
}
