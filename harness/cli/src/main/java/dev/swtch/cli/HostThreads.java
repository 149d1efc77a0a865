package dev.swtch.cli;

import dev.swtch.engine.result.Fault;
import dev.swtch.engine.result.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The host's threads that run simulations, and the patience with those that come to no end. */
final class HostThreads implements AutoCloseable {
    /** The name of each of its threads. */
    static final String NAME = "simulation";

    private static final long LOOK_EVERY_SECONDS = 1;

    private final ThreadPoolExecutor executor;

    /** A number of threads, at least 1. */
    HostThreads(int threads) {
        executor = new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, NAME);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** A run and where its result will be. */
    record Pending(WatchedRun run, Future<RunResult> result) {}

    Pending start(WatchedRun run) {
        return new Pending(run, executor.submit(run));
    }

    /** The results of a column's runs, in their order. What one run never returned from, the others need not try. */
    List<RunResult> results(List<Pending> runs) {
        List<RunResult> results = new ArrayList<>();
        RunResult givenUp = null;
        for (Pending pending : runs) {
            if (givenUp != null
                    && givenUp.column().equals(pending.run().column().name())) {
                pending.result().cancel(true);
                results.add(givenUp);
                continue;
            }
            RunResult result = await(pending);
            Fault fault = result.fault();
            if (fault != null && fault.rule().equals(WatchedRun.RULE)) {
                givenUp = result;
            }
            results.add(result);
        }
        return results;
    }

    private RunResult await(Pending pending) {
        try {
            while (true) {
                RunResult result = look(pending.result());
                if (result != null) {
                    return result;
                }
                if (pending.run().isStuck()) {
                    RunResult givenUp = pending.run().givenUp();
                    pending.result().cancel(true);
                    // Its thread is lost; the runs that wait for one must not be.
                    executor.setMaximumPoolSize(executor.getMaximumPoolSize() + 1);
                    executor.setCorePoolSize(executor.getCorePoolSize() + 1);
                    return givenUp;
                }
            }
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof OutOfMemoryError memory) {
                return pending.run().outOfMemory(memory);
            }
            if (failed.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }

    private static @Nullable RunResult look(Future<RunResult> result) throws ExecutionException, InterruptedException {
        try {
            return result.get(LOOK_EVERY_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException stillRunning) {
            return null;
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
