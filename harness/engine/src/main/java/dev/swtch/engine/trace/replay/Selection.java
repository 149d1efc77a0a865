package dev.swtch.engine.trace.replay;

import java.util.List;
import java.util.regex.Pattern;

/** Which tasks a user wants: patterns of names in which {@code *} stands for any text, or ids. */
public final class Selection {
    private final List<Pattern> patterns;

    /** No pattern selects all. */
    public Selection(List<String> patterns) {
        this.patterns = patterns.stream().map(Selection::compile).toList();
    }

    private static Pattern compile(String glob) {
        StringBuilder regex = new StringBuilder();
        for (String literal : glob.split("\\*", -1)) {
            regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(literal));
        }
        return Pattern.compile(regex.toString());
    }

    /** Whether a task is wanted. */
    public boolean has(String comm, int tid) {
        String id = Integer.toString(tid);
        return patterns.isEmpty()
                || patterns.stream()
                        .anyMatch(pattern -> pattern.matcher(comm).matches()
                                || pattern.matcher(id).matches()
                                || pattern.matcher(comm + "-" + id).matches());
    }
}
