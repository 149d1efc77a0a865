package dev.swtch.lwkt.kern;

import dev.swtch.lwkt.sys.Proc;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code allproc}: the processes that have not left, in the order of their creation. */
public final class Procs {
    private final List<Proc> allproc = new ArrayList<>();
    private long sequence;

    Procs() {}

    /** A process becomes known. */
    void add(Proc p) {
        p.sequence = ++sequence;
        allproc.add(p);
    }

    /** A process has left. */
    void remove(Proc p) {
        int at = indexAfter(p.sequence - 1);
        if (at < allproc.size() && allproc.get(at) == p) {
            allproc.remove(at);
        }
    }

    /** The first process made after a number; null if there is none. */
    @Nullable
    Proc next(long after) {
        int at = indexAfter(after);
        return at < allproc.size() ? allproc.get(at) : null;
    }

    private int indexAfter(long after) {
        int low = 0;
        int high = allproc.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (allproc.get(middle).sequence <= after) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
