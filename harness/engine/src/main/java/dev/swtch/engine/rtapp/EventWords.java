package dev.swtch.engine.rtapp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The words that make a key an event: a key is one if it begins with such a word; the rest is a label. */
final class EventWords {
    /** In the order in which they are tried, as in rt-app: "runtime" before "run", "memrun" before "mem". */
    static final List<String> ALL = List.of(
            "lock",
            "unlock",
            "wait",
            "signal",
            "broad",
            "sync",
            "sleep",
            "runtime",
            "run",
            "timer",
            "suspend",
            "resume",
            "memrun",
            "mem",
            "iorun",
            "yield",
            "barrier",
            "fork",
            "sem_post",
            "sem_wait");

    private EventWords() {}

    /** The event word that a key begins with, or null. */
    static @Nullable String of(String key) {
        for (String word : ALL) {
            if (key.startsWith(word)) {
                return word;
            }
        }
        return null;
    }
}
