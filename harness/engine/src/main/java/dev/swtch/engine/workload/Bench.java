package dev.swtch.engine.workload;

/** Workloads for measuring the simulator itself, of any size. */
public final class Bench {
    private Bench() {}

    /**
     * Half the threads compute forever in bursts of 1 s, half work 1 ms and sleep 1 ms in turn. It has no end of its
     * own: give it a duration.
     *
     * @param threads number of threads, at least 2
     */
    public static Workload halfHogsHalfSleepers(int threads) {
        int hogs = threads / 2;
        return Workload.builder("half-hogs-half-sleepers")
                .about("half the threads compute, half sleep every other millisecond")
                .threads("hog", hogs, t -> t.forever(b -> b.compute("1s")))
                .threads(
                        "sleeper",
                        threads - hogs,
                        t -> t.forever(b -> b.compute("1ms").sleep("1ms")))
                .build();
    }
}
