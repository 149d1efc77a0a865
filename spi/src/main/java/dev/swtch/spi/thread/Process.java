package dev.swtch.spi.thread;

import dev.swtch.machine.Pmap;
import org.jspecify.annotations.Nullable;

/** A process: threads that share an address space and, in most kernels, a nice value. */
@SuppressWarnings("JavaLangClash") // the field's word; the host's processes play no part here
public final class Process {
    private final int number;
    private final String name;
    private final Pmap pmap;
    private @Nullable Object kernelPart;

    /**
     * Makes a process.
     *
     * @param number unique, from 1
     * @param name what a person calls it
     * @param pmap its address space
     */
    public Process(int number, String name, Pmap pmap) {
        this.number = number;
        this.name = name;
        this.pmap = pmap;
    }

    /** Its number, unique in a run. */
    public int number() {
        return number;
    }

    /** What a person calls it. */
    public String name() {
        return name;
    }

    /** Its address space. */
    public Pmap pmap() {
        return pmap;
    }

    /** What the plugin keeps with the process; null until it sets something. */
    public @Nullable Object kernelPart() {
        return kernelPart;
    }

    /** Keeps something of the plugin's with the process. */
    public void setKernelPart(Object part) {
        kernelPart = part;
    }
}
