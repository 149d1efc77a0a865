package dev.swtch.ule.kern;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;
import dev.swtch.spi.BlockContract;
import dev.swtch.spi.block.KernelLock;
import dev.swtch.spi.block.WaitChannel;
import dev.swtch.spi.thread.KThread;

/** Sleeping, waiting and locking of the workload by FreeBSD's means. */
final class SleepContracts implements BlockContract {
    private final UleKernel k;
    private final Frame<Object> SLEEP_DROPPED = new Frame<>("SLEEP_DROPPED", this::sleepDropped);
    private final Frame<Object> SLEPT = new Frame<>("SLEPT", this::slept);

    SleepContracts(UleKernel k) {
        this.k = k;
    }

    @Override
    public boolean retriesInUserMode() {
        return false;
    }

    @Override
    public Next sleep(Cpu cpu, long ns) {
        retakeAfterSleep(cpu);
        cpu.push(SLEEP_DROPPED, 0, ns);
        return k.serializers.aroundSleep(cpu);
    }

    private void retakeAfterSleep(Cpu cpu) {
        if (Serializers.holdsAny(cpu)) {
            cpu.push(SLEPT);
        }
    }

    private Next slept(Cpu cpu, Object ref, int a, long b) {
        return k.serializers.retake(cpu);
    }

    private Next sleepDropped(Cpu cpu, Object ref, int a, long ns) {
        return k.nanosleep.kernNanosleep(cpu, ns);
    }

    @Override
    public Next await(Cpu cpu, WaitChannel channel, long timeoutNs) {
        retakeAfterSleep(cpu);
        return k.umtx.umtxqSleep(cpu, channel, timeoutNs);
    }

    @Override
    public Next wake(Cpu cpu, WaitChannel channel, int count) {
        return k.umtx.umtxqSignal(cpu, channel, count);
    }

    @Override
    public Next awaitLending(Cpu cpu, WaitChannel channel, KThread owner) {
        retakeAfterSleep(cpu);
        return k.umtxPi.umtxqSleepPi(cpu, channel, (UleThread) owner);
    }

    @Override
    public Next wakeLent(Cpu cpu, WaitChannel channel) {
        return k.umtxPi.umtxPiDrop(cpu, channel);
    }

    @Override
    public Next lock(Cpu cpu, KernelLock mutex) {
        return k.mutex.mtxLock(cpu, mtx(mutex));
    }

    @Override
    public Next unlock(Cpu cpu, KernelLock mutex) {
        return k.mutex.mtxUnlock(cpu, mtx(mutex));
    }

    @Override
    public Next enter(Cpu cpu, KernelLock serializer) {
        return k.serializers.enter(cpu, mtx(serializer));
    }

    @Override
    public Next leave(Cpu cpu, KernelLock serializer) {
        return k.serializers.leave(cpu, mtx(serializer));
    }

    private static SleepMtx mtx(KernelLock lock) {
        if (lock.kernelPart() instanceof SleepMtx known) {
            return known;
        }
        SleepMtx made = new SleepMtx(lock.number(), false);
        lock.setKernelPart(made);
        return made;
    }
}
