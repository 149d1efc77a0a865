package dev.swtch.lwkt.kern;

import dev.swtch.lwkt.sys.LwktThread;

/** {@code thread_cache}: unused thread structures. */
public interface ThreadCache {
    /** {@code objcache_get}: the structure that was put last, or a new one with TDF_ALLOCATED_THREAD set. */
    LwktThread get();

    /** {@code objcache_put}. */
    void put(LwktThread td);
}
