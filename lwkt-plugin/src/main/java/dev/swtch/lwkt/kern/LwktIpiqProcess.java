package dev.swtch.lwkt.kern;

import static dev.swtch.lwkt.sys.Kassert.kkassert;

import dev.swtch.lwkt.sys.Cpumask;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.Ipiq;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;
import dev.swtch.machine.cost.Charge;

/** Working off IPI messages, sys/kern/lwkt_ipiq.c: in interrupts, when a critical section ends, and while waiting. */
public final class LwktIpiqProcess {
    private static final int NO_FRAME = 0;
    private static final int FRAME = 1;

    /** With {@link #FRAME}: no other word of the mask is to be looked at. */
    private static final int LAST = 2;

    private static final int WORD_SHIFT = 2;

    private final LwktKernel k;
    private final Frame<Object> sourceDone = new Frame<>("IPIQ_SOURCE", this::sourceDone);
    private final Frame<Object> cpusyncqDone = new Frame<>("IPIQ_CPUSYNCQ", this::cpusyncqDone);
    private final Frame<Ipiq> messageDone = new Frame<>("IPIQ_MESSAGE", this::messageDone);

    LwktIpiqProcess(LwktKernel k) {
        this.k = k;
    }

    /** {@code lwkt_process_ipiq}, sys/kern/lwkt_ipiq.c: works off this CPU's messages; nothing may be preempted. */
    public Next lwktProcessIpiq(Globaldata gd) {
        ++gd.processingIpiq;
        return again(gd, NO_FRAME);
    }

    /** {@code lwkt_process_ipiq_frame}, sys/kern/lwkt_ipiq.c: the same on behalf of an interrupt. */
    public Next lwktProcessIpiqFrame(Globaldata gd) {
        return again(gd, FRAME);
    }

    /** {@code lwkt_smp_stopped}, sys/kern/lwkt_thread.c: what a stopped CPU does; no dump is ever taken. */
    public Next lwktSmpStopped(Globaldata gd) {
        gd.critEnter();
        k.splz.pushCritExit(gd);
        return lwktProcessIpiq(gd);
    }

    private Next again(Globaldata gd, int frame) {
        gd.cpu.charge(Charge.ATOMIC);
        int last = LAST;
        for (int word = Cpumask.WORDS - 1; word > 0; word--) {
            long mask = gd.ipimask.word(word);
            if (mask != 0) {
                gd.cpu.push(sourceDone, frame | last | word << WORD_SHIFT, mask);
                last = 0;
            }
        }
        long mask = gd.ipimask.word(0);
        gd.ipimask.clear();
        return sources(gd, frame | last, mask);
    }

    /** The sources of a word of the mask; one stays in it until its queue is found empty. */
    private Next sources(Globaldata gd, int at, long mask) {
        int first = at >> WORD_SHIFT << 6;
        int frame = at & FRAME;
        for (long left = mask; left != 0; left &= left - 1) {
            Ipiq ip = k.gd(first + Long.numberOfTrailingZeros(left)).ipiq(gd.cpuid);
            if (ip.pending() != 0) {
                gd.cpu.push(sourceDone, at, left);
                return processIpiqCore(gd, ip, frame);
            }
        }
        if ((at & LAST) == 0) {
            return Next.RETURN;
        }
        if (gd.cpusyncq.pending() != 0) {
            gd.cpu.push(cpusyncqDone, frame, 0);
            return processIpiqCore(gd, gd.cpusyncq, frame);
        }
        return processed(gd, frame);
    }

    private Next sourceDone(Cpu cpu, Object ref, int at, long mask) {
        return sources(Globaldata.of(cpu), at, mask);
    }

    /** CPUs that are held still ask again at once, unless the thread itself holds others still. */
    private Next cpusyncqDone(Cpu cpu, Object ref, int frame, long b) {
        Globaldata gd = Globaldata.of(cpu);
        if (gd.cpusyncq.pending() != 0 && gd.curthread.cscount == 0) {
            return again(gd, frame);
        }
        return processed(gd, frame);
    }

    private Next processed(Globaldata gd, int frame) {
        if (!gd.ipimask.isEmpty()) {
            return again(gd, frame);
        }
        gd.cpu.charge(Charge.ATOMIC);
        gd.npoll = 0;
        if (frame == NO_FRAME) {
            --gd.processingIpiq;
        }
        return Next.RETURN;
    }

    /** {@code lwkt_process_ipiq_core}, sys/kern/lwkt_ipiq.c: runs what is in a queue now, not what is added meanwhile. */
    private Next processIpiqCore(Globaldata gd, Ipiq ip, int frame) {
        kkassert(gd.curthread.critcount > 0, gd, "lwkt_process_ipiq_core", "curthread->td_critcount");
        int wi = ip.windex;
        ++gd.intrNestingLevel;
        return message(gd, ip, frame, wi);
    }

    private Next message(Globaldata gd, Ipiq ip, int frame, int wi) {
        int ri = ip.rindex;
        if (wi - ri > 0) {
            gd.cpu.charge(Charge.SCAN_ITEM);
            ++ip.rindex;
            gd.cpu.push(messageDone, ip, frame, wi);
            gd.messageSentNs = ip.sentNs(ri);
            return ip.func(ri).call(gd, ip.arg1(ri), ip.arg2(ri), frame == FRAME);
        }
        --gd.intrNestingLevel;
        return Next.RETURN;
    }

    private Next messageDone(Cpu cpu, Ipiq ip, int frame, long wi) {
        ip.xindex = ip.rindex;
        return message(Globaldata.of(cpu), ip, frame, (int) wi);
    }
}
