package dev.swtch.lwkt.kern;

import static dev.swtch.lwkt.sys.Ipiq.MAXCPUFIFO;
import static dev.swtch.lwkt.sys.Kassert.kkassert;

import dev.swtch.lwkt.sys.Cpusync;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.IpiFunction;
import dev.swtch.lwkt.sys.Wait;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;
import dev.swtch.machine.cost.Charge;

/**
 * Holding other CPUs still, sys/kern/lwkt_ipiq.c: a CPU that is asked answers and then asks itself again through its own
 * queue until it is released.
 */
public final class LwktCpusync {
    private final LwktKernel k;
    private final IpiFunction<Cpusync> remote1 = new IpiFunction<>("cs1", (gd, cs, arg2, frame) -> remote1(gd, cs));
    private final IpiFunction<Cpusync> remote2 = new IpiFunction<>("cs2", (gd, cs, arg2, frame) -> remote2(gd, cs));
    private final Frame<Cpusync> interlockLoop = new Frame<>("CS_INTERLOCK", this::interlockLoop);
    private final Frame<Cpusync> interlockStop = new Frame<>("CS_INTERLOCK_STOP", this::interlockStop);
    private final Frame<Cpusync> deinterlockLoop = new Frame<>("CS_DEINTERLOCK", this::deinterlockLoop);
    private final Frame<Cpusync> deinterlockStop = new Frame<>("CS_DEINTERLOCK_STOP", this::deinterlockStop);
    private final Frame<Object> deinterlocked = new Frame<>("CS_DEINTERLOCKED", this::deinterlocked);
    private final Frame<Object> polled = new Frame<>("CS_POLLED", this::polled);

    LwktCpusync(LwktKernel k) {
        this.k = k;
    }

    /** {@code lwkt_cpusync_interlock}, sys/kern/lwkt_ipiq.c: leaves a critical section held. */
    public Next lwktCpusyncInterlock(Globaldata gd, Cpusync cs) {
        cs.awaited.copyFrom(cs.mask);
        cs.awaited.retain(k.smpActiveMask);
        cs.awaited.remove(gd.cpuid);
        cs.mack.clear();
        gd.critEnter();
        if (!cs.awaited.isEmpty()) {
            ++gd.ipiqCscount;
            ++gd.curthread.cscount;
            gd.cpu.push(interlockLoop, cs);
            return k.ipiq.lwktSendIpiq3Mask(gd, cs.awaited, remote1, cs, 0);
        }
        return Next.RETURN;
    }

    private Next interlockLoop(Cpu cpu, Cpusync cs, int a, long b) {
        if (!cs.mack.same(cs.awaited)) {
            cpu.push(interlockStop, cs);
            return k.ipiqProcess.lwktProcessIpiq(Globaldata.of(cpu));
        }
        return Next.RETURN;
    }

    private Next interlockStop(Cpu cpu, Cpusync cs, int a, long b) {
        cpu.push(interlockLoop, cs);
        return Globaldata.of(cpu).waitIn(Wait.CSWAIT);
    }

    /** {@code lwkt_cpusync_deinterlock}, sys/kern/lwkt_ipiq.c. */
    public Next lwktCpusyncDeinterlock(Globaldata gd, Cpusync cs) {
        cs.awaited.copyFrom(cs.mack);
        cs.mack.clear();
        if (cs.func != null && cs.mask.has(gd.cpuid)) {
            cs.func.accept(gd);
        }
        if (!cs.awaited.isEmpty()) {
            return deinterlockLoop(gd.cpu, cs, 0, 0);
        }
        return k.splz.critExit(gd);
    }

    private Next deinterlockLoop(Cpu cpu, Cpusync cs, int a, long b) {
        Globaldata gd = Globaldata.of(cpu);
        if (!cs.mack.same(cs.awaited)) {
            cpu.push(deinterlockStop, cs);
            return k.ipiqProcess.lwktProcessIpiq(gd);
        }
        --gd.curthread.cscount;
        cpu.push(deinterlocked);
        return k.ipiqProcess.lwktProcessIpiq(gd);
    }

    private Next deinterlockStop(Cpu cpu, Cpusync cs, int a, long b) {
        cpu.push(deinterlockLoop, cs);
        return Globaldata.of(cpu).waitIn(Wait.CSWAIT);
    }

    private Next deinterlocked(Cpu cpu, Object ref, int a, long b) {
        return k.splz.critExit(Globaldata.of(cpu));
    }

    /** {@code lwkt_cpusync_remote1}, sys/kern/lwkt_ipiq.c: answers. */
    private Next remote1(Globaldata gd, Cpusync cs) {
        gd.cpu.charge(Charge.ATOMIC);
        cs.mack.add(gd.cpuid);
        return remote2(gd, cs);
    }

    /** {@code lwkt_cpusync_remote2}, sys/kern/lwkt_ipiq.c: runs the function if the CPU was released, else asks again. */
    private Next remote2(Globaldata gd, Cpusync cs) {
        if (!cs.mack.has(gd.cpuid)) {
            if (cs.func != null) {
                cs.func.accept(gd);
            }
            gd.cpu.charge(Charge.ATOMIC);
            cs.mack.add(gd.cpuid);
            return Next.RETURN;
        }
        gd.cpusyncq.store(remote2, cs, 0, gd.cpu.now());
        kkassert(
                gd.cpusyncq.pending() < MAXCPUFIFO,
                gd,
                "lwkt_cpusync_remote2",
                "ip->ip_windex - ip->ip_rindex < MAXCPUFIFO");
        gd.cpu.push(polled);
        return gd.waitIn(Wait.CSPOLL);
    }

    private Next polled(Cpu cpu, Object ref, int a, long b) {
        ++Globaldata.of(cpu).cpusyncq.windex;
        return Next.RETURN;
    }
}
