package loci.command;

import java.util.ArrayList;
import java.util.List;
import loci.chat.ConversationId;
import loci.memory.ConversationStore;
import loci.memory.Exchanges;
import loci.memory.Turn;
import loci.sanitize.OutboundSanitizer;

/** What is pinned in a conversation, in the order in which it is numbered for people. Stateless beside the store. */
final class Kept {

    private static final int SHOWN_CHARS = 120;

    private final ConversationStore store;

    Kept(ConversationStore store) {
        this.store = store;
    }

    /** The messages kept in mind: of each pinned exchange the one that opens it, or what is left of it. */
    List<Turn> turns(ConversationId conversation) {
        List<Turn> turns = new ArrayList<>();
        for (long exchange : store.pinned(conversation)) {
            turns.addAll(store.turns(conversation, new Exchanges(exchange, exchange), 1).stream()
                    .limit(1)
                    .toList());
        }
        return turns;
    }

    /** A message on one line, so that nobody can write what looks like further lines of a list; cut where it is long, safe to show. */
    static String shown(Turn turn) {
        String text = turn.text().strip().replaceAll("[\\h\\v]+", " ");
        int end = Math.min(SHOWN_CHARS, text.length());
        String cut = text.substring(0, end > 0 && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
        return OutboundSanitizer.reply(turn.author().name() + ": " + cut + (end < text.length() ? " …" : ""), "");
    }
}
