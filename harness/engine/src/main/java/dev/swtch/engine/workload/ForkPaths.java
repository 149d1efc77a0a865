package dev.swtch.engine.workload;

/** How forked threads are named. The name depends on the parent and its own count alone, never on who forks when. */
public enum ForkPaths {
    /** {@code parent>kind/n}. */
    NATIVE,
    /** {@code task-index-nnnn} with the index of the parent, as rt-app does; {@code parent>task-nnnn} below that. */
    RTAPP;

    String path(String parentPath, boolean parentForked, String kind, long number) {
        if (this == NATIVE) {
            return parentPath + ">" + kind + "/" + number;
        }
        String counted = "000" + number;
        String suffix = number > 9999 ? Long.toString(number) : counted.substring(counted.length() - 4);
        if (parentForked) {
            return parentPath + ">" + kind + "-" + suffix;
        }
        return kind + parentPath.substring(parentPath.lastIndexOf('-')) + "-" + suffix;
    }
}
