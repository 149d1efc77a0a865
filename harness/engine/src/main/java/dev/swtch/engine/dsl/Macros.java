package dev.swtch.engine.dsl;

import dev.swtch.engine.workload.Place;
import dev.swtch.engine.workload.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lists of steps with a name, and parameters. A call is replaced by the steps. */
final class Macros {
    private final Findings findings;
    private final Map<String, Macro> macros = new LinkedHashMap<>();

    Macros(Findings findings) {
        this.findings = findings;
    }

    private record Macro(List<String> parameters, Yaml body) {}

    void read(Yaml value, Values values) {
        if (!(value instanceof Yaml.Obj mapping)) {
            findings.expected(value.place(), "macros", "a mapping from names to lists of steps", value.kind());
            return;
        }
        for (Yaml.Member member : mapping.members()) {
            if (member.value() instanceof Yaml.Seq) {
                macros.put(member.key(), new Macro(List.of(), member.value()));
                continue;
            }
            String what = "macro \"" + Texts.shortened(member.key()) + "\"";
            Fields fields = Fields.of(member.value(), what, List.of("params", "do"), findings);
            List<String> names = new ArrayList<>();
            Yaml parameters = fields.get("params");
            if (parameters instanceof Yaml.Seq list) {
                list.items().forEach(item -> names.add(values.name(item, "a parameter of " + what)));
            } else if (parameters != null) {
                findings.expected(
                        parameters.place(), "the parameters of " + what, "a list of names", parameters.kind());
            }
            macros.put(member.key(), new Macro(names, fields.need("do")));
        }
    }

    /** The steps of a macro, in a scope where its parameters have the values of the call. */
    List<Step> call(Place place, Yaml value, StepScope scope, StepReader steps) {
        Yaml named = value;
        Yaml with = new Yaml.Missing(value.place());
        if (value instanceof Yaml.Obj) {
            Fields fields = Fields.of(value, "step \"call\"", List.of("macro", "with"), findings);
            named = fields.need("macro");
            Yaml given = fields.get("with");
            with = given == null ? with : given;
        }
        String name = scope.values().text(named, "the name of a macro");
        Macro macro = macros.get(name);
        if (macro == null) {
            if (!name.isEmpty()) {
                findings.unknown(
                        named.place(),
                        "there is no macro \"" + Texts.shortened(name) + "\"",
                        name,
                        List.copyOf(macros.keySet()));
            }
            return List.of();
        }
        int begun = scope.macros().indexOf(name);
        if (begun >= 0) {
            List<String> cycle =
                    new ArrayList<>(scope.macros().subList(begun, scope.macros().size()));
            cycle.add(name);
            findings.error(place, "macro \"" + name + "\" calls itself: " + String.join(" > ", cycle));
            return List.of();
        }
        Env env = arguments(name, macro, with, scope);
        return steps.read(macro.body(), "\"do\"", scope.inMacro(name, env));
    }

    private Env arguments(String name, Macro macro, Yaml with, StepScope scope) {
        Fields fields = Fields.of(with, "the call of macro \"" + name + "\"", macro.parameters(), findings);
        Env env = scope.values().env();
        for (String parameter : macro.parameters()) {
            env = Params.with(env, parameter, fields.need(parameter), scope.values());
        }
        return env;
    }
}
