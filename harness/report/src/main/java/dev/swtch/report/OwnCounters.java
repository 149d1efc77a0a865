package dev.swtch.report;

import dev.swtch.engine.result.CounterValue;
import dev.swtch.report.text.Cell;
import dev.swtch.report.text.Fixed;
import dev.swtch.report.text.Grid;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Each scheduler's own counters, in its kernel's words, by the first seed's run. They mean something within one
 * scheduler only, so columns of the same scheduler stand side by side, others apart, and nothing is subtracted.
 */
final class OwnCounters {
    private OwnCounters() {}

    static String text(List<ColumnRuns> columns, boolean verbose, boolean colour) {
        Map<String, List<ColumnRuns>> byPlugin = new LinkedHashMap<>();
        for (ColumnRuns column : columns) {
            byPlugin.computeIfAbsent(column.plugin().id(), id -> new ArrayList<>())
                    .add(column);
        }
        StringBuilder text = new StringBuilder();
        byPlugin.forEach((id, own) -> text.append(table(id, own, verbose, colour)));
        return text.toString();
    }

    private record Key(String group, String name) {}

    private static String table(String id, List<ColumnRuns> columns, boolean verbose, boolean colour) {
        Set<Key> keys = new LinkedHashSet<>();
        List<Map<Key, Long>> values = new ArrayList<>();
        for (ColumnRuns column : columns) {
            Map<Key, Long> own = new LinkedHashMap<>();
            for (CounterValue counter : column.first().counters()) {
                Key key = new Key(counter.group(), counter.name());
                own.put(key, counter.value());
                if (verbose || counter.value() != 0) {
                    keys.add(key);
                }
            }
            values.add(own);
        }
        if (keys.isEmpty()) {
            return "";
        }
        Grid grid = new Grid(colour);
        grid.section(
                "own counters of " + id,
                columns.size() == 1
                        ? List.of()
                        : columns.stream().map(column -> Cell.of(column.name())).toList());
        for (String group : groups(keys)) {
            grid.row("  " + group, "", List.of());
            for (Key key : keys) {
                if (key.group().equals(group)) {
                    grid.row("    " + key.name(), "", cells(key, values));
                }
            }
        }
        return grid.text();
    }

    private static Set<String> groups(Set<Key> keys) {
        Set<String> groups = new LinkedHashSet<>();
        keys.forEach(key -> groups.add(key.group()));
        return groups;
    }

    private static List<Cell> cells(Key key, List<Map<Key, Long>> values) {
        List<Cell> cells = new ArrayList<>();
        for (Map<Key, Long> own : values) {
            Long value = own.get(key);
            cells.add(Cell.of(value == null ? "-" : Fixed.whole(value)));
        }
        return cells;
    }
}
