package dev.swtch.rules;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Set;

/** The types with which Java starts threads and keeps them apart. */
final class HostThreads {
    static final DescribedPredicate<JavaClass> TYPE =
            DescribedPredicate.describe("are threads, executors, locks or atomics", HostThreads::isOne);

    private static final Set<String> IN_JAVA_LANG =
            Set.of("java.lang.Thread", "java.lang.ThreadGroup", "java.lang.ThreadLocal", "java.util.Timer");

    private HostThreads() {}

    private static boolean isOne(JavaClass type) {
        return IN_JAVA_LANG.contains(type.getName())
                || (type.getPackageName().startsWith("java.util.concurrent") && !isHarmless(type));
    }

    /** TimeUnit converts numbers, and ThreadLocalRandom has a rule of its own. */
    private static boolean isHarmless(JavaClass type) {
        return type.getSimpleName().equals("TimeUnit") || type.getSimpleName().equals("ThreadLocalRandom");
    }
}
