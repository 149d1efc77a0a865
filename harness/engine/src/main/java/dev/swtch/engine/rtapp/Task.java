package dev.swtch.engine.rtapp;

import dev.swtch.engine.workload.Place;
import dev.swtch.engine.workload.Step;
import java.util.List;

/**
 * A task that was read.
 *
 * @param name name
 * @param place where it stands
 * @param instances how many threads of it are made at the start
 * @param delayNs when they begin
 * @param policy policy at the start
 * @param priority nice value or realtime priority at the start
 * @param cpus CPUs they may use at the start, empty for all
 * @param group what it is measured together with, empty for nothing
 * @param body steps
 */
record Task(
        String name,
        Place place,
        int instances,
        long delayNs,
        Policy policy,
        int priority,
        List<Integer> cpus,
        String group,
        List<Step> body) {
    Task {
        cpus = List.copyOf(cpus);
        body = List.copyOf(body);
    }
}
