package loci.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import loci.chat.ChatPlatform;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

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

    /** Says which commands there are, without slashes, each with its usage; for completion. */
    default void offer(Map<String, String> commands) {}

    /** Says what was said before, oldest first, for the up arrow; it is kept in memory only, and dropped when something is forgotten. */
    default void seedHistory(List<String> lines) {}

    /** Tells the person something that is no answer, where there is a person. */
    void note(String line);

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

    /**
     * Returns a console for the person at this process's terminal.
     *
     * @param colours whether styles may be used where the terminal has them
     * @throws IOException if the terminal cannot be opened
     */
    static ConsolePlatform terminal(ConsoleSetup setup, boolean colours) throws IOException {
        Terminal terminal = TerminalBuilder.builder()
                .name("loci")
                .system(true)
                .nativeSignals(true)
                .dumb(true) // rather than failing: everything works without escape sequences too
                .encoding(StandardCharsets.UTF_8)
                .build();
        boolean plain = terminal.getType().startsWith(Terminal.TYPE_DUMB);
        return new TerminalConsole(setup, terminal, colours && !plain);
    }
}
