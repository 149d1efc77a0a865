package dev.swtch.spi;

import dev.swtch.machine.Violation;
import dev.swtch.spi.thread.KThread;

/**
 * What the workload will do, for textbook policies and bounds: no kernel can know it, and none may ask.
 *
 * <p>Both questions are asked inside a kernel path, and answered as of its beginning. For threads that are not of the
 * workload the answer is 0.
 */
public interface Foresight {
    /** Longer than any run: no such instant, or no end of the work. */
    long NEVER = Long.MAX_VALUE;

    /** Refuses every answer: what a scheduler without the capability gets. */
    Foresight REFUSED = new Foresight() {
        @Override
        public long workLeftNs(KThread thread) {
            throw refused(thread);
        }

        @Override
        public long deadlineNs(KThread thread) {
            throw refused(thread);
        }

        private Violation refused(KThread thread) {
            return new Violation(
                    "clairvoyant",
                    thread.onCpu(),
                    thread.savedAt(),
                    "a scheduler that may not know the future asked about it");
        }
    };

    /**
     * Work the thread will do before it next waits or leaves, in ns at full speed. A lock counts as free, so work that
     * follows it belongs to the burst.
     *
     * @return {@link #NEVER} if the work has no end in sight
     */
    long workLeftNs(KThread thread);

    /**
     * When the thread's present job has to be done, in ns: the deadline that the workload states for the label the job
     * is measured by, counted from the end of the wait the job began with.
     *
     * @return {@link #NEVER} if the workload states none
     */
    long deadlineNs(KThread thread);
}
