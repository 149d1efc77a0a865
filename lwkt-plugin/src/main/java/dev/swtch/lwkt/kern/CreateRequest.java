package dev.swtch.lwkt.kern;

import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.ThreadFunction;
import org.jspecify.annotations.Nullable;

/** Arguments of {@code lwkt_create}, and the thread it made. */
public final class CreateRequest {
    /** {@code LWKT_THREAD_STACK}: bytes of every thread's kernel stack. */
    public static final int LWKT_THREAD_STACK = 16_384;

    final @Nullable LwktThread template;
    final int cpu;
    final String name;
    final @Nullable ThreadFunction func;
    int flags;

    /** Bytes of kernel stack. */
    int stksize = LWKT_THREAD_STACK;

    private @Nullable LwktThread td;

    /**
     * Makes the arguments.
     *
     * @param template structure to use; null to take one from the cache
     * @param flags TDF_ to begin with
     * @param cpu CPU to belong to; -1 for the next in turn
     * @param name the thread's name
     * @param func what it executes; null if the caller sets that up
     */
    public CreateRequest(
            @Nullable LwktThread template, int flags, int cpu, String name, @Nullable ThreadFunction func) {
        this.template = template;
        this.flags = flags;
        this.cpu = cpu;
        this.name = name;
        this.func = func;
    }

    /** The structure the thread uses; only once it was chosen. */
    public LwktThread td() {
        LwktThread made = td;
        if (made == null) {
            throw new IllegalStateException("no structure was chosen yet for " + name);
        }
        return made;
    }

    /** Whether a structure was chosen. */
    public boolean hasTd() {
        return td != null;
    }

    void setTd(LwktThread chosen) {
        td = chosen;
    }
}
