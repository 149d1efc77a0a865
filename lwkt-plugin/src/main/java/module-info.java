import org.jspecify.annotations.NullMarked;

/** DragonFly's LWKT scheduler as a plugin. */
@NullMarked
module dev.swtch.lwkt {
    requires dev.swtch.machine;
    requires dev.swtch.spi;
    requires static org.jspecify;

    provides dev.swtch.spi.SchedulerPlugin with
            dev.swtch.lwkt.LwktPlugin;
}
