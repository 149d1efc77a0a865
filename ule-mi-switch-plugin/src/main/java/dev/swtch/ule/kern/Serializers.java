package dev.swtch.ule.kern;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;
import org.jspecify.annotations.Nullable;

/**
 * A lock that is dropped while its holder sleeps, which FreeBSD does not have: a mutex that is unlocked before every sleep
 * of the holder and locked again after it, as {@code msleep} does with its interlock.
 */
final class Serializers {
    /** As many as a thread may hold at once. */
    private static final int MOST_HELD = 32;

    private final UleKernel k;
    private final Frame<Object> RELOCK = new Frame<>("SERIALIZER_RELOCK", this::relock);
    private final Frame<Object> DROPPED = new Frame<>("SERIALIZER_DROPPED", this::drop);

    Serializers(UleKernel k) {
        this.k = k;
    }

    /** The serializers a thread holds, in the order it entered them. */
    static final class Held {
        private final @Nullable SleepMtx[] mutexes = new SleepMtx[MOST_HELD];
        private int count;
    }

    Next enter(Cpu cpu, SleepMtx serializer) {
        UleThread td = Pcpu.curthread(cpu);
        Held held = td.serializers;
        if (held == null) {
            held = new Held();
            td.serializers = held;
        }
        held.mutexes[held.count++] = serializer;
        return k.mutex.mtxLock(cpu, serializer);
    }

    Next leave(Cpu cpu, SleepMtx serializer) {
        Held held = Pcpu.curthread(cpu).serializers;
        if (held == null || held.count == 0 || held.mutexes[held.count - 1] != serializer) {
            throw cpu.violation("serializer-order", "a serializer was left that was not entered last");
        }
        held.mutexes[--held.count] = null;
        return k.mutex.mtxUnlock(cpu, serializer);
    }

    /** Drops what the running thread holds, then returns to what was pushed before, whose end is to {@link #retake}. */
    Next aroundSleep(Cpu cpu) {
        Held held = Pcpu.curthread(cpu).serializers;
        return held == null ? Next.RETURN : dropFrom(cpu, held.count - 1);
    }

    /** Whether the running thread holds any. */
    static boolean holdsAny(Cpu cpu) {
        Held held = Pcpu.curthread(cpu).serializers;
        return held != null && held.count > 0;
    }

    private Next drop(Cpu cpu, Object ref, int at, long b) {
        return dropFrom(cpu, at);
    }

    private Next dropFrom(Cpu cpu, int at) {
        Held held = Pcpu.curthread(cpu).serializers;
        SleepMtx mutex = held == null || at < 0 ? null : held.mutexes[at];
        if (mutex == null) {
            return Next.RETURN;
        }
        cpu.push(DROPPED, at - 1, 0);
        return k.mutex.mtxUnlock(cpu, mutex);
    }

    /** Takes all again that the running thread dropped, in the order it entered them. */
    Next retake(Cpu cpu) {
        return relockFrom(cpu, 0);
    }

    private Next relock(Cpu cpu, Object ref, int at, long b) {
        return relockFrom(cpu, at);
    }

    private Next relockFrom(Cpu cpu, int at) {
        Held held = Pcpu.curthread(cpu).serializers;
        SleepMtx mutex = held == null || at >= held.count ? null : held.mutexes[at];
        if (mutex == null) {
            return Next.RETURN;
        }
        cpu.push(RELOCK, at + 1, 0);
        return k.mutex.mtxLock(cpu, mutex);
    }
}
