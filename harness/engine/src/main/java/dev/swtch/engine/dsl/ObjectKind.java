package dev.swtch.engine.dsl;

import java.util.Arrays;
import java.util.List;

/** What an object can be. Some are made of the engine's semaphores. */
enum ObjectKind {
    MUTEX("mutex", "mutex"),
    COND("cond", "condition"),
    /** A mutex and a condition of one name, for suspend and resume. */
    GATE("gate", "gate"),
    SEM("sem", "semaphore"),
    BARRIER("barrier", "barrier"),
    TIMER("timer", "timer"),
    KMUTEX("kmutex", "kernel mutex"),
    SPINLOCK("spinlock", "spin lock"),
    SERIALIZER("serializer", "serializer"),
    /** Two semaphores that count free places and items. */
    QUEUE("queue", "queue"),
    /** A queue of messages of one size. */
    PIPE("pipe", "pipe"),
    /** A semaphore that stays open once it was posted. */
    EVENT("event", "event"),
    /** A semaphore of read shares, and one that lets a single writer collect them. */
    RWLOCK("rwlock", "reader-writer lock");

    final String key;
    final String title;

    ObjectKind(String key, String title) {
        this.key = key;
        this.title = title;
    }

    /** As in a sentence. */
    String withArticle() {
        return (title.startsWith("e") ? "an " : "a ") + title;
    }

    /** What can be set. */
    List<String> fields() {
        return switch (this) {
            case MUTEX -> List.of("protocol", "ceiling", "wake", "spin");
            case SEM -> List.of("count", "wake");
            case BARRIER -> List.of("parties");
            case QUEUE -> List.of("capacity", "wake");
            case PIPE -> List.of("capacity", "message", "wake");
            case RWLOCK -> List.of("readers");
            case COND, GATE, TIMER, KMUTEX, SPINLOCK, SERIALIZER, EVENT -> List.of();
        };
    }

    static List<String> keys() {
        return Arrays.stream(values()).map(kind -> kind.key).toList();
    }
}
