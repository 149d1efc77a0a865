package dev.swtch.ule.kern;

import org.jspecify.annotations.Nullable;

/** A mutex whose waiters leave the CPU: {@code struct mtx} of class {@code MTX_DEF}; its word taken apart. */
final class SleepMtx {
    /** Stands for its address, at 64 bytes each. */
    final int number;

    final boolean recursable;

    @Nullable
    UleThread owner;

    boolean contested;
    int recurse;

    SleepMtx(int number, boolean recursable) {
        this.number = number;
        this.recursable = recursable;
    }

    /** {@code mtx_owned}. */
    boolean isOwnedBy(UleThread td) {
        return owner == td;
    }
}
