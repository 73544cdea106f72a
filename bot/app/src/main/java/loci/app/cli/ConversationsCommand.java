package loci.app.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import loci.app.config.LociConfig;
import loci.app.config.Surroundings;
import loci.chat.ConversationId;
import loci.memory.ConversationStatus;
import loci.memory.ConversationStore;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells how the conversations stand. */
@Command(
        name = "conversations",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "List the conversations and how they stand, the one last spoken in first; or show one of them: its note,"
                    + " what is set and pinned there, and which commands were run.",
            "",
            "Owed are questions without a reply, and after the slash replies not known to be delivered. Times are UTC."
                    + " The database is opened by one process at a time: stop the bot first."
        },
        descriptionHeading = "%n",
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0    the conversations are printed, even if there are none",
            "  1    something failed, or nothing was ever said in PLACE; standard error says what",
            "  2    the options or the configuration were wrong"
        })
final class ConversationsCommand extends StoreCommand {

    private static final Duration STUCK_AFTER = Duration.ofMinutes(10);
    private static final InstantSource CLOCK = InstantSource.system();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PLACE",
            description = "Show this one: platform/space/channel, and /thread where it has one.")
    private @Nullable String place;

    @Option(names = "--stuck", description = "List only those that have been owed something for more than ten minutes.")
    private boolean stuck;

    ConversationsCommand(Surroundings surroundings, Streams streams, StoreRunner runner) {
        super(surroundings, streams, runner);
    }

    @Override
    public Integer call() throws IOException {
        if (place != null && stuck) {
            return misused("--stuck lists conversations; it does not go with a place", "conversations");
        }
        return configured();
    }

    @Override
    int run(LociConfig config) throws IOException {
        String wanted = place;
        return opened(
                config,
                false,
                wanted == null ? ExitCode.OK : ExitCode.FAILED,
                open -> wanted == null ? list(open.store()) : show(open.store(), wanted));
    }

    private int list(ConversationStore store) throws IOException {
        Instant now = CLOCK.instant();
        List<ConversationStatus> shown = store.conversations().stream()
                .filter(status -> !stuck || isStuck(status, now))
                .toList();
        if (shown.isEmpty()) {
            streams.say(stuck ? "nothing has been owed for more than ten minutes" : "nothing was said yet");
            return ExitCode.OK;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("place", "turns", "digests", "pinned", "owed", "last spoken", stuck ? "owed since" : ""));
        for (ConversationStatus status : shown) {
            rows.add(List.of(
                    Printable.name(status.conversation().toString()),
                    String.valueOf(status.turns()),
                    String.valueOf(status.digests()),
                    String.valueOf(status.pinned()),
                    ConversationText.owed(status),
                    status.lastSaid().map(ConversationText::time).orElse("-"),
                    stuck ? status.oldestOwed().map(ConversationText::time).orElse("-") : ""));
        }
        return print(Printable.table(rows));
    }

    private static boolean isStuck(ConversationStatus status, Instant now) {
        return status.oldestOwed()
                .map(since -> since.plus(STUCK_AFTER).isBefore(now))
                .orElse(false);
    }

    private int show(ConversationStore store, String wanted) throws IOException {
        List<ConversationStatus> all = store.conversations();
        Optional<ConversationId> named = Place.of(
                wanted, all.stream().map(ConversationStatus::conversation).toList());
        if (named.isEmpty()) {
            return misused(Place.EXPECTED, "conversations");
        }
        Optional<ConversationStatus> found = all.stream()
                .filter(status -> status.conversation().equals(named.get()))
                .findFirst();
        return found.isEmpty() ? unknown(named.get()) : print(ConversationText.of(store, found.get()));
    }
}
