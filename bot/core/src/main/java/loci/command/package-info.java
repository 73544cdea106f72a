/**
 * What people can tell Loci to do, each command written once for all platforms. Adapters hand in a
 * {@link loci.chat.ChatEvent.CommandInvoked}; {@link loci.command.Commands} finds and runs the command and returns what to say.
 */
@NullMarked
package loci.command;

import org.jspecify.annotations.NullMarked;
