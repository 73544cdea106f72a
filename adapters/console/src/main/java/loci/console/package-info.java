/**
 * A chat on this terminal, or on standard input and output where these are no terminal: the reference adapter. {@link
 * loci.console.ConsoleEvents} turns a line into an event and {@link loci.console.ConsoleMarkup} a text into what may be printed,
 * both pure; {@link loci.console.ConsolePlatform} reads, waits and prints. What other programs rely on is written at {@link
 * loci.console.PipedConsole}.
 */
@NullMarked
package loci.console;

import org.jspecify.annotations.NullMarked;
