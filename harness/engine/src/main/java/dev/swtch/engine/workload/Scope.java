package dev.swtch.engine.workload;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** Everything the steps of a workload can refer to by name. */
final class Scope {
    final Names mutexes;
    final Names conditions;
    final Names semaphores;
    final Names barriers;
    final Names timers;
    final Names kernelMutexes;
    final Names spinLocks;
    final Names serializers;
    final Names devices;
    final Names kinds;
    final Names paths;
    private final List<ThreadKind> threads;
    private final Map<String, List<ThreadKind>> families = new HashMap<>();

    Scope(WorkloadSource source, Consumer<String> complain) {
        ObjectTables objects = source.objects();
        threads = source.threads();
        mutexes = new Names("mutex", names(objects.mutexes(), ObjectTables.Mutex::name), complain);
        conditions = new Names("condition", objects.conditions(), complain);
        semaphores = new Names("semaphore", names(objects.semaphores(), ObjectTables.Semaphore::name), complain);
        barriers = new Names("barrier", names(objects.barriers(), ObjectTables.Barrier::name), complain);
        timers = new Names("timer", objects.timers(), complain);
        kernelMutexes = new Names("kernel mutex", objects.kernelMutexes(), complain);
        spinLocks = new Names("spin lock", objects.spinLocks(), complain);
        serializers = new Names("serializer", objects.serializers(), complain);
        devices = new Names("device", names(source.devices(), DeviceSpec::name), complain);
        kinds = new Names("thread", names(source.threads(), ThreadKind::name), complain);
        List<String> allPaths = source.threads().stream()
                .flatMap(thread -> thread.paths().stream())
                .toList();
        paths = new Names("thread path", allPaths, complain);
    }

    /**
     * The kinds of threads that a name stands for: the kind of that name, or those of the instances of a thread whose
     * steps differ, which are called by the name and a number.
     */
    List<ThreadKind> family(String name) {
        return families.computeIfAbsent(
                name,
                asked -> threads.stream()
                        .filter(kind -> kind.name().equals(asked) || isNumbered(kind.name(), asked))
                        .toList());
    }

    private static boolean isNumbered(String kind, String name) {
        int digits = name.length() + 1;
        return kind.length() > digits
                && kind.startsWith(name)
                && kind.charAt(name.length()) == '/'
                && kind.chars().skip(digits).allMatch(c -> c >= '0' && c <= '9');
    }

    /** The paths that a name stands for: the one it is, or those of the threads made at the start under that name. */
    List<String> pathsOf(String name) {
        if (paths.index(name) >= 0) {
            return List.of(name);
        }
        return family(name).stream().flatMap(kind -> kind.paths().stream()).toList();
    }

    private static <T> List<String> names(List<T> items, Function<T, String> name) {
        return items.stream().map(name).toList();
    }
}
