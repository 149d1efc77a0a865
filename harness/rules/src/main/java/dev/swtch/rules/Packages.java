package dev.swtch.rules;

/** Package names as ArchUnit writes them. */
final class Packages {
    private Packages() {}

    /** The package and everything in it. */
    static String below(String name) {
        return name + "..";
    }
}
