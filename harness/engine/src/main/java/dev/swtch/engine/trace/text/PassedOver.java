package dev.swtch.engine.trace.text;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a trace holds besides scheduler events, and where it has gaps.
 *
 * @param lines lines of the trace
 * @param otherEvents how often events occur that say nothing about scheduling, by name
 * @param otherLines lines that are no events, headers apart
 * @param firstOtherLine the first of them, 0 if there is none
 * @param losses how often the recorder said that it lost events
 * @param firstLoss the first line that says so, 0 if there is none
 * @param late events that stand after later ones; they count as if they had happened together with these
 * @param latestNs how late the latest of them is, ns
 */
public record PassedOver(
        long lines,
        SortedMap<String, Long> otherEvents,
        long otherLines,
        int firstOtherLine,
        long losses,
        int firstLoss,
        long late,
        long latestNs) {

    /** Copies the map. */
    public PassedOver {
        otherEvents = Collections.unmodifiableSortedMap(new TreeMap<>(otherEvents));
    }
}
