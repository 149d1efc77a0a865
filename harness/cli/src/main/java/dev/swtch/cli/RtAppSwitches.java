package dev.swtch.cli;

import dev.swtch.engine.rtapp.RtAppOptions;
import picocli.CommandLine.Option;

/** Options that say how an rt-app file is read. */
final class RtAppSwitches {
    @Option(
            names = "--suspend-self",
            description = "In an rt-app file, \"suspend\" waits under the task's own name as in current rt-app, and not"
                    + " under its value.")
    private boolean suspendSelf;

    @Option(
            names = "--approximate-deadline",
            description = "In an rt-app file, SCHED_DEADLINE becomes the realtime class, a shorter deadline being more"
                    + " urgent, instead of being refused.")
    private boolean approximateDeadline;

    /** How to read; the strict dialect is a matter of the commands. */
    RtAppOptions options(boolean strict) {
        RtAppOptions options = RtAppOptions.defaults();
        options = strict ? options.withStrict() : options;
        options = suspendSelf ? options.withSuspendSelf() : options;
        return approximateDeadline ? options.withApproximateDeadline() : options;
    }

    /** The options that were given, each after a blank. */
    String asGiven() {
        return (suspendSelf ? " --suspend-self" : "") + (approximateDeadline ? " --approximate-deadline" : "");
    }
}
