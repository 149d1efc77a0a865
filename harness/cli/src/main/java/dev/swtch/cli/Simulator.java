package dev.swtch.cli;

import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.run.RunRequest;

/** Runs requests: the engine, or a stand-in in tests. Several host threads may call it at once. */
@FunctionalInterface
interface Simulator {
    /** Runs one request to its end, and calls back once while all of the run is still in memory. */
    RunResult run(RunRequest request, Runnable atEnd);
}
