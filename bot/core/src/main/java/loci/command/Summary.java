package loci.command;

import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import loci.chat.ChatEvent.Picked;
import loci.chat.CommandAnswer;
import loci.chat.ConversationId;
import loci.memory.ConversationStore;
import loci.memory.Digest;
import loci.memory.Exchanges;
import loci.memory.Role;
import loci.memory.Turn;
import loci.prompt.Strategies;
import loci.prompt.Strategy;
import loci.sanitize.OutboundSanitizer;

/**
 * {@code /summary}: the running note as the model sees it, and what it covers; {@code /summary refresh} brings it up to date first, and
 * {@code /summary since} tells somebody who was away what was said meanwhile.
 */
final class Summary implements Command {

    private static final int MOST_COUNTED = 1_000;

    static final String NAME = "summary";

    /** From the message on that was picked. It cannot be typed: only a platform can say which message that is. */
    static final String SINCE_THIS = "since this";

    private static final String SINCE = "since ";
    /** The words for the last message of whoever asks. */
    static final Set<String> OWN_LAST = Set.of("my last message", "me", "last");

    private final ConversationStore store;
    private final NoteRefresher refresher;
    private final Recap recap;
    private final Strategies strategies;
    private final Earshot earshot;
    private final InstantSource clock;

    Summary(
            ConversationStore store,
            NoteRefresher refresher,
            Recap recap,
            Strategies strategies,
            Earshot earshot,
            InstantSource clock) {
        this.store = store;
        this.refresher = refresher;
        this.recap = recap;
        this.strategies = strategies;
        this.earshot = earshot;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Form> forms() {
        return List.of(
                Form.bare("show", "summary.show"),
                Form.of("refresh", "summary.refresh"),
                Form.of("since", "since.form", Blank.text("time", "2h")));
    }

    @Override
    public Action action(String arguments) {
        // A refresh has the model asked, many times over in a long channel.
        return arguments.isBlank() || arguments.strip().toLowerCase(Locale.ROOT).startsWith(SINCE)
                ? Action.READ
                : Action.SETTINGS;
    }

    @Override
    public boolean asks(String arguments) {
        return !arguments.isBlank();
    }

    @Override
    public CommandAnswer run(Invocation invocation) {
        String wanted = invocation.arguments().toLowerCase(Locale.ROOT);
        Picked picked = invocation.picked();
        if (picked != null && wanted.equals(SINCE_THIS)) {
            return since(invocation, picked);
        }
        if (wanted.startsWith(SINCE)) {
            return since(invocation, wanted.substring(SINCE.length()).strip());
        }
        return switch (wanted) {
            case "" -> describe(invocation);
            case "refresh" -> refresh(invocation);
            default -> misunderstood(invocation);
        };
    }

    private CommandAnswer refresh(Invocation invocation) {
        Strategy strategy = strategies.chosen(store.inForce(invocation.conversation()));
        if (!strategy.reach().note()) {
            return invocation.answer("summary.notUsed", strategy.name());
        }
        boolean fresh = refresher.refresh(invocation.conversation());
        CommandAnswer note = describe(invocation);
        return fresh ? note : CommandAnswer.of(invocation.text("summary.failed") + "\n\n" + note.text());
    }

    private CommandAnswer since(Invocation invocation, String when) {
        ConversationId conversation = invocation.conversation();
        Lately lately = new Lately(store);
        long epoch = store.epoch(conversation);
        if (OWN_LAST.contains(when)) {
            String own = invocation.author().id();
            Optional<Turn> last = lately.newest(
                    conversation,
                    turn -> turn.role() == Role.PERSON && turn.author().id().equals(own));
            return last.map(turn -> since(
                            invocation,
                            turn.at(),
                            lately.until(conversation, later -> later.seq() == turn.seq()),
                            epoch))
                    .orElseGet(() -> invocation.answer("since.neverSpoke"));
        }
        return Times.parse(when, clock.instant(), invocation.caller().zone())
                .map(start -> since(
                        invocation,
                        start,
                        lately.until(conversation, turn -> turn.at().isBefore(start)),
                        epoch))
                .orElseGet(() ->
                        Times.isAhead(when, clock.instant(), invocation.caller().zone())
                                ? invocation.answer("since.ahead")
                                : misunderstood(invocation));
    }

    private CommandAnswer since(Invocation invocation, Picked picked) {
        ConversationId conversation = invocation.conversation();
        long epoch = store.epoch(conversation);
        // The store keeps times to the microsecond, and what is remembered of the message is to be among the rest.
        Instant start = store.find(conversation, picked.message()).map(Turn::at).orElse(picked.at());
        List<Turn> turns =
                new Lately(store).until(conversation, turn -> turn.at().isBefore(start));
        return since(invocation, start, turns, epoch);
    }

    private CommandAnswer since(Invocation invocation, Instant start, List<Turn> turns, long epoch) {
        String when = times(invocation).format(start);
        if (turns.isEmpty()) {
            return CommandAnswer.of(invocation.text("since.nothing", when) + "\n" + limits(invocation));
        }
        Optional<Recap.Told> told =
                recap.tell(invocation.conversation(), invocation.author().id(), turns);
        if (told.isEmpty()) {
            return invocation.answer("since.failed");
        }
        if (store.epoch(invocation.conversation()) != epoch) {
            return invocation.answer("since.changed"); // What was forgotten meanwhile may be in it.
        }
        List<String> lines = new ArrayList<>();
        lines.add(invocation.text("since.title", when, invocation.text("messages", turns.size())));
        lines.add(told.get().text());
        if (told.get().turns() < turns.size()) {
            lines.add(invocation.text(
                    "since.cut", invocation.text("messages", told.get().turns())));
        }
        lines.add(limits(invocation));
        return CommandAnswer.shareable(
                String.join("\n", lines), new CommandAnswer.Basis(invocation.conversation(), epoch));
    }

    /** What it cannot tell of. */
    private String limits(Invocation invocation) {
        return switch (earshot.in(invocation.conversation())) {
            case NONE -> invocation.text("since.limits");
            case SETTING -> invocation.text("since.limitsMentions");
            case PLATFORM -> invocation.text("since.limitsShown");
        };
    }

    private static DateTimeFormatter times(Invocation invocation) {
        return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT)
                .withZone(invocation.caller().zone());
    }

    private CommandAnswer describe(Invocation invocation) {
        ConversationId conversation = invocation.conversation();
        long epoch = store.epoch(conversation);
        List<Digest> note = store.note(conversation).stream()
                .filter(d -> !d.text().isBlank())
                .toList();
        long covered = note.isEmpty() ? 0 : note.getLast().covers().to();
        int newer = store.turns(
                        conversation,
                        new Exchanges(covered + 1, Math.max(covered + 1, store.newestExchange(conversation))),
                        MOST_COUNTED)
                .size();
        String more = newer < MOST_COUNTED ? "" : "More";
        if (note.isEmpty()) {
            return newer == 0
                    ? invocation.answer("summary.nothing")
                    : invocation.answer("summary.noNote" + more, newer);
        }
        List<String> lines = new ArrayList<>();
        lines.add(title(invocation, note));
        note.forEach(digest -> lines.add(OutboundSanitizer.reply(digest.text(), "")));
        lines.add(newer == 0 ? invocation.text("summary.noneNewer") : invocation.text("summary.newer" + more, newer));
        return CommandAnswer.shareable(String.join("\n", lines), new CommandAnswer.Basis(conversation, epoch));
    }

    private String title(Invocation invocation, List<Digest> note) {
        DateTimeFormatter times = times(invocation);
        ConversationId conversation = invocation.conversation();
        Instant first = saidAt(
                conversation, note.getFirst().covers().from(), note.getFirst().at());
        Instant last = saidAt(
                conversation, note.getLast().covers().to(), note.getLast().at());
        return invocation.text(
                "summary.title", note.stream().mapToInt(Digest::turns).sum(), times.format(first), times.format(last));
    }

    private Instant saidAt(ConversationId conversation, long exchange, Instant otherwise) {
        List<Turn> turns = store.turns(conversation, new Exchanges(exchange, exchange + 1), 1);
        return turns.isEmpty() ? otherwise : turns.getFirst().at();
    }
}
