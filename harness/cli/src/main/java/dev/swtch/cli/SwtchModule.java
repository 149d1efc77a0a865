package dev.swtch.cli;

import com.google.inject.AbstractModule;

/** What the commands are made of; everything else has a constructor that Guice can call. */
final class SwtchModule extends AbstractModule {
    private final Terminal terminal;
    private final Simulator simulator;
    private final BundledSchedulers schedulers;

    SwtchModule(Terminal terminal, Simulator simulator, BundledSchedulers schedulers) {
        this.terminal = terminal;
        this.simulator = simulator;
        this.schedulers = schedulers;
    }

    @Override
    protected void configure() {
        bind(Terminal.class).toInstance(terminal);
        bind(Simulator.class).toInstance(simulator);
        bind(BundledSchedulers.class).toInstance(schedulers);
    }
}
