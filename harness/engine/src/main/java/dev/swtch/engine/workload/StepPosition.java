package dev.swtch.engine.workload;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where in the steps of a thread a check is: what is locked there, and where an error is reported. */
final class StepPosition {
    private static final String USER_IN_KERNEL = "user mode is out of reach while a kernel lock is held";

    final SourceChecker source;
    final Scope scope;
    final ThreadKind thread;

    /** The user mutexes that are locked here. */
    final List<String> held = new ArrayList<>();

    /** Number of enclosing critical sections, spin locks and kernel mutexes: in them a thread must not sleep. */
    int sleepless;

    /** Number of enclosing serializers. */
    int serialized;

    /** Where the step that is looked at was written, or else the thread. */
    @Nullable
    Place place;

    private final List<Integer> path = new ArrayList<>();

    StepPosition(SourceChecker source, Scope scope, ThreadKind thread) {
        this.source = source;
        this.scope = scope;
        this.thread = thread;
        this.place = thread.place();
    }

    /** Goes to the step or branch of a number, counted from 0. */
    void enter(int number) {
        path.add(number + 1);
    }

    void leave() {
        path.remove(path.size() - 1);
    }

    /** Changes what is locked. */
    void hold(List<String> mutexes) {
        held.clear();
        held.addAll(mutexes);
    }

    /** For steps that take place in user mode or begin with a system call. */
    void userMode() {
        if (sleepless + serialized > 0) {
            error(USER_IN_KERNEL);
        }
    }

    void userModeOfUser() {
        if (thread.threadClass().isUser()) {
            userMode();
        }
    }

    void userOnly() {
        if (thread.threadClass().isUser()) {
            userMode();
        } else {
            error("a kernel thread has no user mutexes, conditions and barriers: use the kernel's means");
        }
    }

    void mayBlock(String what) {
        if (sleepless > 0) {
            error("a thread must not " + what + " in a critical section or under a spin lock or kernel mutex");
        }
    }

    void known(Names names, String name) {
        String complaint = names.complaint(name);
        if (complaint != null) {
            error(complaint);
        }
    }

    void dist(String what, Dist dist, long least) {
        source.dist(place, at() + what, dist, least);
    }

    void cpu(int cpu) {
        source.cpu(place, where(), cpu);
    }

    void error(String message) {
        source.error(place, at() + message);
    }

    String who() {
        return "thread \"" + thread.name() + "\"";
    }

    String at() {
        return where() + ": ";
    }

    String where() {
        StringBuilder text = new StringBuilder(who()).append(", step ");
        for (int i = 0; i < path.size(); i++) {
            text.append(i == 0 ? "" : ".").append(path.get(i));
        }
        return text.toString();
    }
}
