package dev.swtch.engine.discovery;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.swtch.engine.workload.BadInputException;
import dev.swtch.engine.workload.Diagnostic;
import dev.swtch.engine.workload.Place;
import dev.swtch.machine.topology.Topology;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads the shape of a machine from what {@code lscpu -J} (a summary) or {@code lscpu -e -J} (a table) wrote. Only
 * regular machines can be simulated: equal packages of equal cores. CPUs are numbered depth first, whatever Linux does.
 */
final class LscpuFile {
    private final String file;

    private LscpuFile(String file) {
        this.file = file;
    }

    static Topology read(InputFile file) {
        LscpuFile reader = new LscpuFile(file.name());
        JsonNode root = reader.parse(file.text());
        Counts counts;
        if (root.path("lscpu").isArray()) {
            SortedMap<String, String> fields = new TreeMap<>();
            collect(root.path("lscpu"), fields);
            counts = reader.summary(fields);
        } else if (root.path("cpus").isArray() && !root.path("cpus").isEmpty()) {
            counts = reader.table(root.path("cpus"));
        } else {
            throw reader.refuse("expected the output of lscpu -J, found neither \"lscpu\" nor \"cpus\" in it");
        }
        return reader.regular(counts);
    }

    private record Counts(int cpus, int packages, int cores, int smt, int llcs, int nodes) {}

    private JsonNode parse(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException wrong) {
            JsonLocation at = wrong.getLocation();
            Place place = at == null ? null : new Place(file, at.getLineNr(), at.getColumnNr());
            throw new BadInputException(
                    file,
                    List.of(new Diagnostic(
                            place, "not JSON", "the output of lscpu -J", wrong.getOriginalMessage(), null)));
        }
    }

    /** Newer versions nest fields under the one they belong to. */
    private static void collect(JsonNode list, SortedMap<String, String> fields) {
        for (JsonNode entry : list) {
            String field = entry.path("field").asText();
            fields.putIfAbsent(
                    field.endsWith(":") ? field.substring(0, field.length() - 1) : field,
                    entry.path("data").asText());
            collect(entry.path("children"), fields);
        }
    }

    private Counts summary(SortedMap<String, String> fields) {
        int packages = number(fields, "Socket(s)");
        return new Counts(
                number(fields, "CPU(s)"),
                packages,
                number(fields, "Core(s) per socket"),
                number(fields, "Thread(s) per core"),
                instances(fields.getOrDefault("L3 cache", ""), packages),
                fields.containsKey("NUMA node(s)") ? number(fields, "NUMA node(s)") : 1);
    }

    private int number(SortedMap<String, String> fields, String field) {
        String value = fields.get(field);
        if (value == null || !value.matches("\\d{1,5}")) {
            throw refuse("expected a number as \"" + field + "\", found "
                    + (value == null ? "nothing" : "\"" + value + "\"") + "; describe the machine with --cpus"
                    + " PACKAGESxCORESxSMT instead");
        }
        return Integer.parseInt(value);
    }

    /** Reads {@code 64 MiB (2 instances)}. */
    private static int instances(String cache, int otherwise) {
        int open = cache.indexOf('(');
        int end = cache.indexOf(" instance", open + 1);
        String count = open < 0 || end < 0 ? "" : cache.substring(open + 1, end);
        return count.matches("\\d{1,5}") ? Integer.parseInt(count) : otherwise;
    }

    private Counts table(JsonNode cpus) {
        TreeSet<Integer> sockets = new TreeSet<>();
        TreeSet<Integer> nodes = new TreeSet<>();
        TreeSet<String> cores = new TreeSet<>();
        TreeSet<String> llcs = new TreeSet<>();
        for (JsonNode cpu : cpus) {
            if (!cpu.path("core").asText().matches("\\d{1,5}")) {
                throw refuse("expected a core for every CPU, found CPU "
                        + cpu.path("cpu").asText() + " without one; is it offline?");
            }
            int socket = cpu.path("socket").asInt();
            sockets.add(socket);
            nodes.add(cpu.path("node").asInt());
            cores.add(socket + "/" + cpu.path("core").asText());
            String caches = cpu.path("l1d:l1i:l2:l3").asText();
            llcs.add(socket + "/" + caches.substring(caches.lastIndexOf(':') + 1));
        }
        return new Counts(
                cpus.size(),
                sockets.size(),
                cores.size() / sockets.size(),
                cpus.size() / cores.size(),
                llcs.size(),
                nodes.size());
    }

    private Topology regular(Counts found) {
        if ((long) found.packages * found.cores * found.smt != found.cpus) {
            throw refuse("only regular machines can be simulated: expected " + found.packages + " packages x "
                    + found.cores + " cores x " + found.smt + " threads to be all CPUs, found " + found.cpus + " CPUs");
        }
        if (found.packages < 1 || found.llcs % found.packages != 0) {
            throw refuse("only regular machines can be simulated: expected equally many last-level caches in each of "
                    + found.packages + " packages, found " + found.llcs + " in all");
        }
        try {
            return new Topology(found.packages, found.cores, found.smt, found.llcs / found.packages, found.nodes);
        } catch (IllegalArgumentException wrong) {
            throw refuse("this machine cannot be simulated: " + wrong.getMessage());
        }
    }

    private BadInputException refuse(String message) {
        return new BadInputException(file, List.of(Diagnostic.at(null, file + ": " + message)));
    }
}
