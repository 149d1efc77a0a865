package dev.swtch.lwkt.kern;

import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.Wait;
import dev.swtch.machine.Next;

/**
 * What an idle CPU does in a run, platform/pc64/x86_64/machdep.c: halts. No instant lies between the kernel's last look
 * at its requests and the halt, so interrupts need not be closed around them.
 */
final class RunIdle implements IdleRest {
    /** Makes the behaviour of idle CPUs. */
    RunIdle() {}

    /** With contended threads on the queue the loop goes round, which takes time; with other requests at once. */
    @Override
    public Next rest(Globaldata gd, boolean nothingPending) {
        if (nothingPending) {
            return gd.cpu.halt();
        }
        return gd.tdrunqcount != 0 ? gd.waitIn(Wait.SPIN) : Next.RETURN;
    }
}
