package dev.swtch.engine.run;

import dev.swtch.spi.SchedulerPlugin;

/** Finds in a host stack the place its reader can mend: the innermost call in a plugin's own code. */
public final class PluginFrame {
    private static final String OURS = "dev.swtch.";

    private PluginFrame() {}

    /**
     * The innermost call in the plugin's own packages whose line is known, or else one without, or one in this program.
     *
     * @param trace the stack, innermost call first
     * @param plugin whose classes are meant: those of its package and of packages below
     * @return such as {@code lifo.Lifo.pick, line 12}; empty if there is none
     */
    public static String of(StackTraceElement[] trace, SchedulerPlugin plugin) {
        String own = plugin.getClass().getPackageName();
        String unplaced = "";
        String ours = "";
        for (StackTraceElement call : trace) {
            // Where a stack overflows, the JVM may not know the line of the last call.
            if (isIn(call.getClassName(), own) && call.getLineNumber() > 0) {
                return text(call);
            }
            if (unplaced.isEmpty() && isIn(call.getClassName(), own)) {
                unplaced = text(call);
            }
            if (ours.isEmpty() && call.getClassName().startsWith(OURS)) {
                ours = text(call);
            }
        }
        return unplaced.isEmpty() ? ours : unplaced;
    }

    private static boolean isIn(String type, String own) {
        return own.isEmpty() ? type.indexOf('.') < 0 : type.startsWith(own + ".");
    }

    private static String text(StackTraceElement call) {
        return call.getClassName() + "." + call.getMethodName()
                + (call.getLineNumber() > 0 ? ", line " + call.getLineNumber() : "");
    }
}
