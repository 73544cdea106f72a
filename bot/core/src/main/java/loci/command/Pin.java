package loci.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import loci.chat.ChatEvent.CommandInvoked;
import loci.chat.CommandAnswer;
import loci.chat.ConversationId;
import loci.memory.ConversationStore;
import loci.memory.Exchanges;
import loci.memory.Turn;
import loci.sanitize.OutboundSanitizer;

/** {@code /pin}: keeps a message, with its answer, in every prompt word for word, however old it is. */
final class Pin implements Command {

    /** A message further back than this is found by scrolling, and pinned where the platform lets one point at it. */
    private static final int MOST_SEARCHED = 1_000;

    private static final int SHOWN_CHARS = 120;

    private final ConversationStore store;

    Pin(ConversationStore store) {
        this.store = store;
    }

    @Override
    public String name() {
        return "pin";
    }

    @Override
    public String usage() {
        return """
            `/pin last` — keep the last message and its answer in mind word for word, however old they get
            `/pin WORDS` — the same for the newest message that holds these words
            `/pin` — list what is pinned; `/pin remove 2` takes the second pin away, `/pin remove all` every one\
            """;
    }

    @Override
    public CommandAnswer run(CommandInvoked invocation) {
        ConversationId conversation = invocation.conversation();
        String wanted = invocation.arguments().strip();
        if (wanted.isEmpty()) {
            return CommandAnswer.of(list(conversation));
        }
        List<String> words = List.of(wanted.toLowerCase(Locale.ROOT).split("\\s+", -1));
        if (words.getFirst().equals("remove")) {
            return CommandAnswer.of(words.size() == 2 ? remove(conversation, words.get(1)) : usage());
        }
        Optional<Turn> found = words.equals(List.of("last")) ? newest(conversation, "") : newest(conversation, wanted);
        return CommandAnswer.of(
                found.map(turn -> pin(conversation, turn)).orElse("No message of late holds these words."));
    }

    private String pin(ConversationId conversation, Turn turn) {
        return store.pin(conversation, turn.exchange(), true)
                ? "Pinned: " + shown(turn)
                : "Not pinned: " + ConversationStore.MOST_PINNED + " messages are pinned already. `/pin` lists them.";
    }

    private String remove(ConversationId conversation, String which) {
        List<Long> pinned = List.copyOf(store.pinned(conversation));
        List<Long> gone = new ArrayList<>();
        if (which.equals("all")) {
            gone.addAll(pinned);
        } else if (which.matches("\\d{1,3}")
                && 0 < Integer.parseInt(which)
                && Integer.parseInt(which) <= pinned.size()) {
            gone.add(pinned.get(Integer.parseInt(which) - 1));
        }
        gone.forEach(exchange -> store.pin(conversation, exchange, false));
        return (gone.isEmpty() ? "There is no such pin. " : "Taken away. ") + list(conversation);
    }

    private String list(ConversationId conversation) {
        List<String> lines = new ArrayList<>();
        int number = 0;
        for (long exchange : store.pinned(conversation)) {
            number++;
            List<Turn> turns = store.turns(conversation, new Exchanges(exchange, exchange), 1);
            lines.add(number + ". " + (turns.isEmpty() ? "…" : shown(turns.getFirst())));
        }
        return lines.isEmpty() ? "Nothing is pinned here." : "Pinned here:\n" + String.join("\n", lines);
    }

    private Optional<Turn> newest(ConversationId conversation, String words) {
        String folded = words.toLowerCase(Locale.ROOT);
        long newest = store.newestExchange(conversation);
        if (newest == 0) {
            return Optional.empty();
        }
        Exchanges lately = new Exchanges(Math.max(1, newest - MOST_SEARCHED), newest);
        return store.turns(conversation, lately, Integer.MAX_VALUE - 1).stream()
                .filter(turn -> turn.text().toLowerCase(Locale.ROOT).contains(folded))
                .reduce((earlier, later) -> later);
    }

    private static String shown(Turn turn) {
        String text = turn.text().strip().replaceAll("\\s+", " ");
        int end = Math.min(SHOWN_CHARS, text.length());
        String cut = text.substring(0, end > 0 && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
        return OutboundSanitizer.reply(turn.author().name() + ": " + cut + (end < text.length() ? " …" : ""), "");
    }
}
