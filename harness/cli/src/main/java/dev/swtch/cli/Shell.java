package dev.swtch.cli;

/** Words for a POSIX shell. */
final class Shell {
    private Shell() {}

    /** A word, quoted if the shell would change it. */
    static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:=,@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
