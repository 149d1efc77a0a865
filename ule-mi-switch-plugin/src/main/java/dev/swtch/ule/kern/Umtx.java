package dev.swtch.ule.kern;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;
import dev.swtch.machine.cost.Charge;
import dev.swtch.spi.block.WaitChannel;
import org.jspecify.annotations.Nullable;

/**
 * Waiting for words of user memory: sys/kern/kern_umtx.c.
 *
 * <p>A key has a list of waiting threads in the order they came; each sleeps on a channel of its own, its {@code
 * umtx_q}, so a wake-up ends exactly one wait. Deviation: the chain's mutex around the list is not taken; a list is only
 * touched within one path.
 */
final class Umtx {
    /** Channels of {@code umtx_q} structures: this and 64 for each thread. */
    private static final long UMTX_Q = 1L << 40;

    private static final int UMTX_Q_SIZE = 64;

    private final UleKernel k;
    private final Frame<WaitChannel> UMTXQ_SLEPT = new Frame<>("UMTXQ_SLEPT", this::umtxqSlept);
    private final Frame<WaitChannel> UMTXQ_SIGNAL = new Frame<>("UMTXQ_SIGNAL", this::umtxqSignal);

    Umtx(UleKernel k) {
        this.k = k;
    }

    /** The waiters of one key: {@code struct umtxq_queue}. */
    private static final class Waiters {
        @Nullable
        UleThread first;

        @Nullable
        UleThread last;

        void append(UleThread td) {
            UleThread tail = last;
            td.umtxPrev = tail;
            td.umtxNext = null;
            if (tail == null) {
                first = td;
            } else {
                tail.umtxNext = td;
            }
            last = td;
            td.umtxQueued = true;
        }

        void remove(UleThread td) {
            UleThread next = td.umtxNext;
            UleThread prev = td.umtxPrev;
            if (prev == null) {
                first = next;
            } else {
                prev.umtxNext = next;
            }
            if (next == null) {
                last = prev;
            } else {
                next.umtxPrev = prev;
            }
            td.umtxNext = null;
            td.umtxPrev = null;
            td.umtxQueued = false;
        }
    }

    private static Waiters waiters(WaitChannel key) {
        if (key.kernelPart() instanceof Waiters known) {
            return known;
        }
        Waiters made = new Waiters();
        key.setKernelPart(made);
        return made;
    }

    /** The channel on which a thread waits for words. */
    static long umtxq(UleThread td) {
        return UMTX_Q + (long) td.number() * UMTX_Q_SIZE;
    }

    /**
     * The running thread waits for a key: {@code umtxq_sleep}, sys/kern/kern_umtx.c.
     *
     * @param timeoutNs time after which it goes on; negative for none
     */
    Next umtxqSleep(Cpu cpu, WaitChannel key, long timeoutNs) {
        UleThread td = Pcpu.curthread(cpu);
        cpu.charge(Charge.QUEUE_OP);
        waiters(key).append(td);
        cpu.push(UMTXQ_SLEPT, key);
        long sbt = timeoutNs < 0 ? 0 : Math.max(1, Sbt.ofNs(timeoutNs));
        return k.synch.sleep(cpu, umtxq(td), null, KernSynch.PCATCH, "umtxn", sbt, sbt >> Sbt.TC_PRECEXP);
    }

    private Next umtxqSlept(Cpu cpu, WaitChannel key, int a, long b) {
        UleThread td = Pcpu.curthread(cpu);
        if (td.umtxQueued) {
            waiters(key).remove(td);
        }
        return Next.RETURN;
    }

    /** Wakes up to {@code n} waiters, the first first: {@code umtxq_signal}, sys/kern/kern_umtx.c. */
    Next umtxqSignal(Cpu cpu, WaitChannel key, int n) {
        Waiters queue = waiters(key);
        UleThread td = queue.first;
        if (td == null || n == 0) {
            return Next.RETURN;
        }
        cpu.charge(Charge.QUEUE_OP);
        queue.remove(td);
        cpu.push(UMTXQ_SIGNAL, key, n - 1, 0);
        return k.synch.wakeup(cpu, umtxq(td));
    }

    private Next umtxqSignal(Cpu cpu, WaitChannel key, int n, long b) {
        return umtxqSignal(cpu, key, n);
    }
}
