package dev.swtch.engine.dsl;

import dev.swtch.engine.workload.Place;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a step stands.
 *
 * @param values reads values with the parameters that are known here
 * @param rounds how often the step is taken because of loops around it, as far as that is known
 * @param macros names of the macros that are being read, the outermost first
 */
record StepScope(Values values, long rounds, List<String> macros) {
    /** Copies the list. */
    StepScope {
        macros = List.copyOf(macros);
    }

    Findings findings() {
        return values.findings();
    }

    StepScope in(Env env) {
        return new StepScope(values.in(env), rounds, macros);
    }

    StepScope repeated(long times) {
        long product = times <= 0 || rounds > Long.MAX_VALUE / times ? Long.MAX_VALUE : rounds * times;
        return new StepScope(values, times <= 0 ? rounds : product, macros);
    }

    StepScope inMacro(String name, Env env) {
        List<String> more = new ArrayList<>(macros);
        more.add(name);
        return new StepScope(values.in(env), rounds, more);
    }

    void error(Place place, String message) {
        findings().error(place, message);
    }
}
