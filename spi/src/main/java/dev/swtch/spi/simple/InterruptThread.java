package dev.swtch.spi.simple;

import dev.swtch.spi.InterruptHandler;
import dev.swtch.spi.thread.ThreadClass;
import dev.swtch.spi.thread.ThreadSpec;

/** Serves one device line, once per interrupt taken; runs before all threads of the policy, on the line's CPU alone. */
final class InterruptThread extends SimpleThread {
    final CpuRoom home;
    final int line;
    final InterruptHandler handler;
    long requests;

    InterruptThread(int number, CpuRoom home, int line, InterruptHandler handler) {
        super(ThreadSpec.kernel(number, "irq" + line, ThreadClass.INTERRUPT), null);
        this.home = home;
        this.line = line;
        this.handler = handler;
        this.blocked = true;
    }
}
