package dev.swtch.engine.dsl;

import dev.swtch.engine.workload.ObjectTables;
import dev.swtch.engine.workload.Times;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the objects: as a mapping, or as a list where things of different kinds have one name. */
final class ObjectWriter {
    private final List<Map.Entry<String, String>> objects = new ArrayList<>();

    ObjectWriter(ObjectTables tables) {
        tables.mutexes().forEach(mutex -> add(mutex.name(), mutex(mutex)));
        tables.conditions().forEach(name -> add(name, "cond"));
        tables.semaphores().forEach(semaphore -> add(semaphore.name(), semaphore(semaphore)));
        tables.barriers().forEach(barrier -> add(barrier.name(), "{barrier: " + barrier.parties() + "}"));
        tables.timers().forEach(name -> add(name, "timer"));
        tables.kernelMutexes().forEach(name -> add(name, "kmutex"));
        tables.spinLocks().forEach(name -> add(name, "spinlock"));
        tables.serializers().forEach(name -> add(name, "serializer"));
    }

    private static String mutex(ObjectTables.Mutex mutex) {
        List<String> settings = new ArrayList<>();
        if (mutex.protocol() != ObjectTables.Protocol.NONE) {
            settings.add("protocol: " + Objects.PROTOCOLS.get(mutex.protocol().ordinal()));
        }
        if (mutex.protocol() == ObjectTables.Protocol.CEILING) {
            settings.add("ceiling: " + mutex.ceiling());
        }
        if (mutex.wake() != ObjectTables.WakeOrder.BARGING) {
            settings.add(wake(mutex.wake()));
        }
        if (mutex.spinNs() > 0) {
            settings.add("spin: " + Times.format(mutex.spinNs()));
        }
        return settings.isEmpty() ? "mutex" : "{mutex: {" + String.join(", ", settings) + "}}";
    }

    private static String semaphore(ObjectTables.Semaphore semaphore) {
        return semaphore.wake() == ObjectTables.WakeOrder.BARGING
                ? "{sem: " + semaphore.initial() + "}"
                : "{sem: {count: " + semaphore.initial() + ", " + wake(semaphore.wake()) + "}}";
    }

    private static String wake(ObjectTables.WakeOrder order) {
        return "wake: " + Objects.WAKE_ORDERS.get(order.ordinal());
    }

    private void add(String name, String object) {
        objects.add(Map.entry(Words.text(name), object));
    }

    /** One line for each object, not indented. */
    List<String> lines() {
        Map<String, String> names = new LinkedHashMap<>();
        objects.forEach(object -> names.put(object.getKey(), object.getValue()));
        String item = names.size() == objects.size() ? "" : "- ";
        return objects.stream()
                .map(object -> item + object.getKey() + ": " + object.getValue())
                .toList();
    }
}
