import org.jspecify.annotations.NullMarked;

/** FreeBSD's ULE scheduler behind {@code mi_switch}, as a plugin. */
@NullMarked
module dev.swtch.ule {
    requires dev.swtch.machine;
    requires dev.swtch.spi;

    provides dev.swtch.spi.SchedulerPlugin with
            dev.swtch.ule.UlePlugin;
}
