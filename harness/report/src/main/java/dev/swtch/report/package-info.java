/**
 * Makes text and files of results: {@link dev.swtch.report.ComparisonTable} for people,
 * {@link dev.swtch.report.JsonExport} for programs. Equal results give equal bytes.
 */
@NullMarked
package dev.swtch.report;

import org.jspecify.annotations.NullMarked;
