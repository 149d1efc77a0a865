package dev.swtch.lwkt.kern;

import dev.swtch.lwkt.sys.Cpumask;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.LwktToken;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.lwkt.sys.Proc;
import dev.swtch.lwkt.sys.ThreadFunction;
import org.jspecify.annotations.Nullable;

/** Arguments of {@code lwp_fork}, and the LWP it made. */
public final class ForkRequest {
    final Lwp parent;
    final Proc proc;
    final LwktToken token;
    final ThreadFunction user;
    final CreateRequest create;
    int cpbase;
    private boolean wishes;
    private int rtprioType;
    private int rtprioPrio;
    private @Nullable Cpumask cpumask;
    private @Nullable Lwp child;

    /**
     * Makes the arguments.
     *
     * @param parent the LWP that forks
     * @param proc the child's process; a new one has no LWP yet
     * @param template structure for the thread; null to take one from the cache
     * @param cpu the executing CPU
     * @param name the thread's name
     * @param token the child's token
     * @param user what the child executes in user mode
     */
    public ForkRequest(
            Lwp parent,
            Proc proc,
            @Nullable LwktThread template,
            int cpu,
            String name,
            LwktToken token,
            ThreadFunction user) {
        this.parent = parent;
        this.proc = proc;
        this.token = token;
        this.user = user;
        this.create = new CreateRequest(template, 0, cpu, name, null);
    }

    /**
     * Class, priority and CPUs the child is to have instead of its parent's, as if it had asked for them first.
     *
     * @param type RTP_PRIO_
     * @param prio 0 to 31
     * @param mask CPUs it may run on; null for all
     */
    public void wish(int type, int prio, @Nullable Cpumask mask) {
        wishes = true;
        rtprioType = type;
        rtprioPrio = prio;
        cpumask = mask;
    }

    /** Gives the child what was wished for. */
    void applyWishes(Lwp lp) {
        if (wishes) {
            lp.rtprioType = rtprioType;
            lp.rtprioPrio = rtprioPrio;
            if (cpumask == null) {
                lp.cpumask.addAll();
            } else {
                lp.cpumask.copyFrom(cpumask);
            }
        }
    }

    /** The child; only once it was made. */
    public Lwp child() {
        Lwp made = child;
        if (made == null) {
            throw new IllegalStateException("the LWP is not made yet: " + create.name);
        }
        return made;
    }

    void setChild(Lwp made) {
        child = made;
    }
}
