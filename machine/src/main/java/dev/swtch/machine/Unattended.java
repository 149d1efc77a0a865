package dev.swtch.machine;

import org.jspecify.annotations.Nullable;

/** Stands in for kernel and observer until a machine is given its own: nothing may run, and nobody measures. */
enum Unattended implements Kernel, Observer {
    INSTANCE;

    @Override
    public Next interrupt(Cpu cpu, int vector, Arrival arrival) {
        throw cpu.violation("no-kernel", "a machine without a kernel was interrupted");
    }

    @Override
    public Next start(Cpu cpu) {
        throw cpu.violation("no-kernel", "a machine without a kernel was started");
    }

    @Override
    public void switched(Cpu cpu, @Nullable Context from, Context to) {}

    @Override
    public void pathEnded(Cpu cpu) {}
}
