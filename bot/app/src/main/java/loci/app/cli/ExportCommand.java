package loci.app.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import loci.app.config.LociConfig;
import loci.app.config.Surroundings;
import loci.chat.ConversationId;
import loci.command.Exporter;
import loci.memory.ConversationStore;
import loci.memory.Exchanges;
import loci.memory.Forgetting;
import loci.memory.Turn;
import loci.transcript.Format;
import loci.transcript.Reading;
import loci.transcript.TranscriptReader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a conversation as a file that can be brought in again. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Write all that is remembered of a conversation word for word, as a transcript in Loci's own JSON"
                    + " (bot/app/TRANSCRIPTS.md), which loci import brings in again.",
            "",
            "Notes are not in it: they are made from what was said. The database is opened by one process at a time:"
                    + " stop the bot first."
        },
        descriptionHeading = "%n",
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0    the conversation is written",
            "  1    something failed, or there is nothing to write; standard error says what",
            "  2    the options or the configuration were wrong"
        })
final class ExportCommand extends StoreCommand {

    /** What a terminal may obey or not show, and JSON leaves as it is; it stands in texts only, where JSON has an escape for it. */
    private static final Pattern UNSEEN = Pattern.compile("[\\x7f-\\x9f\\u2028-\\u202e\\u2066-\\u2069]");

    /** Messages that take about a second to read. */
    private static final int SAY_EVERY = 10_000;

    private final Exporter exporter;

    @Parameters(
            index = "0",
            paramLabel = "PLACE",
            description = "Which conversation: platform/space/channel, and /thread where it has one.")
    private String place = "";

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write it there, readable by you alone (default: standard output).")
    private @Nullable String out;

    ExportCommand(Surroundings surroundings, Streams streams, StoreRunner runner, Exporter exporter) {
        super(surroundings, streams, runner);
        this.exporter = exporter;
    }

    @Override
    public Integer call() throws IOException {
        return configured();
    }

    @Override
    int run(LociConfig config) throws IOException {
        return opened(config, false, ExitCode.FAILED, open -> export(open.store()));
    }

    private int export(ConversationStore store) throws IOException {
        List<ConversationId> known = places(store);
        Optional<ConversationId> named = Place.of(place, known);
        if (named.isEmpty()) {
            return misused(Place.EXPECTED, "export");
        }
        ConversationId conversation = named.get();
        if (!known.contains(conversation)) {
            return unknown(conversation);
        }
        List<Turn> turns = new ArrayList<>();
        long newest = store.newestExchange(conversation);
        new Forgetting(store).each(conversation, new Exchanges(1, Math.max(1, newest)), turn -> {
            turns.add(turn);
            if (streams.terminal() && turns.size() % SAY_EVERY == 0) {
                streams.say(String.format(Locale.ROOT, "%,d messages read, about %,d in all", turns.size(), newest));
            }
        });
        if (turns.isEmpty()) {
            streams.say("all that was said in " + Printable.name(conversation.toString()) + " is forgotten");
            return ExitCode.FAILED;
        }
        String text = exporter.write(conversation.channel(), turns, store.pinned(conversation));
        String safe = UNSEEN.matcher(text)
                .replaceAll(found -> String.format(
                        Locale.ROOT, "\\\\u%04X", (int) found.group().charAt(0)));
        int code = write(safe);
        if (code == ExitCode.OK) {
            summarise(safe, turns.size());
        }
        return code;
    }

    private int write(String text) throws IOException {
        String named = out;
        if (named == null) {
            return print(text);
        }
        try {
            Path file = surroundings.workingDirectory().resolve(named);
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                var _ = Files.writeString(file, text); // A device or a pipe is written to, and a directory refuses.
            } else {
                replace(file.toAbsolutePath(), text);
            }
            return ExitCode.OK;
        } catch (IOException | InvalidPathException failed) {
            streams.say("the conversation could not be written to " + named + " (" + failed.getMessage() + ")");
            return ExitCode.FAILED;
        }
    }

    /** Whole or not at all; a new temporary file is its owner's alone, as what people said should be. */
    private static void replace(Path file, String text) throws IOException {
        Path whole = Files.isSymbolicLink(file) ? file.toRealPath() : file;
        Path written = Files.createTempFile(whole.getParent(), ".loci-export", ".json");
        try {
            Files.writeString(written, text);
            Files.move(written, whole, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    private void summarise(String text, int messages) {
        if (out != null) {
            streams.say(messages + (messages == 1 ? " message is" : " messages are") + " in " + out);
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (TranscriptReader.read(bytes, "export", Optional.of(Format.LOCI), "")
                instanceof Reading.Unreadable(var why)) {
            streams.say("as it is, this cannot be brought in again: " + why.getFirst());
        }
    }
}
