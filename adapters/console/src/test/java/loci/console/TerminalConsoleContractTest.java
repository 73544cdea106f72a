package loci.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import loci.chat.ChatPlatformContract;
import loci.chat.People;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;

/** The console for a person keeps what every platform promises. */
class TerminalConsoleContractTest extends ChatPlatformContract {

    private static final InstantSource NOON = InstantSource.fixed(Instant.parse("2026-11-01T12:00:00Z"));

    @Override
    protected People people() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PipedOutputStream keys = new PipedOutputStream();
        ConsoleSetup setup = new ConsoleSetup("ada", "lab", "loci", NOON, new TimeOrderedIds(NOON, new Random(7)));
        try {
            Terminal terminal =
                    new DumbTerminal("test", "dumb", new PipedInputStream(keys, 65_536), out, StandardCharsets.UTF_8);
            terminal.setSize(Size.of(80, 24));
            return new PeopleAtConsole(new TerminalConsole(setup, terminal, false), keys, new Shown(out));
        } catch (IOException e) {
            throw new UncheckedIOException("there is no terminal", e);
        }
    }

    /** What stands on the screen: each answer after the bot's name, up to the next prompt. */
    private record Shown(ByteArrayOutputStream out) implements PeopleAtConsole.Screen {

        private String printed() {
            return out.toString(StandardCharsets.UTF_8).replace("\r", "");
        }

        @Override
        public List<String> answers() {
            return Arrays.stream(printed().split("\nloci: ", -1))
                    .skip(1)
                    .map(answer -> answer.split("\n#", 2)[0].strip())
                    .toList();
        }

        @Override
        public int bells() {
            return (int) printed().chars().filter(sign -> sign == '\u0007').count();
        }
    }
}
