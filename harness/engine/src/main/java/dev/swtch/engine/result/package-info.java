/** What a run measured: plain records, integers only, the same for every scheduler. */
@NullMarked
package dev.swtch.engine.result;

import org.jspecify.annotations.NullMarked;
