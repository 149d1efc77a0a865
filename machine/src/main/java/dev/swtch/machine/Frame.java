package dev.swtch.machine;

import org.jspecify.annotations.Nullable;

/**
 * A return address on a kernel stack: a named continuation with one reference, an int and a long as locals.
 *
 * <p>Frames are immutable; a plugin makes each once, as a constant of its kernel instance. The name is shown in
 * back-traces and in reports of violations.
 *
 * @param <T> type of the reference that is pushed with the frame
 */
public class Frame<T> {
    private final String name;
    private final Code<T> code;

    /**
     * Makes a frame.
     *
     * @param name shown in back-traces
     * @param code what runs when the frame is popped
     */
    public Frame(String name, Code<T> code) {
        this.name = name;
        this.code = code;
    }

    /** The name shown in back-traces. */
    public final String name() {
        return name;
    }

    // A frame pushed without a reference runs code that does not look at it.
    @SuppressWarnings({"unchecked", "NullAway"})
    Next resume(Cpu cpu, @Nullable Object ref, int a, long b) {
        return code.run(cpu, (T) ref, a, b);
    }

    @Override
    public final String toString() {
        return name;
    }

    /**
     * The code of a frame.
     *
     * @param <T> type of the reference
     */
    @FunctionalInterface
    public interface Code<T> {
        /**
         * Goes on where the frame was pushed.
         *
         * @param cpu the CPU that resumes, which may not be the one that pushed
         * @param ref the reference that was pushed; null if none was
         * @param a the int that was pushed
         * @param b the long that was pushed
         * @return how this piece of the path ended
         */
        Next run(Cpu cpu, T ref, int a, long b);
    }
}
