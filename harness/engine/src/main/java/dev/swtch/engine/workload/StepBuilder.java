package dev.swtch.engine.workload;

import dev.swtch.spi.thread.ThreadClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Writes a list of steps, for {@link WorkloadBuilder}. */
public final class StepBuilder {
    private final List<Step> steps = new ArrayList<>();

    StepBuilder() {}

    static List<Step> collect(Consumer<StepBuilder> writer) {
        StepBuilder builder = new StepBuilder();
        writer.accept(builder);
        return builder.steps;
    }

    /** Adds a step in the source form. */
    public StepBuilder add(Step step) {
        steps.add(step);
        return this;
    }

    /** Works in user mode. */
    public StepBuilder compute(String span) {
        return compute(Dist.of(span));
    }

    /** Works in user mode. */
    public StepBuilder compute(Dist span) {
        return add(new Step.Compute(span));
    }

    /** Works in kernel mode, interruptible. */
    public StepBuilder kernelWork(String span) {
        return kernelWork(Dist.of(span));
    }

    /** Works in kernel mode, interruptible. */
    public StepBuilder kernelWork(Dist span) {
        return add(new Step.KernelWork(span));
    }

    /** Works in slices until a time has elapsed, preempted or not. */
    public StepBuilder runtime(String elapsed, String slice) {
        return add(new Step.RunFor(Dist.of(elapsed), Dist.of(slice)));
    }

    /** Sleeps from now. */
    public StepBuilder sleep(String span) {
        return sleep(Dist.of(span));
    }

    /** Sleeps from now. */
    public StepBuilder sleep(Dist span) {
        return add(new Step.Sleep(span));
    }

    /** Sleeps until the next instant of a timer of its own; the time begins with the thread. */
    public StepBuilder every(String period, MissPolicy policy) {
        return add(new Step.Timer(null, true, Dist.of(period), policy));
    }

    /** Sleeps until the next instant of a timer that threads share; its time begins with the run. */
    public StepBuilder timer(String timer, String period, MissPolicy policy) {
        return add(new Step.Timer(timer, false, Dist.of(period), policy));
    }

    /** Locks a user mutex. */
    public StepBuilder lock(String mutex) {
        return add(new Step.Lock(mutex));
    }

    /** Unlocks a user mutex. */
    public StepBuilder unlock(String mutex) {
        return add(new Step.Unlock(mutex));
    }

    /** Waits for a condition, with a locked mutex. */
    public StepBuilder await(String condition, String mutex) {
        return add(new Step.Wait(condition, mutex));
    }

    /** Wakes one waiter of a condition. */
    public StepBuilder signal(String condition) {
        return add(new Step.Signal(condition));
    }

    /** Wakes all waiters of a condition. */
    public StepBuilder broadcast(String condition) {
        return add(new Step.Broadcast(condition));
    }

    /** Meets the other parties of a barrier. */
    public StepBuilder barrier(String barrier) {
        return add(new Step.Barrier(barrier));
    }

    /** Posts a semaphore. */
    public StepBuilder post(String semaphore) {
        return add(new Step.Post(semaphore));
    }

    /** Takes from a semaphore. */
    public StepBuilder pend(String semaphore) {
        return add(new Step.Pend(semaphore));
    }

    /** Works in slices until an event, a semaphore or a barrier lets it go on. */
    public StepBuilder spinUntil(SpinTarget target, String object, String look) {
        return add(new Step.SpinUntil(target, object, Dist.of(look)));
    }

    /** Waits to be resumed; needs a mutex and a condition of that name. */
    public StepBuilder suspend(String self) {
        return add(new Step.Suspend(self));
    }

    /** Resumes all threads that are suspended under a name now. */
    public StepBuilder resume(String other) {
        return add(new Step.Resume(other));
    }

    /** Creates threads of a kind. */
    public StepBuilder fork(String thread, long count) {
        return add(new Step.Fork(thread, Dist.of(count), 0));
    }

    /** Waits until the threads of a name have left: those made at the start, and those this one forked. */
    public StepBuilder join(String thread) {
        return add(new Step.Join(thread));
    }

    /** Ends the thread. */
    public StepBuilder exit() {
        return add(new Step.Exit());
    }

    /** Offers the CPU to others. */
    public StepBuilder yields() {
        return add(new Step.Yield());
    }

    /** Changes the own nice value. */
    public StepBuilder setNice(int nice) {
        return add(new Step.SetNice(nice));
    }

    /** Changes the own affinity; no CPU named means all. */
    public StepBuilder setAffinity(int... cpus) {
        return add(new Step.SetAffinity(Arrays.stream(cpus).boxed().toList()));
    }

    /** Changes the own class. */
    public StepBuilder setClass(ThreadClass threadClass, int rank) {
        return add(new Step.SetClass(threadClass, rank));
    }

    /** Repeats. */
    public StepBuilder loop(long count, Consumer<StepBuilder> body) {
        return loop(Dist.of(count), body);
    }

    /** Repeats as often as drawn. */
    public StepBuilder loop(Dist count, Consumer<StepBuilder> body) {
        return add(new Step.Loop(count, collect(body)));
    }

    /** Repeats without end. */
    public StepBuilder forever(Consumer<StepBuilder> body) {
        return loop(Step.Loop.FOREVER, body);
    }

    /** Begins rounds until a time has elapsed. */
    public StepBuilder loopFor(String elapsed, Consumer<StepBuilder> body) {
        return add(Step.loopFor(Dist.of(elapsed), collect(body)));
    }

    /** Takes the steps of one of two branches, with probabilities proportional to their weights. */
    public StepBuilder choose(
            int weight, Consumer<StepBuilder> body, int otherWeight, Consumer<StepBuilder> otherBody) {
        return add(new Step.Choose(
                List.of(new Step.Branch(weight, collect(body)), new Step.Branch(otherWeight, collect(otherBody)))));
    }

    /** Takes steps in a critical section. */
    public StepBuilder critical(Consumer<StepBuilder> body) {
        return add(new Step.Critical(collect(body)));
    }

    /** Takes steps under a spin lock. */
    public StepBuilder spinLocked(String lock, Consumer<StepBuilder> body) {
        return add(new Step.SpinLocked(lock, collect(body)));
    }

    /** Takes steps under a kernel mutex. */
    public StepBuilder kernelMutex(String mutex, Consumer<StepBuilder> body) {
        return add(new Step.KernelMutex(mutex, collect(body)));
    }

    /** Takes steps in a serializer. */
    public StepBuilder serialized(String serializer, Consumer<StepBuilder> body) {
        return add(new Step.Serialized(serializer, collect(body)));
    }

    /** Moves to a CPU and stays. */
    public StepBuilder bind(int cpu) {
        return add(new Step.Bind(cpu));
    }

    /** Undoes a bind. */
    public StepBuilder unbind() {
        return add(new Step.Unbind());
    }

    /** Stops the thread with a path name. */
    public StepBuilder stop(String thread) {
        return add(new Step.Stop(thread));
    }

    /** Lets a stopped thread go on. */
    public StepBuilder continues(String thread) {
        return add(new Step.Continue(thread));
    }

    /** Interrupts a CPU, or with {@link Step.Ipi#ALL_BUT_SELF} all others. */
    public StepBuilder ipi(int cpu, String handler) {
        return add(new Step.Ipi(cpu, Dist.of(handler)));
    }

    /** Begins a latency measurement. */
    public StepBuilder begin(String probe) {
        return add(new Step.Begin(probe));
    }

    /** Ends a latency measurement. */
    public StepBuilder end(String probe) {
        return add(new Step.End(probe));
    }

    /** Has a device serve a request and waits for it. */
    public StepBuilder deviceIo(String device, String service) {
        return deviceIo(device, Dist.of(service));
    }

    /** Has a device serve a request and waits for it. */
    public StepBuilder deviceIo(String device, Dist service) {
        return add(new Step.DeviceIo(device, service));
    }
}
