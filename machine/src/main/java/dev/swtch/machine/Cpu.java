package dev.swtch.machine;

import dev.swtch.machine.cost.Charge;
import dev.swtch.machine.topology.Distance;
import dev.swtch.machine.trace.TraceKind;
import org.jspecify.annotations.Nullable;

/**
 * One simulated CPU: its registers, the cursor of its kernel path, its pending vectors and what it costs.
 *
 * <h2>Paths</h2>
 * A path begins when an event reaches the CPU and ends when a frame returns {@link Next#REST} after one of the
 * <em>rest</em> methods named the state to rest in ({@link #work}, {@link #halt}, {@link #spin} …). Everything in
 * between happens at the cursor, {@link #now}. Methods that act for the running kernel are called on the CPU that
 * executes and only inside a path.
 *
 * <h2>Switching</h2>
 * {@link #save} pushes a landing and closes the old stack, {@link #load} opens the next one; between the two nothing
 * may be pushed and the CPU may not rest. A plugin composes its kernel's switch primitives from these.
 */
public final class Cpu {
    final CpuLedger ledger;
    final PendingVectors pending = new PendingVectors();
    final PathRunner paths;

    CpuState state = CpuState.OFF;
    KernelStack stack = new KernelStack();

    /** The instant the path has reached, in ns. */
    long cursor;

    /** When a spinning or polling CPU looks next, and how far its looks are apart, in ns. */
    long nextLook;

    long lookPeriod;

    /** Whether the path named the state to rest in. */
    boolean resting;

    private final Machine machine;
    private final int id;
    private final TlbTags tags = new TlbTags();
    private @Nullable Context current;
    private @Nullable Context previous;
    private @Nullable Object area;
    private @Nullable Pmap pmap;
    private boolean switching;

    Cpu(Machine machine, int id) {
        this.machine = machine;
        this.id = id;
        this.ledger = new CpuLedger(machine.costs());
        this.paths = new PathRunner(machine, this);
    }

    // ---- identity and state -------------------------------------------------------------------------------------

    /** Number of the CPU, from 0. */
    public int id() {
        return id;
    }

    /** The machine it belongs to. */
    public Machine machine() {
        return machine;
    }

    /** What it does between two paths. */
    public CpuState state() {
        return state;
    }

    /** The instant the running path has reached, in ns; between paths the end of the last one. */
    public long now() {
        return cursor;
    }

    /** The context that is loaded; only after the first {@link #load}. */
    public Context current() {
        Context context = current;
        if (context == null) {
            throw violation("no-context", "a CPU that has not loaded its first context was asked for it");
        }
        return context;
    }

    /** Whether a context has been loaded since the CPU started. */
    public boolean hasContext() {
        return current != null;
    }

    /** Whether a kernel path runs on this CPU at the moment, for reports of what broke off. */
    public boolean isInPath() {
        return paths.isInPath();
    }

    /** The kernel's per-CPU area. */
    public @Nullable Object area() {
        return area;
    }

    /** Sets the kernel's per-CPU area; once, before the CPU starts. */
    public void setArea(Object area) {
        this.area = area;
    }

    /** What this CPU's time and charges went to. */
    public CpuLedger ledger() {
        return ledger;
    }

    /** How far another CPU stands. */
    public Distance distance(int other) {
        return machine.distance(id, other);
    }

    /** Makes a violation of a rule at this CPU's cursor, to be thrown. */
    public Violation violation(String rule, String message) {
        return new Violation(rule, id, cursor, message);
    }

    // ---- charging -----------------------------------------------------------------------------------------------

    /** Pays one entry of the cost model: moves the cursor. */
    public void charge(Charge what) {
        cursor += ledger.charge(what.ordinal());
    }

    /** Pays an entry {@code n} times. */
    public void charge(Charge what, long n) {
        cursor += ledger.charge(what.ordinal(), n);
    }

    /** Waits in the path until an instant in ns; the time waited is charged to the entry. */
    public void waitUntil(long timeNs, Charge what) {
        if (timeNs > cursor) {
            ledger.chargeTime(what.ordinal(), timeNs - cursor);
            cursor = timeNs;
        }
    }

    /** Whether the path has run so long that a loop in it should {@link #park}. */
    public boolean pathIsLong() {
        return cursor - machine.now() >= machine.pathLimit();
    }

    // ---- the kernel stack ---------------------------------------------------------------------------------------

    /** Pushes a return address with its locals on the current stack; refused between a switch and its landing. */
    public <T> void push(Frame<T> frame, T ref, int a, long b) {
        if (switching) {
            throw pushedInSwitch(frame);
        }
        stack.push(frame, ref, a, b);
    }

    /** Pushes a return address with a reference. */
    public <T> void push(Frame<T> frame, T ref) {
        push(frame, ref, 0, 0);
    }

    /** Pushes a return address that uses no reference. */
    public void push(Frame<?> frame, int a, long b) {
        if (switching) {
            throw pushedInSwitch(frame);
        }
        stack.push(frame, a, b);
    }

    /** Pushes a return address without locals. */
    public void push(Frame<?> frame) {
        push(frame, 0, 0);
    }

    private Violation pushedInSwitch(Frame<?> frame) {
        return violation("push-in-switch", frame + " was pushed between a switch and its landing");
    }

    // ---- switch primitives --------------------------------------------------------------------------------------

    /** Saves the current context: where it goes on when loaded again. The next thing done is a {@link #load}. */
    public <T> void save(Landing<T> landing, T ref, int a, long b) {
        Context old = current();
        push(landing, ref, a, b);
        saved(old);
    }

    /** As {@link #save(Landing, Object, int, long)} for a landing that uses no reference. */
    public void save(Landing<?> landing, int a, long b) {
        Context old = current();
        push(landing, a, b);
        saved(old);
    }

    private void saved(Context old) {
        charge(Charge.CONTEXT_SAVE);
        old.savedAt = cursor;
        switching = true;
    }

    /** Leaves the current context for the last time; nothing is saved and its stack is closed. */
    public void discard() {
        Context old = current;
        if (switching) {
            throw violation("discard-in-switch", "a context was discarded between a switch and its landing");
        }
        if (old != null) {
            old.dead = true;
            old.savedAt = cursor;
        }
        switching = true;
    }

    /**
     * Loads a context and goes on at its landing; the last thing a switching function does.
     *
     * <p>Waits if another CPU saves the context only later than this CPU's cursor; the wait is paid and counted.
     */
    public Next load(Context next) {
        if (next.onCpu != Context.NO_CPU && next != current) {
            throw violation("context-on-two-cpus", next.name() + " was loaded while it runs on cpu" + next.onCpu);
        }
        if (next.dead || !(next.stack.top() instanceof Landing)) {
            throw violation("no-landing", next.name() + " was loaded but has nowhere to go on: " + next.backTrace());
        }
        if (!switching && current != null) {
            throw violation("not-saved", current.name() + " was left without being saved");
        }
        waitUntil(next.savedAt, Charge.HANDOFF_WAIT);
        charge(Charge.CONTEXT_LOAD);
        Context old = current;
        if (old != null) {
            old.onCpu = Context.NO_CPU;
        }
        next.onCpu = id;
        next.loadedAt = cursor;
        previous = old;
        current = next;
        stack = next.stack;
        switching = false;
        machine.trace(TraceKind.SWITCH, this, old == null ? -1 : old.number(), next.number());
        machine.observer().switched(this, old, next);
        return Next.RETURN;
    }

    @Nullable
    Context takePrevious() {
        Context context = previous;
        previous = null;
        return context;
    }

    /** Enters an address space: joins its CPUs and loads its root unless it is loaded. */
    public void activate(Pmap next) {
        if (!next.active.contains(id)) {
            charge(Charge.PMAP_MARK);
            next.active.add(id);
        }
        if (pmap == next) {
            return;
        }
        charge(Charge.PMAP_ACTIVATE);
        if (!tags.use(next.id())) {
            charge(Charge.PMAP_REFILL);
        }
        pmap = next;
    }

    /** Leaves an address space's set of active CPUs; its root stays loaded until another is. */
    public void deactivate(Pmap old) {
        charge(Charge.PMAP_MARK);
        old.active.remove(id);
    }

    /** The address space whose root is loaded; null before the first. */
    public @Nullable Pmap pmap() {
        return pmap;
    }

    /** Flushes an address space on the CPUs it is active on: pays per CPU here, and there at their next path. */
    public void shootdown(Pmap target) {
        for (int cpu = target.active.first(); cpu >= 0; cpu = target.active.next(cpu + 1)) {
            if (cpu == id) {
                charge(Charge.TLB_FLUSH);
            } else {
                charge(Charge.TLB_SHOOTDOWN);
                machine.cpu(cpu).tags.forget(target.id());
                machine.cpu(cpu).ledger.owe(Charge.TLB_FLUSH.ordinal());
            }
        }
    }

    // ---- resting ------------------------------------------------------------------------------------------------

    /**
     * Rests in {@link CpuState#RUNNING} and does work of the current context; then what was pushed goes on.
     *
     * @param mode user or kernel mode
     * @param ns work in ns at full speed
     */
    public Next work(Mode mode, long ns) {
        Context context = current();
        context.mode = mode;
        context.work = ns << Burst.UNIT_BITS;
        return rest(CpuState.RUNNING);
    }

    /** Rests halted until an interrupt; after it what was pushed goes on. */
    public Next halt() {
        return rest(CpuState.HALTED);
    }

    /** Rests waiting on a monitored line until {@link Machine#store} or an interrupt; then what was pushed goes on. */
    public Next monitor() {
        return rest(CpuState.MONITORING);
    }

    /** Rests polling for {@link Machine#store}, at most {@code looks} looks; then what was pushed goes on. */
    public Next poll(long looks) {
        lookPeriod = Math.max(1, machine.costs().price(Charge.POLL_LOOK));
        nextLook = cursor + looks * lookPeriod;
        return rest(CpuState.POLLING);
    }

    /** Rests spinning and looks again one period later: what was pushed goes on then. */
    public Next spin() {
        lookPeriod = Math.max(1, machine.costs().price(Charge.SPIN_LOOK));
        nextLook = cursor + lookPeriod;
        return rest(CpuState.SPINNING);
    }

    /** Parks a long path: other CPUs catch up, vectors are taken, then what was pushed goes on at the cursor. */
    public Next park() {
        return rest(CpuState.PATH);
    }

    /** Rests without ever going on by itself, as a recorded script does between its operations. */
    public Next pause() {
        return rest(CpuState.STOPPED);
    }

    Next rest(CpuState next) {
        if (switching) {
            throw violation("rest-in-switch", "a CPU rested between a switch and its landing");
        }
        resting = true;
        state = next;
        return Next.REST;
    }

    // ---- interrupts ---------------------------------------------------------------------------------------------

    /** Closes interrupts; what arrives is held until they open. */
    public void disableInterrupts() {
        pending.setClosed(true, cursor);
    }

    /** Opens interrupts; what was held is taken when the path ends. */
    public void enableInterrupts() {
        pending.setClosed(false, cursor);
    }

    /** Whether interrupts are open. */
    public boolean interruptsEnabled() {
        return !pending.isClosed();
    }

    /** Notes that the path entered its outermost critical section or left it; decides {@link Arrival#CRITICAL}. */
    public void setCritical(boolean critical) {
        pending.setCritical(critical, cursor);
    }

    /** Whether a vector was raised and not taken yet. */
    public boolean isPending(int vector) {
        return pending.contains(vector);
    }

    /** Whether a vector has arrived that is taken when interrupts are open and the path is over. */
    public boolean isInterruptDue() {
        return pending.isDue(cursor);
    }

    /** Whether the interrupt that was just taken found the CPU in user mode; meaningful at the handler's entry. */
    public boolean interruptedUser() {
        return paths.interruptedUser();
    }

    /**
     * Sends an IPI; pays for sending and returns at once.
     *
     * @param target the CPU to interrupt
     * @param vector {@link Vector#FIRST_IPI} to below {@link Vector#END_IPI}, or a device line's vector, whose handler
     *     then runs on the target
     * @return false if the same vector was pending there already, so that the two coalesce
     */
    public boolean sendIpi(Cpu target, int vector) {
        charge(Charge.IPI_SEND);
        machine.countIpi();
        machine.trace(TraceKind.IPI, this, target.id, vector);
        return target.paths.raise(vector, cursor + machine.interconnect().ipiLatency(id, target.id));
    }

    /** Programs the one-shot timer; an earlier setting is replaced. */
    public void armTimer(long atNs) {
        charge(Charge.TIMER_ARM);
        machine.armTimer(id, Math.max(atNs, cursor));
    }

    /** Switches the one-shot timer off. */
    public void disarmTimer() {
        machine.disarmTimer(id);
    }
}
