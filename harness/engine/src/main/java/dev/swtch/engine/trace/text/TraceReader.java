package dev.swtch.engine.trace.text;

import dev.swtch.engine.workload.BadInputException;
import dev.swtch.engine.workload.Diagnostic;
import dev.swtch.engine.workload.Place;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one trace from its first byte to its last. Used once. */
public final class TraceReader {
    /** Events that are out of order by more belong to another trace. */
    private static final long MOST_LATE_NS = 1_000_000_000L;

    /** Names beyond this number are counted together: no recorder has so many. */
    private static final int MOST_NAMES = 1_000;

    private static final String FURTHER = "others";
    private static final Pattern CPUS = Pattern.compile("cpus=(\\d{1,4})|#.* #P:(\\d{1,4})");
    private static final Pattern HEADER =
            Pattern.compile("#.*|version = \\d+|CPU \\d+ is empty|## \\d+ buffers.*|TRACE:|\\s*");
    private static final Pattern LOSS = Pattern.compile("CPU:\\d+ \\[.*(EVENTS|DROPPED).*");

    private final String file;
    private final LineReader lines;
    private final PageReader page;
    private final TreeMap<String, Long> otherEvents = new TreeMap<>();
    private boolean ofPerf;
    private int cpusSaid;
    private long count;
    private long otherLines;
    private int firstOtherLine;
    private int firstUnreadSwitch;
    private long losses;
    private int firstLoss;
    private long events;
    private long lastNs;
    private long late;
    private long latestNs;
    private boolean lastUnread;
    private String lastLine = "";

    private TraceReader(String file, LineReader lines) {
        this.file = file;
        this.lines = lines;
        this.page = new PageReader(lines);
    }

    /**
     * Reads a trace and gives its scheduler events away, one by one, in the order of time.
     *
     * @param file name of the file, for messages
     * @param in the bytes of the file, packed or not
     * @param events takes the events
     * @throws BadInputException if the file cannot be used
     */
    public static TraceReader read(String file, InputStream in, Consumer<TraceEvent> events) {
        LineReader lines = null;
        try {
            lines = new LineReader(TraceBytes.unpack(file, in));
            TraceReader reader = new TraceReader(file, lines);
            reader.readAll(events);
            return reader;
        } catch (IOException damaged) {
            Place place = new Place(file, lines == null ? 1 : lines.number() + 1, 1);
            throw new BadInputException(
                    file,
                    List.of(Diagnostic.at(place, "the file cannot be unpacked further: it is cut off or damaged")));
        }
    }

    /** Whether perf wrote it. */
    public boolean ofPerf() {
        return ofPerf;
    }

    /** How many CPUs the trace's header says there are, or 0. */
    public int cpusSaid() {
        return cpusSaid;
    }

    /** The first line with a switch before which no CPU, time and so on could be made out; 0 if there is none. */
    public int firstUnreadSwitch() {
        return firstUnreadSwitch;
    }

    /** What else was in the trace. */
    public PassedOver passedOver() {
        return new PassedOver(count, otherEvents, otherLines, firstOtherLine, losses, firstLoss, late, latestNs);
    }

    private void readAll(Consumer<TraceEvent> sink) throws IOException {
        String line;
        while ((line = page.next()) != null) {
            count++;
            refuseBinary(line);
            lastLine = line;
            lastUnread = false;
            TraceLine divided = HeadParser.parse(line);
            if (divided == null) {
                noEvent(line.strip());
            } else {
                event(divided, sink);
            }
        }
        refuseCut();
        if (page.lacksTrace()) {
            throw refuse(1, "a page without a trace", "a section of class \"trace-data\"", "none");
        }
    }

    private void event(TraceLine line, Consumer<TraceEvent> sink) {
        TraceEvent event;
        try {
            event = EventParser.parse(line);
        } catch (Malformed wrong) {
            boolean cut = lines.isCut();
            throw refuse(
                    wrong.column,
                    cut ? "the file is cut off within " + line.event() : "cannot read " + line.event(),
                    wrong.expected,
                    wrong.found);
        }
        if (event == null) {
            String name = otherEvents.size() < MOST_NAMES ? line.event() : FURTHER;
            otherEvents.merge(name, 1L, Long::sum);
            return;
        }
        ofPerf |= line.ofPerf();
        sink.accept(inOrder(event));
        events++;
    }

    private TraceEvent inOrder(TraceEvent event) {
        long timeNs = event.head().timeNs();
        if (events == 0 || timeNs >= lastNs) {
            lastNs = timeNs;
            return event;
        }
        if (lastNs - timeNs > MOST_LATE_NS) {
            throw refuse(
                    1,
                    "time runs backwards: is this more than one trace?",
                    "no less than " + seconds(lastNs),
                    seconds(timeNs));
        }
        late++;
        latestNs = Math.max(latestNs, lastNs - timeNs);
        return event.at(lastNs);
    }

    private void noEvent(String line) {
        Matcher cpus = CPUS.matcher(line);
        if (cpus.matches()) {
            String said = cpus.group(1) == null ? cpus.group(2) : cpus.group(1);
            cpusSaid = Math.max(cpusSaid, Integer.parseInt(said));
        } else if (LOSS.matcher(line).matches()) {
            losses++;
            firstLoss = firstLoss == 0 ? lines.number() : firstLoss;
        } else if (!HEADER.matcher(line).matches()) {
            firstUnreadSwitch =
                    firstUnreadSwitch == 0 && TraceFormat.isSwitch(line) ? lines.number() : firstUnreadSwitch;
            lastUnread = true;
            otherLines++;
            firstOtherLine = firstOtherLine == 0 ? lines.number() : firstOtherLine;
        }
    }

    /** A file that stops within a line or a page was not written to its end. */
    private void refuseCut() {
        if (page.isOpen()) {
            throw refuse(1, "the file is cut off", "the end of the page after the trace", "the end of the file");
        }
        if (lines.isCut() && lastUnread && events + otherEvents.size() > 0) {
            throw refuse(lastLine.length() + 1, "the file is cut off", "the rest of an event", "the end of the file");
        }
    }

    private void refuseBinary(String line) {
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) < ' ' && line.charAt(i) != '\t') {
                throw refuse(i + 1, "the file is binary", "text", "the byte " + (int) line.charAt(i));
            }
        }
    }

    private BadInputException refuse(int column, String message, @Nullable String expected, @Nullable String found) {
        Place place = new Place(file, Math.max(1, lines.number()), column);
        return new BadInputException(file, List.of(new Diagnostic(place, message, expected, found, null)));
    }

    private static String seconds(long timeNs) {
        String nanos = Long.toString(timeNs % 1_000_000_000L);
        return timeNs / 1_000_000_000L + "." + "0".repeat(9 - nanos.length()) + nanos + " s";
    }
}
