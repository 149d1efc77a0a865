package dev.swtch.spi.simple;

import dev.swtch.spi.block.KernelLock;
import dev.swtch.spi.thread.KThread;
import org.jspecify.annotations.Nullable;

/** What hangs on a mutex or serializer. */
final class FifoLock {
    final WaitQueue waiters = new WaitQueue();

    @Nullable
    KThread owner;

    static FifoLock of(KernelLock kernelLock) {
        Object part = kernelLock.kernelPart();
        if (part == null) {
            part = new FifoLock();
            kernelLock.setKernelPart(part);
        }
        return (FifoLock) part;
    }
}
