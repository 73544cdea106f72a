package loci.console;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Consumer;
import loci.chat.ChatPlatform;

/**
 * A chat with one person, or one program, at the other end. {@link #start} makes it ready; {@link #converse} then reads and waits
 * on the caller's thread until there is no more.
 */
public sealed interface ConsolePlatform extends ChatPlatform permits PipedConsole, TerminalConsole {

    /** Why a conversation ended. */
    enum Ending {
        /** The input ended, or the person left; everything said was answered. */
        FINISHED,
        /** Nobody reads the output any more. */
        OUTPUT_CLOSED,
        /** A message could not be saved; it and what follows it were not answered. */
        NOT_SAVED,
        /** A line said to go on as someone, or somewhere, that cannot be. */
        MISUSED,
        /** {@link ChatPlatform#close} was called. */
        CLOSED
    }

    /** Reads what is said, hands it in, and returns when it ends. Called once, after {@link #start}. */
    Ending converse();

    /**
     * Returns a console for programs.
     *
     * @param notes gets, line by line, what is no answer: for standard error
     */
    static ConsolePlatform piped(ConsoleSetup setup, InputStream in, OutputStream out, Consumer<String> notes) {
        return new PipedConsole(setup, in, out, notes);
    }
}
