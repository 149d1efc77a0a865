package dev.swtch.cli;

import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.run.RunRequest;
import dev.swtch.engine.run.RunWatch;

/** Runs requests: the engine, or a stand-in in tests. Several host threads may call it at once. */
@FunctionalInterface
interface Simulator {
    /** Runs one request to its end while somebody looks on. */
    RunResult run(RunRequest request, RunWatch watch);
}
