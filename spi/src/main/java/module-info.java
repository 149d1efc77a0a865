import org.jspecify.annotations.NullMarked;

/**
 * The contracts between a kernel thread scheduler and the program that compares schedulers: what a plugin
 * answers, the kernel thread and process, and a mechanism without policy for a first plugin.
 */
@NullMarked
module dev.swtch.spi {
    requires static transitive org.jspecify;
    requires transitive dev.swtch.machine;

    exports dev.swtch.spi;
    exports dev.swtch.spi.block;
    exports dev.swtch.spi.plugin;
    exports dev.swtch.spi.simple;
    exports dev.swtch.spi.thread;
    exports dev.swtch.spi.timer;
}
