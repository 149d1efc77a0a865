package dev.swtch.engine.discovery;

import java.net.URL;
import java.net.URLClassLoader;

/**
 * Loads the classes of one plugin's jar before those of the harness, so that a changed copy of a bundled scheduler is
 * what runs. Contracts, machine and JDK are the harness's own, or types would not match.
 */
final class PluginJar extends URLClassLoader {
    static {
        registerAsParallelCapable();
    }

    PluginJar(URL jar, ClassLoader harness) {
        super(new URL[] {jar}, harness);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded == null) {
                loaded = isShared(name) ? super.loadClass(name, false) : loadOwnFirst(name);
            }
            if (resolve) {
                resolveClass(loaded);
            }
            return loaded;
        }
    }

    private Class<?> loadOwnFirst(String name) throws ClassNotFoundException {
        try {
            return getPlatformClassLoader().loadClass(name);
        } catch (ClassNotFoundException notOfTheJdk) {
            try {
                return findClass(name);
            } catch (ClassNotFoundException notInTheJar) {
                return super.loadClass(name, false);
            }
        }
    }

    private static boolean isShared(String name) {
        return name.startsWith("java.") || name.startsWith("dev.swtch.spi.") || name.startsWith("dev.swtch.machine.");
    }
}
