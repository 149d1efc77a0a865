package dev.swtch.engine.workload;

import java.util.List;
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

    Scope(WorkloadSource source, Consumer<String> complain) {
        ObjectTables objects = source.objects();
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

    private static <T> List<String> names(List<T> items, Function<T, String> name) {
        return items.stream().map(name).toList();
    }
}
