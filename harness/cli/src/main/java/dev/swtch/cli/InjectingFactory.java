package dev.swtch.cli;

import com.google.inject.Injector;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Lets Guice make the commands, and picocli everything that is picocli's own. */
final class InjectingFactory implements IFactory {
    private final Injector injector;
    private final IFactory others = CommandLine.defaultFactory();

    InjectingFactory(Injector injector) {
        this.injector = injector;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        boolean ours = type.getPackageName().equals(InjectingFactory.class.getPackageName());
        return ours ? injector.getInstance(type) : others.create(type);
    }
}
