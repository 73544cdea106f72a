package loci.command;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import loci.chat.ChatEvent.CommandInvoked;
import loci.chat.CommandAnswer;
import loci.chat.ConversationId;
import loci.memory.ConversationStore;
import loci.memory.Digest;
import loci.memory.Exchanges;
import loci.memory.Turn;
import loci.sanitize.OutboundSanitizer;

/** {@code /summary}: the running note as the model sees it, and what it covers; {@code /summary refresh} brings it up to date first. */
final class Summary implements Command {

    private static final int MOST_COUNTED = 1_000;

    private final ConversationStore store;
    private final NoteRefresher refresher;
    private final DateTimeFormatter times;

    Summary(ConversationStore store, NoteRefresher refresher, ZoneId zone) {
        this.store = store;
        this.refresher = refresher;
        this.times =
                DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(zone);
    }

    @Override
    public String name() {
        return "summary";
    }

    @Override
    public String usage() {
        return """
            `/summary` — show the running note of this channel and what it covers
            `/summary refresh` — bring the note up to date first\
            """;
    }

    @Override
    public CommandAnswer run(CommandInvoked invocation) {
        String wanted = invocation.arguments().strip().toLowerCase(Locale.ROOT);
        ConversationId conversation = invocation.conversation();
        return switch (wanted) {
            case "" -> CommandAnswer.of(describe(conversation));
            case "refresh" ->
                CommandAnswer.of(
                        refresher.refresh(conversation)
                                ? describe(conversation)
                                : "The note could not be brought up to date; it is as it was, and nothing is lost. The"
                                        + " log of the program says why.\n\n" + describe(conversation));
            default -> CommandAnswer.of("I did not understand that.\n" + usage());
        };
    }

    private String describe(ConversationId conversation) {
        List<Digest> note = store.note(conversation).stream()
                .filter(d -> !d.text().isBlank())
                .toList();
        long covered = note.isEmpty() ? 0 : note.getLast().covers().to();
        List<Turn> newer = store.turns(
                conversation,
                new Exchanges(covered + 1, Math.max(covered + 1, store.newestExchange(conversation))),
                MOST_COUNTED);
        String count = newer.size() + (newer.size() < MOST_COUNTED ? "" : " or more");
        if (note.isEmpty()) {
            return newer.isEmpty()
                    ? "Nothing is remembered of this channel."
                    : "There is no note yet: all " + count + " messages are remembered word for word.";
        }
        List<String> lines = new ArrayList<>();
        lines.add("**Running note** of " + note.stream().mapToInt(Digest::turns).sum() + " older messages, "
                + span(conversation, note) + ":");
        note.forEach(digest -> lines.add(OutboundSanitizer.reply(digest.text(), "")));
        lines.add(
                newer.isEmpty()
                        ? "No newer messages."
                        : "The newest " + count + " messages are remembered word for word.");
        return String.join("\n", lines);
    }

    private String span(ConversationId conversation, List<Digest> note) {
        Instant first = saidAt(
                conversation, note.getFirst().covers().from(), note.getFirst().at());
        Instant last = saidAt(
                conversation, note.getLast().covers().to(), note.getLast().at());
        return times.format(first) + " to " + times.format(last);
    }

    private Instant saidAt(ConversationId conversation, long exchange, Instant otherwise) {
        List<Turn> turns = store.turns(conversation, new Exchanges(exchange, exchange + 1), 1);
        return turns.isEmpty() ? otherwise : turns.getFirst().at();
    }
}
