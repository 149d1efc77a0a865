package dev.swtch.engine.exec;

import dev.swtch.spi.block.WaitChannel;
import org.jspecify.annotations.Nullable;

/** A user mutex: a word in user memory and the channel its waiters sleep on. */
final class UserMutex {
    final WaitChannel channel;
    final boolean inherits;

    @Nullable
    Task owner;

    int waiters;

    UserMutex(WaitChannel channel, boolean inherits) {
        this.channel = channel;
        this.inherits = inherits;
    }
}
