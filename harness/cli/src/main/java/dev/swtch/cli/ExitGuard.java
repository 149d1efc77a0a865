package dev.swtch.cli;

import java.util.Arrays;
import java.util.Map;

/** Notices a scheduler that ends the whole program with {@link System#exit}, which must not pass for a result. */
final class ExitGuard {
    private final Terminal terminal;
    private volatile boolean done;

    private ExitGuard(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Watches over this process until it is {@link #done}. */
    static ExitGuard install(Terminal terminal) {
        ExitGuard guard = new ExitGuard(terminal);
        Runtime.getRuntime().addShutdownHook(new Thread(guard::end, "exit guard"));
        return guard;
    }

    /** The program has come to its own end. */
    void done() {
        done = true;
    }

    /** Runs as the process ends; a signal ends it too, but from no simulation's thread. */
    private void end() {
        if (done) {
            return;
        }
        for (Map.Entry<Thread, StackTraceElement[]> thread :
                Thread.getAllStackTraces().entrySet()) {
            StackTraceElement[] calls = thread.getValue();
            int exit = exitIn(calls);
            if (thread.getKey().getName().equals(HostThreads.NAME) && exit >= 0 && exit + 1 < calls.length) {
                terminal.err()
                        .println("swtch: a scheduler ended the program: System.exit was called in "
                                + calls[exit + 1].getClassName() + "." + calls[exit + 1].getMethodName() + ", line "
                                + calls[exit + 1].getLineNumber());
                terminal.err().flush();
                Runtime.getRuntime().halt(ExitCode.PANIC);
            }
        }
    }

    private static int exitIn(StackTraceElement[] calls) {
        for (int i = calls.length - 1; i >= 0; i--) {
            String method = calls[i].getClassName() + "." + calls[i].getMethodName();
            if (Arrays.asList("java.lang.System.exit", "java.lang.Runtime.exit").contains(method)) {
                return i;
            }
        }
        return -1;
    }
}
