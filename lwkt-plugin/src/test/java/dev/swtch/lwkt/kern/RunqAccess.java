package dev.swtch.lwkt.kern;

import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.LwktThread;

/** The run queue's inline functions, for benchmarks that time them by themselves. */
public final class RunqAccess {
    private RunqAccess() {}

    /** {@code _lwkt_enqueue} and {@code _lwkt_dequeue}, so many times. */
    public static void enqueueDequeue(Globaldata gd, LwktThread td, int times) {
        for (int i = 0; i < times; i++) {
            LwktRunq.enqueue(gd, td);
            LwktRunq.dequeue(gd, td);
        }
    }
}
