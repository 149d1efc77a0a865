package dev.swtch.engine.trace.replay;

import dev.swtch.engine.workload.ThreadKind;
import dev.swtch.engine.workload.Workload;
import dev.swtch.engine.workload.WorkloadBuilder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes the workload of a recording. */
public final class Replay {
    private static final int LONGEST_COMM = 40;
    private static final String MEANINGFUL = "$\"\\>{}";

    private final Recorder recorder;
    private final Wakes wakes;
    /** The thread of each task, null for tasks that are left out. */
    private final List<@Nullable String> names = new ArrayList<>();

    private Replay(Recorder recorder, Selection selection) {
        this.recorder = recorder;
        this.wakes = recorder.wakes();
        Set<String> given = new HashSet<>();
        for (TaskLog task : recorder.tasks()) {
            boolean wanted = task.ran() && selection.has(task.comm(), task.tid);
            names.add(wanted ? harmless(task.comm()) + "-" + unique(task.tid, given) : null);
        }
    }

    /**
     * The workload.
     *
     * @param name its name
     * @param recorder what was recorded, to the end
     * @param selection which tasks become threads
     */
    public static WorkloadBuilder workload(String name, Recorder recorder, Selection selection) {
        return new Replay(recorder, selection).workload(name);
    }

    private WorkloadBuilder workload(String name) {
        WorkloadBuilder builder = Workload.builder(name).durationNs(Math.max(1, recorder.spanNs()));
        edges().forEach(edge -> builder.semaphore(edge, 0));
        for (TaskLog task : recorder.tasks()) {
            if (isIn(task.index)) {
                builder.add(thread(task));
            }
        }
        return builder;
    }

    private ThreadKind thread(TaskLog task) {
        ThreadSteps steps = new ThreadSteps(this, wakes, task, recorder.firstNs());
        steps.write(recorder.spanNs());
        String name = name(task.index);
        Priority priority = Priority.of(task.firstPrio());
        return new ThreadKind(
                name,
                steps.isForked() ? List.of() : List.of(name),
                processOf(task),
                priority.threadClass(),
                priority.rank(),
                priority.nice(),
                List.of(),
                false,
                steps.startNs(),
                steps.timerBaseNs(),
                steps.steps(),
                null);
    }

    /** The semaphores: one for each pair of waker and woken. */
    private Set<String> edges() {
        Set<String> edges = new TreeSet<>();
        for (int wake = 0; wake < wakes.size(); wake++) {
            if (isEdge(wake) && !wakes.isBirth(wake)) {
                edges.add(edge(wake));
            }
        }
        return edges;
    }

    /** Whether a wake-up ended a wait, and both of its tasks are part of the workload. */
    boolean isEdge(int wake) {
        return wakes.isTaken(wake) && isIn(wakes.waker(wake)) && isIn(wakes.woken(wake));
    }

    String edge(int wake) {
        return idOf(wakes.waker(wake)) + ">" + idOf(wakes.woken(wake));
    }

    /** The id of a task, which is also the end of its name. */
    private String idOf(int task) {
        String name = name(task);
        return name.substring(name.lastIndexOf('-') + 1);
    }

    private boolean isIn(int task) {
        return task != Wakes.OUTSIDE && names.get(task) != null;
    }

    String name(int task) {
        String name = names.get(task);
        if (name == null) {
            throw new IllegalArgumentException("task " + task + " is not part of the workload");
        }
        return name;
    }

    private String processOf(TaskLog task) {
        if (task.pid() < 0 || task.pid() == task.tid) {
            return name(task.index);
        }
        for (TaskLog leader : recorder.tasks()) {
            if (leader.tid == task.pid() && isIn(leader.index)) {
                return name(leader.index);
            }
        }
        return "process-" + task.pid();
    }

    /** A comm without what the language gives a meaning. */
    private static String harmless(String comm) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < Math.min(LONGEST_COMM, comm.length()); i++) {
            char character = comm.charAt(i);
            boolean plain = character >= ' ' && character < 127 && MEANINGFUL.indexOf(character) < 0;
            name.append(plain ? character : '_');
        }
        return name.toString();
    }

    /** Ids are used again: a second task of one id has a mark behind it. */
    private static String unique(int tid, Set<String> given) {
        String free = Integer.toString(tid);
        for (int i = 2; !given.add(free); i++) {
            free = tid + "." + i;
        }
        return free;
    }
}
