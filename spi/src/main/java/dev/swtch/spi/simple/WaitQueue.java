package dev.swtch.spi.simple;

import dev.swtch.spi.block.WaitChannel;
import dev.swtch.spi.thread.KThread;
import org.jspecify.annotations.Nullable;

/** Threads that wait for one thing, first come first, linked through {@link WaitLinks}. */
final class WaitQueue {
    private @Nullable KThread first;
    private @Nullable KThread last;
    private int size;

    static WaitQueue of(WaitChannel channel) {
        Object part = channel.kernelPart();
        if (part == null) {
            part = new WaitQueue();
            channel.setKernelPart(part);
        }
        return (WaitQueue) part;
    }

    static void removeFromItsQueue(KThread thread) {
        WaitQueue queue = FifoBlocking.links(thread).queue;
        if (queue != null) {
            queue.remove(thread);
        }
    }

    boolean isEmpty() {
        return first == null;
    }

    int size() {
        return size;
    }

    void add(KThread thread) {
        WaitLinks links = FifoBlocking.links(thread);
        links.queue = this;
        links.previous = last;
        links.next = null;
        if (last == null) {
            first = thread;
        } else {
            FifoBlocking.links(last).next = thread;
        }
        last = thread;
        size++;
    }

    @Nullable
    KThread takeFirst() {
        KThread thread = first;
        if (thread != null) {
            remove(thread);
        }
        return thread;
    }

    private void remove(KThread thread) {
        WaitLinks links = FifoBlocking.links(thread);
        if (links.previous == null) {
            first = links.next;
        } else {
            FifoBlocking.links(links.previous).next = links.next;
        }
        if (links.next == null) {
            last = links.previous;
        } else {
            FifoBlocking.links(links.next).previous = links.previous;
        }
        links.queue = null;
        links.next = null;
        links.previous = null;
        size--;
    }
}
