package dev.swtch.machine;

import org.jspecify.annotations.Nullable;

/**
 * The only kind of frame that may be on top of a saved stack: where a context goes on when it is loaded.
 *
 * <p>A landing alone learns which context ran before on the CPU; {@code previous} exists nowhere else, so nobody
 * can read it too late.
 *
 * @param <T> type of the reference that is pushed with the landing
 */
public final class Landing<T> extends Frame<T> {
    /** The landing of a context that is saved for the last time: resuming it breaks the rule {@code dead-context}. */
    public static final Landing<Object> NEVER = new Landing<>("NEVER", (cpu, previous, ref, a, b) -> {
        throw cpu.violation("dead-context", "a context that was switched out for the last time was resumed");
    });

    private final Code<T> landing;

    /**
     * Makes a landing.
     *
     * @param name shown in back-traces
     * @param landing what runs when the context is loaded
     */
    public Landing(String name, Code<T> landing) {
        super(name, (cpu, ref, a, b) -> Next.REST);
        this.landing = landing;
    }

    // A landing pushed without a reference runs code that does not look at it.
    @Override
    @SuppressWarnings({"unchecked", "NullAway"})
    Next resume(Cpu cpu, @Nullable Object ref, int a, long b) {
        return landing.land(cpu, cpu.takePrevious(), (T) ref, a, b);
    }

    /**
     * The code of a landing.
     *
     * @param <T> type of the reference
     */
    @FunctionalInterface
    public interface Code<T> {
        /**
         * Goes on in a context that was just loaded.
         *
         * @param cpu the CPU that loaded it
         * @param previous the context that ran before on this CPU; null on the first switch of a CPU
         * @param ref the reference that was pushed; null if none was
         * @param a the int that was pushed
         * @param b the long that was pushed
         * @return how this piece of the path ended
         */
        Next land(Cpu cpu, @Nullable Context previous, T ref, int a, long b);
    }
}
