package dev.swtch.lwkt.kern;

/** Where the kernel prints. */
@FunctionalInterface
public interface Console {
    /** {@code kprintf}. */
    void kprintf(String text);
}
