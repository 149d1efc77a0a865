/**
 * The conformance kit: what a plugin author's tests run on a scheduler. A test class extends
 * {@link dev.swtch.testkit.SchedulerConformance} and gives its plugin; everything else is inherited.
 */
@NullMarked
package dev.swtch.testkit;

import org.jspecify.annotations.NullMarked;
