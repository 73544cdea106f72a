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

/** The console for programs keeps what every platform promises. */
class PipedConsoleContractTest extends ChatPlatformContract {

    private static final InstantSource NOON = InstantSource.fixed(Instant.parse("2026-11-01T12:00:00Z"));

    @Override
    protected People people() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PipedOutputStream keys = new PipedOutputStream();
        ConsoleSetup setup = new ConsoleSetup("ada", "lab", "loci", NOON, new TimeOrderedIds(NOON, new Random(7)));
        try {
            ConsolePlatform console = ConsolePlatform.piped(setup, new PipedInputStream(keys, 65_536), out, note -> {});
            return new PeopleAtConsole(console, keys, new Blocks(out));
        } catch (IOException e) {
            throw new UncheckedIOException("there is no pipe", e);
        }
    }

    /** What programs read. */
    private record Blocks(ByteArrayOutputStream out) implements PeopleAtConsole.Screen {

        private String printed() {
            return out.toString(StandardCharsets.UTF_8);
        }

        @Override
        public List<String> answers() {
            return Arrays.stream(printed().split("\n\n"))
                    .filter(block -> !block.isEmpty())
                    .toList();
        }

        @Override
        public int bells() {
            return (int) printed().chars().filter(sign -> sign == '\u0007').count();
        }
    }
}
