package dev.swtch.engine.dsl;

/** Names of the semaphores that other objects are made of. */
final class Derived {
    private Derived() {}

    static String free(String queue) {
        return queue + ".free";
    }

    static String filled(String queue) {
        return queue + ".filled";
    }

    static String open(String event) {
        return event + ".open";
    }

    static String writers(String lock) {
        return lock + ".writers";
    }

    static String shares(String lock) {
        return lock + ".shares";
    }
}
