/**
 * The {@code swtch} command: arguments in, text and exit codes out.
 *
 * <p>{@link dev.swtch.cli.Main} starts it. Guice gives each command its collaborators; nothing below the harness is
 * wired that way.
 */
@NullMarked
package dev.swtch.cli;

import org.jspecify.annotations.NullMarked;
