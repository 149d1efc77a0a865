package dev.swtch.ule.kern;

import dev.swtch.spi.ScheduleContract;
import dev.swtch.spi.Scheduler;
import dev.swtch.spi.thread.KThread;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A scheduler for which a change of class means one certain thread, whichever it is asked for. */
final class ClassChanging {
    private final Scheduler real;
    private final String target;
    private @Nullable KThread thread;

    ClassChanging(Scheduler real, String target) {
        this.real = real;
        this.target = target;
    }

    Scheduler scheduler() {
        ScheduleContract scheduling = real.scheduling();
        ScheduleContract changing = proxy(ScheduleContract.class, scheduling, (proxy, method, args) -> {
            Object[] given = args.clone();
            if (method.getName().equals("setClass")) {
                given[Arrays.asList(method.getParameterTypes()).indexOf(KThread.class)] = thread;
            }
            Object result = method.invoke(scheduling, given);
            if (result instanceof KThread made && made.name().equals(target)) {
                thread = made;
            }
            return result;
        });
        return proxy(
                Scheduler.class,
                real,
                (proxy, method, args) -> method.getName().equals("scheduling") ? changing : method.invoke(real, args));
    }

    private static <T> T proxy(Class<T> contract, T real, InvocationHandler handler) {
        InvocationHandler unwrapping = (proxy, method, args) -> {
            try {
                return handler.invoke(real, method, args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return contract.cast(Proxy.newProxyInstance(contract.getClassLoader(), new Class<?>[] {contract}, unwrapping));
    }
}
