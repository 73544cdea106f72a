/**
 * The command line: what can be asked of the program, how it says no, and with which exit code it ends. What a chat needs beyond the
 * configuration and a platform comes through {@link loci.app.cli.ChatRunner}, so that nothing here knows how the bot is put together.
 */
@NullMarked
package loci.app.cli;

import org.jspecify.annotations.NullMarked;
