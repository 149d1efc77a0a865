package dev.swtch.lwkt.golden;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.swtch.lwkt.kern.LwktKernel;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.LwktToken;
import dev.swtch.lwkt.sys.RunQueue;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;
import java.util.StringJoiner;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A script of operations in the recordings' language, for what no recording shows: each begins with a booted kernel
 * whose CPUs are idle, and a panic is thrown.
 */
public final class Script {
    private final LwktPlayer player = new LwktPlayer();

    /** Boots. */
    public Script(int cpus, int tokens) {
        run("boot cpus=" + cpus + " tokens=" + tokens);
    }

    /** Performs operations one after another. */
    public Script run(String... ops) {
        for (String op : ops) {
            result(op);
        }
        return this;
    }

    /** Performs an operation and tells what it returned. */
    public ObjectNode result(String op) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        player.operate(new Words(op), result);
        return result;
    }

    /** Lets the current thread of a CPU execute something. */
    public Script enter(int cpu, Function<Globaldata, Next> code) {
        player.machine.enter(cpu, new Frame<>("ENTER", (on, ref, a, b) -> code.apply(Globaldata.of(on))));
        return this;
    }

    /** The kernel. */
    public LwktKernel kernel() {
        return player.kernel;
    }

    /** The area of a CPU. */
    public Globaldata gd(int cpu) {
        return player.kernel.gd(cpu);
    }

    /** The current thread of a CPU. */
    public String current(int cpu) {
        return gd(cpu).curthread.comm;
    }

    /** The run queue of a CPU, from the head. */
    public String runq(int cpu) {
        StringJoiner names = new StringJoiner(" ");
        for (LwktThread td = gd(cpu).tdrunq.first(); td != null; td = RunQueue.next(td)) {
            names.add(td.comm);
        }
        return names.toString();
    }

    /** A thread by name. */
    public LwktThread thread(String name) {
        return player.thread(new Words("thread " + name), 1);
    }

    /** A token by number. */
    public LwktToken token(int number) {
        return player.tokens.get(number);
    }

    /** What a CPU waits in, or the empty string. */
    public String waits(int cpu) {
        String waiting = LwktState.waiting(gd(cpu));
        return waiting == null ? "" : waiting;
    }

    /** What the kernel has printed since the script began. */
    public String printed() {
        return String.join("", player.console);
    }

    /** What happens besides whenever a thread is taken off its sleep queue. */
    public Script onTsleepRemove(Consumer<LwktThread> hook) {
        player.onTsleepRemove = hook;
        return this;
    }

    /** What happens besides whenever an LWP is to be designated on its way to user mode. */
    public Script onAcquire(Consumer<Globaldata> hook) {
        player.onAcquire = hook;
        return this;
    }
}
