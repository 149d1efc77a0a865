package dev.swtch.lwkt.sys;

import dev.swtch.machine.Next;

/**
 * A function that can be sent to another CPU: {@code ipifunc3_t}.
 *
 * @param <T> type of its first argument
 */
public final class IpiFunction<T> {
    private final String name;
    private final Code<T> code;

    /**
     * Makes a function.
     *
     * @param name for people
     * @param code what it does
     */
    public IpiFunction(String name, Code<T> code) {
        this.name = name;
        this.code = code;
    }

    /** For people. */
    public String name() {
        return name;
    }

    /** Calls the function; {@code arg1} is what was sent with it. */
    @SuppressWarnings("unchecked")
    public Next call(Globaldata gd, Object arg1, int arg2, boolean frame) {
        return code.run(gd, (T) arg1, arg2, frame);
    }

    /**
     * The code of a function.
     *
     * @param <T> type of its first argument
     */
    @FunctionalInterface
    public interface Code<T> {
        /**
         * Runs on the CPU it was sent to.
         *
         * @param gd the executing CPU
         * @param arg1 first argument
         * @param arg2 second argument
         * @param frame whether the queue is worked off on behalf of an interrupt, so that threads may be preempted
         * @return how the path ended
         */
        Next run(Globaldata gd, T arg1, int arg2, boolean frame);
    }
}
