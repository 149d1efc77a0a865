/**
 * Reads workloads written for rt-app, the Linux realtime workload generator, and compiles them to
 * {@link dev.swtch.engine.workload.Workload}.
 *
 * <p>{@link dev.swtch.engine.rtapp.RtApp} is the entry. Reading goes in three steps: bytes to a tree in which every
 * value keeps its place and duplicate keys survive ({@code JsonReader}), the choice between the two dialects
 * ({@code Dialect}), and the meaning of tasks, phases and events ({@code TaskReader}, {@code EventReader}).
 *
 * <h2>Why a parser of its own</h2>
 *
 * Jackson's streaming parser, with every lenient feature on, refuses literals in other cases ({@code True}) and a key
 * without a value (the bare {@code "suspend"} of older files), and accepts what json-c refuses (raw line ends in
 * strings, {@code INF}). Wrapping that would be longer than the parser is.
 */
@NullMarked
package dev.swtch.engine.rtapp;

import org.jspecify.annotations.NullMarked;
