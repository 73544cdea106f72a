package loci.command;

import java.util.Locale;

/** What people can do with a message that they pick, where a platform offers such a choice on the message itself. */
public enum MessageCommand {
    /** Asks the bot about it: the platform asks for the words, and hands in a question that quotes the message. */
    ASK("", ""),
    /** Has it forgotten. */
    FORGET(Forget.NAME, Forget.THIS),
    /** Tells what was said from it on. */
    SUMMARY(Summary.NAME, Summary.SINCE_THIS);

    private final String command;
    private final String arguments;

    MessageCommand(String command, String arguments) {
        this.command = command;
        this.arguments = arguments;
    }

    /** A short name that stays the same. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The command to hand in, with the message as the picked one; empty for {@link #ASK}, which is a question and no command. */
    public String command() {
        return command;
    }

    /** What to hand in as its arguments. */
    public String arguments() {
        return arguments;
    }
}
