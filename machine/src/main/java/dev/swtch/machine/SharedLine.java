package dev.swtch.machine;

import dev.swtch.machine.cost.Charge;

/**
 * Data of one CPU that others read and write: charges access from afar and counts reads of the future.
 *
 * <p>Paths run in host order, so such data may change up to one path length early. How often a CPU used a value
 * before the instant at which it was written is counted by the machine and shown to the user.
 */
public final class SharedLine {
    private final int home;
    private long wroteAt;
    private int writer = -1;

    /** Data whose home is the given CPU. */
    public SharedLine(int home) {
        this.home = home;
    }

    /** The CPU uses the data. */
    public void read(Cpu cpu) {
        if (cpu.id() != home) {
            cpu.charge(Charge.REMOTE_ACCESS);
        }
        if (wroteAt > cpu.now() && writer != cpu.id()) {
            cpu.machine().countEarlyRead();
        }
    }

    /** The CPU changes the data. */
    public void write(Cpu cpu) {
        read(cpu);
        wroteAt = cpu.now();
        writer = cpu.id();
    }
}
