package dev.swtch.machine;

/** In which mode a context does its work. */
public enum Mode {
    /** User mode. */
    USER,
    /** Kernel mode; interruptible unless interrupts are off. */
    KERNEL
}
