package dev.swtch.cli;

import dev.swtch.engine.discovery.CapabilityCheck;
import dev.swtch.engine.discovery.FoundPlugin;
import dev.swtch.engine.discovery.TunableValues;
import dev.swtch.report.text.Paragraph;
import dev.swtch.spi.plugin.Capability;
import dev.swtch.spi.plugin.Means;
import dev.swtch.spi.plugin.PluginDescriptor;
import dev.swtch.spi.plugin.PluginKind;
import dev.swtch.spi.plugin.Tunable;
import java.util.ArrayList;
import java.util.List;

/** A scheduler's description of itself as text. */
final class Description {
    private final StringBuilder text = new StringBuilder();

    private Description() {}

    static String of(FoundPlugin plugin) {
        Description description = new Description();
        description.head(plugin);
        description.tunables(plugin.descriptor());
        description.capabilities(plugin.descriptor());
        description.means(plugin.descriptor());
        return description.text.toString();
    }

    private void head(FoundPlugin plugin) {
        PluginDescriptor descriptor = plugin.descriptor();
        line(plugin.id() + ": " + descriptor.title());
        line("  lineage  " + descriptor.lineage());
        line("  kind     " + words(descriptor.kind()));
        line("  from     " + plugin.origin());
        if (plugin.plugin().mostCpus() < Integer.MAX_VALUE) {
            line("  CPUs     at most " + plugin.plugin().mostCpus());
        }
    }

    private static String words(PluginKind kind) {
        return switch (kind) {
            case KERNEL -> "a kernel's scheduler";
            case REFERENCE -> "a textbook policy to compare with";
            case BOUND -> "a bound that may know the future";
        };
    }

    private void tunables(PluginDescriptor plugin) {
        section("tunables (--set " + plugin.id() + ".NAME=VALUE)");
        if (plugin.tunables().isEmpty()) {
            line("  none");
        }
        for (Tunable tunable : plugin.tunables()) {
            line("  " + tunable.name() + " = " + tunable.defaultValue() + ", " + TunableValues.range(tunable));
            line(Paragraph.wrap(tunable.about(), "      ", "      "));
        }
    }

    private void capabilities(PluginDescriptor plugin) {
        List<String> has = new ArrayList<>();
        List<String> lacks = new ArrayList<>();
        for (Capability capability : Capability.values()) {
            boolean absent = plugin.lacks().contains(capability)
                    || (capability == Capability.CLAIRVOYANT && plugin.kind() == PluginKind.KERNEL);
            (absent ? lacks : has).add(CapabilityCheck.nameOf(capability));
        }
        section("capabilities");
        line(Paragraph.wrap(String.join(", ", has), "  has    ", "         "));
        if (!lacks.isEmpty()) {
            line(Paragraph.wrap(String.join(", ", lacks), "  lacks  ", "         "));
        }
    }

    private void means(PluginDescriptor plugin) {
        if (!plugin.means().isEmpty()) {
            section("by what means it serves a workload");
            for (Means means : plugin.means()) {
                line(Paragraph.wrap(means.need() + ": " + means.means(), "  ", "      "));
            }
        }
    }

    private void section(String title) {
        line("");
        line(title);
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
