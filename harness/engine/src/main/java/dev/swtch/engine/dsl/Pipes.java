package dev.swtch.engine.dsl;

import dev.swtch.engine.workload.ObjectTables;
import dev.swtch.engine.workload.Place;
import dev.swtch.engine.workload.WorkloadBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The pipes of a workload. Each carries messages of one size, which may be known only from the steps. */
final class Pipes {
    private final Findings findings;
    private final WorkloadBuilder builder;
    private final Map<String, Long> messageBytes = new TreeMap<>();
    private final List<Pipe> unknown = new ArrayList<>();

    Pipes(Findings findings, WorkloadBuilder builder) {
        this.findings = findings;
        this.builder = builder;
    }

    /**
     * A pipe.
     *
     * @param name its name
     * @param bytes how many bytes it holds
     * @param order who gets what is written, and the room that is made
     * @param place where it was declared
     */
    record Pipe(String name, long bytes, ObjectTables.WakeOrder order, Place place) {}

    /** Declares a pipe whose messages have a known size. */
    void add(Pipe pipe, long message) {
        messageBytes.put(pipe.name, message);
        if (pipe.bytes < message && findings.errors().isEmpty()) {
            findings.error(pipe.place, "pipe \"" + pipe.name + "\" has no room for one message");
        }
        long messages = Math.min(Integer.MAX_VALUE, Math.max(1, pipe.bytes / Math.max(1, message)));
        queue(pipe.name, messages, pipe.order, builder);
    }

    /** Declares a pipe whose messages are as large as the first step says that names a size. */
    void add(Pipe pipe) {
        unknown.add(pipe);
    }

    /** The size of a pipe's messages; it becomes the given one if it was not known. */
    long messageBytes(String pipe, long bytes) {
        Long known = messageBytes.putIfAbsent(pipe, bytes);
        return known == null ? bytes : known;
    }

    /** All steps have been read. Without any size, messages are of one byte. */
    void finish() {
        unknown.forEach(pipe -> add(pipe, messageBytes(pipe.name, 1)));
    }

    /** The semaphores that count the free places and the items of a queue. */
    static void queue(String name, long capacity, ObjectTables.WakeOrder order, WorkloadBuilder builder) {
        builder.add(new ObjectTables.Semaphore(Derived.free(name), (int) capacity, order));
        builder.add(new ObjectTables.Semaphore(Derived.filled(name), 0, order));
    }
}
