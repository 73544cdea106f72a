package loci.command;

import loci.chat.ChatEvent.CommandInvoked;
import loci.chat.CommandAnswer;

/** One of Loci's commands. Thread-safe. */
interface Command {

    /** The word it is called by, without the slash. */
    String name();

    /** How it is written, one form a line, each with what it does. */
    String usage();

    /** Runs it for the person who called. Never throws for anything a person can type. */
    CommandAnswer run(CommandInvoked invocation);
}
