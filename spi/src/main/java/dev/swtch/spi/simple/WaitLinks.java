package dev.swtch.spi.simple;

import dev.swtch.spi.thread.KThread;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A thread's place in the queues of {@link FifoBlocking}, and the serializers it has entered. */
public final class WaitLinks {
    private static final @Nullable FifoLock[] NO_SERIALIZERS = new FifoLock[0];

    @Nullable
    KThread next;

    @Nullable
    KThread previous;

    @Nullable
    WaitQueue queue;

    int entered;
    private @Nullable FifoLock[] serializers = NO_SERIALIZERS;

    /** Links of a thread that waits for nothing. */
    public WaitLinks() {}

    FifoLock lock(int index) {
        return Objects.requireNonNull(serializers[index]);
    }

    void enter(FifoLock lock) {
        if (entered == serializers.length) {
            serializers = Arrays.copyOf(serializers, entered + 4);
        }
        serializers[entered++] = lock;
    }

    boolean leave(FifoLock lock) {
        if (entered == 0 || serializers[entered - 1] != lock) {
            return false;
        }
        serializers[--entered] = null;
        return true;
    }

    boolean hasEntered(FifoLock lock) {
        for (int i = 0; i < entered; i++) {
            if (serializers[i] == lock) {
                return true;
            }
        }
        return false;
    }
}
