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
    private final Frame<WaitChannel> UMTXQ_SLEEP = new Frame<>("UMTXQ_SLEEP", this::sleep);
    private final Frame<WaitChannel> UMTXQ_SLEPT = new Frame<>("UMTXQ_SLEPT", this::slept);
    private final Frame<WaitChannel> UMTXQ_SIGNAL = new Frame<>("UMTXQ_SIGNAL", this::signal);

    Umtx(UleKernel k) {
        this.k = k;
    }

    /** The waiters of one key: {@code struct umtxq_queue}. */
    private static final class Waiters {
        private final Tailq<UleThread> head = new Tailq<>();
        private int length;

        @Nullable
        UleThread first() {
            return head.first();
        }

        void insert(UleThread td) {
            head.insertTail(td.umtxLink);
            length++;
            td.umtxQueued = true;
        }

        void remove(UleThread td) {
            head.remove(td.umtxLink);
            length--;
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
     * The running thread waits for a key: {@code umtxq_insert}, then {@code umtxq_sleep}, sys/kern/kern_umtx.c.
     *
     * @param timeoutNs time after which it goes on; negative for none
     */
    Next umtxqSleep(Cpu cpu, WaitChannel key, long timeoutNs) {
        cpu.charge(Charge.QUEUE_OP);
        waiters(key).insert(Pcpu.curthread(cpu));
        cpu.push(UMTXQ_SLEEP, key, 0, timeoutNs);
        return k.serializers.aroundSleep(cpu);
    }

    /** It may have been woken since it joined the list, by one who got in when it dropped a serializer. */
    private Next sleep(Cpu cpu, WaitChannel key, int a, long timeoutNs) {
        UleThread td = Pcpu.curthread(cpu);
        if (!td.umtxQueued) {
            return Next.RETURN;
        }
        cpu.push(UMTXQ_SLEPT, key);
        long sbt = timeoutNs < 0 ? 0 : Math.max(1, Sbt.ofNs(timeoutNs));
        return k.synch.sleep(cpu, umtxq(td), null, KernSynch.PCATCH, "umtxn", sbt, sbt >> Sbt.TC_PRECEXP);
    }

    private Next slept(Cpu cpu, WaitChannel key, int a, long b) {
        UleThread td = Pcpu.curthread(cpu);
        if (td.umtxQueued) {
            waiters(key).remove(td);
        }
        return Next.RETURN;
    }

    /**
     * Wakes up to {@code n} waiters, the first first: {@code umtxq_signal}, sys/kern/kern_umtx.c; who comes while it wakes
     * the others is not among them.
     */
    Next umtxqSignal(Cpu cpu, WaitChannel key, int n) {
        return signal(cpu, key, Math.min(n, waiters(key).length), 0);
    }

    private Next signal(Cpu cpu, WaitChannel key, int n, long b) {
        if (n > 0 && cpu.pathIsLong()) {
            cpu.push(UMTXQ_SIGNAL, key, n, 0);
            return cpu.park();
        }
        Waiters queue = waiters(key);
        UleThread td = queue.first();
        if (td == null || n == 0) {
            return Next.RETURN;
        }
        cpu.charge(Charge.QUEUE_OP);
        queue.remove(td);
        if (n > 1) {
            cpu.push(UMTXQ_SIGNAL, key, n - 1, 0);
        }
        return k.synch.wakeup(cpu, umtxq(td));
    }
}
