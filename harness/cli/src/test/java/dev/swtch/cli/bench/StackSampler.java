package dev.swtch.cli.bench;

/**
 * Tells how much of a thread's time goes to a scheduler's own code, by looking at its stack every millisecond.
 *
 * <p>A sample counts as a decision if the innermost of our frames belongs to the scheduler's package. Samples are
 * taken at safepoints, so the share is an estimate.
 */
final class StackSampler implements AutoCloseable {
    private final Thread watched;
    private final String schedulerPackage;
    private final Thread sampler;
    private volatile boolean stopped;
    private volatile long samples;
    private volatile long decisions;

    StackSampler(Thread watched, String schedulerPackage) {
        this.watched = watched;
        this.schedulerPackage = schedulerPackage;
        sampler = new Thread(this::loop, "stack-sampler");
        sampler.setDaemon(true);
        sampler.start();
    }

    private void loop() {
        while (!stopped) {
            for (StackTraceElement frame : watched.getStackTrace()) {
                String name = frame.getClassName();
                if (name.startsWith("dev.swtch.machine.Machine") || name.startsWith(schedulerPackage)) {
                    samples++;
                    if (name.startsWith(schedulerPackage)) {
                        decisions++;
                    }
                    break;
                }
            }
            try {
                Thread.sleep(1);
            } catch (InterruptedException stop) {
                return;
            }
        }
    }

    /** Share of samples in the scheduler's code, in 1/1000. */
    long perMille() {
        return samples == 0 ? 0 : decisions * 1000 / samples;
    }

    @Override
    public void close() {
        stopped = true;
        sampler.interrupt();
    }
}
