package dev.swtch.lwkt.golden;

/** The words of an operation. */
final class Words {
    private final String[] words;

    Words(String operation) {
        words = operation.trim().split("\\s+");
    }

    String name() {
        return words[0];
    }

    int size() {
        return words.length;
    }

    String word(int at) {
        return words[at];
    }

    int number(int at) {
        return Integer.decode(words[at]);
    }

    boolean on(int at) {
        return switch (words[at]) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new IllegalArgumentException("neither on nor off: " + this);
        };
    }

    /** Whether a word stands somewhere behind the second. */
    boolean has(String word) {
        for (int i = 2; i < words.length; i++) {
            if (words[i].equals(word)) {
                return true;
            }
        }
        return false;
    }

    /** Whether there is an option {@code name=value}. */
    boolean hasOption(String name) {
        for (String word : words) {
            if (word.startsWith(name + "=")) {
                return true;
            }
        }
        return false;
    }

    /** The value of an option {@code name=value}. */
    String option(String name, String absent) {
        for (String word : words) {
            if (word.startsWith(name + "=")) {
                return word.substring(name.length() + 1);
            }
        }
        return absent;
    }

    /** The number of an option {@code name=value}. */
    int option(String name, int absent) {
        return Integer.parseInt(option(name, Integer.toString(absent)));
    }

    @Override
    public String toString() {
        return String.join(" ", words);
    }
}
