package dev.swtch.lwkt.kern;

import static dev.swtch.lwkt.sys.Tsleep.PINTERLOCKED;

import dev.swtch.lwkt.sys.Cpumask;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.Ident;
import dev.swtch.lwkt.sys.IpiFunction;
import dev.swtch.lwkt.sys.Kassert;
import dev.swtch.lwkt.sys.Wait;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;
import dev.swtch.machine.cost.Charge;

/** Waiting for IPI messages to be done, sys/kern/lwkt_ipiq.c: by polling for one, asleep for all CPUs. */
public final class LwktIpiqWait {
    private static final long SECOND_NS = 1_000_000_000;
    private static final int MOST_WARNINGS = 10;

    private final LwktKernel k;
    private final IpiFunction<Synchronize> synchronizeRemote =
            new IpiFunction<>("synchronize", (gd, all, arg2, frame) -> synchronizeRemote(gd, all));
    private final Frame<Awaited> waitLoop = new Frame<>("WAIT_IPIQ", this::waitLoop);
    private final Frame<Awaited> waitStop = new Frame<>("WAIT_IPIQ_STOP", this::waitStop);
    private final Frame<Synchronize> synchronizeLoop = new Frame<>("SYNCHRONIZE_IPIQS", this::synchronizeLoop);

    LwktIpiqWait(LwktKernel k) {
        this.k = k;
    }

    /** {@code lwkt_seq_ipiq}, sys/kern/lwkt_ipiq.c: number of the last message sent to a CPU. */
    public int lwktSeqIpiq(Globaldata gd, Globaldata target) {
        return gd.ipiq(target.cpuid).windex;
    }

    /** {@code lwkt_wait_ipiq}, sys/kern/lwkt_ipiq.c: until a message is done; works off this CPU's own meanwhile. */
    public Next lwktWaitIpiq(Globaldata gd, Globaldata target, int seq) {
        return target == gd ? Next.RETURN : waitTurn(gd, new Awaited(gd, target, seq), 0, gd.cpu.now());
    }

    private Next waitTurn(Globaldata gd, Awaited message, int warnings, long sinceNs) {
        if (message.isDone()) {
            return Next.RETURN;
        }
        int warned = warnings;
        if (gd.cpu.now() - sinceNs > SECOND_NS * (warnings + 1)) {
            k.console.kprintf("lwkt_wait_ipiq: cpu" + gd.cpuid + " still waits for cpu" + message.target.cpuid + "\n");
            if (++warned > MOST_WARNINGS) {
                throw Kassert.panic(gd, "lwkt_wait_ipiq: cpu" + message.target.cpuid + " does not answer");
            }
        }
        gd.critEnter();
        gd.cpu.push(waitStop, message, warned, sinceNs);
        k.splz.pushCritExit(gd);
        return k.ipiqProcess.lwktProcessIpiq(gd);
    }

    private Next waitStop(Cpu cpu, Awaited message, int warnings, long sinceNs) {
        cpu.push(waitLoop, message, warnings, sinceNs);
        return Globaldata.of(cpu).waitIn(Wait.IPIQ);
    }

    private Next waitLoop(Cpu cpu, Awaited message, int warnings, long sinceNs) {
        return waitTurn(Globaldata.of(cpu), message, warnings, sinceNs);
    }

    /** {@code lwkt_synchronize_ipiqs}, sys/kern/lwkt_ipiq.c: sleeps until all CPUs have done what was sent before. */
    public Next lwktSynchronizeIpiqs(Globaldata gd, String wmesg) {
        Synchronize all = new Synchronize(new Cpumask(), new Ident(gd.curthread.number(), wmesg));
        all.left.copyFrom(k.smpActiveMask);
        all.left.remove(gd.cpuid);
        Cpumask targets = new Cpumask();
        targets.copyFrom(all.left);
        gd.critEnter();
        gd.cpu.push(synchronizeLoop, all);
        return k.ipiq.lwktSendIpiq3Mask(gd, targets, synchronizeRemote, all, 0);
    }

    private Next synchronizeLoop(Cpu cpu, Synchronize all, int a, long b) {
        Globaldata gd = Globaldata.of(cpu);
        if (all.left.isEmpty()) {
            return k.splz.critExit(gd);
        }
        k.synch.tsleepInterlockInCrit(gd, all.ident, 0);
        cpu.push(synchronizeLoop, all);
        return k.synch.tsleep(gd, all.ident, PINTERLOCKED, all.ident.name, 0);
    }

    private Next synchronizeRemote(Globaldata gd, Synchronize all) {
        gd.cpu.charge(Charge.ATOMIC);
        all.left.remove(gd.cpuid);
        return all.left.isEmpty() ? k.synch.wakeup(gd, all.ident) : Next.RETURN;
    }

    /** A message somebody waits for. */
    private record Awaited(Globaldata source, Globaldata target, int seq) {
        boolean isDone() {
            return source.ipiq(target.cpuid).xindex - seq >= 0;
        }
    }

    /** CPUs that have not answered yet, and what the asker sleeps on. */
    private record Synchronize(Cpumask left, Ident ident) {}
}
