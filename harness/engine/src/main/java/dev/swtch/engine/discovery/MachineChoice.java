package dev.swtch.engine.discovery;

import dev.swtch.machine.topology.Topology;
import dev.swtch.machine.topology.TopologySpec;

/** The machine a user chose: a specification such as {@code 2x8x2/llc=2}, or what {@code lscpu -J} wrote. */
public final class MachineChoice {
    private MachineChoice() {}

    /** Reads a specification, unless there is a file of that name. */
    public static Topology of(String choice) {
        if (InputFile.exists(choice)) {
            return LscpuFile.read(InputFile.read(choice));
        }
        try {
            return TopologySpec.parse(choice);
        } catch (IllegalArgumentException wrong) {
            String text = wrong.getMessage() == null ? "" : wrong.getMessage();
            boolean form = text.startsWith("expected ");
            throw new BadChoiceException("--cpus " + choice + ": "
                    + (form
                            ? "expected " + TopologySpec.FORM + ", or a file written by lscpu -J; found neither"
                            : text));
        }
    }
}
