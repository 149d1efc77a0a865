package dev.swtch.lwkt.kern;

import dev.swtch.lwkt.sys.NumberedList;
import dev.swtch.lwkt.sys.Proc;
import org.jspecify.annotations.Nullable;

/** {@code allproc}: the processes that have not left, in the order of their creation. */
public final class Procs {
    private final NumberedList<Proc> allproc = new NumberedList<>();
    private long sequence;

    Procs() {}

    /** A process becomes known. */
    void add(Proc p) {
        p.sequence = ++sequence;
        allproc.add(p.sequence, p);
    }

    /** A process has left. */
    void remove(Proc p) {
        allproc.remove(p.sequence);
    }

    /** The first process made after a number; null if there is none. */
    @Nullable
    Proc next(long after) {
        return allproc.next(after);
    }
}
