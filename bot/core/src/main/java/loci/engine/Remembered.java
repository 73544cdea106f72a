package loci.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import loci.chat.ConversationId;
import loci.chat.MessageRef;
import loci.memory.AuditRow;
import loci.memory.ConversationStatus;
import loci.memory.ConversationStore;
import loci.memory.Exchanges;
import loci.memory.Role;
import loci.memory.Turn;

/** What a platform asks of the memory in order to find out what it missed. Stateless beside the store. */
final class Remembered {

    private static final int PAGE = 200;

    /** How far back is read; what is older was looked at when it was new. */
    private static final int MOST_PAGES = 50;

    private static final int MOST_AUDITED = 50;

    /** The commands that change who is heard, and what. */
    private static final Set<String> CHANGE_LISTENING = Set.of("pause", "resume", "settings", "privacy");

    /** Those of them that keep what is said from being stored. */
    private static final Set<String> KEEP_NOTHING = Set.of("pause", "resume", "privacy");

    private static final String DENIED = "denied";

    private final ConversationStore store;

    Remembered(ConversationStore store) {
        this.store = store;
    }

    List<ConversationId> conversations(String platform) {
        return store.conversations().stream()
                .filter(status -> status.turns() > 0)
                .map(ConversationStatus::conversation)
                .filter(conversation -> conversation.platform().equals(platform))
                .toList();
    }

    List<MessageRef> lately(ConversationId conversation, int most) {
        List<MessageRef> newestFirst = new ArrayList<>();
        long to = store.newestExchange(conversation);
        for (int page = 0; page < MOST_PAGES && to > 0 && newestFirst.size() < most; page++) {
            Exchanges within = new Exchanges(Math.max(1, to - PAGE + 1), to);
            for (Turn turn :
                    store.turns(conversation, within, Integer.MAX_VALUE - 1).reversed()) {
                MessageRef message = turn.message();
                if (turn.role() == Role.PERSON && message != null) {
                    newestFirst.add(message);
                }
            }
            to -= PAGE;
        }
        return List.copyOf(newestFirst.subList(0, Math.min(most, newestFirst.size())));
    }

    Instant heardFrom(ConversationId conversation) {
        return changed(conversation, CHANGE_LISTENING);
    }

    /** What was said before may have been said when nothing, or nothing of somebody, was to be kept: nobody brings it in later by quoting it. */
    Instant keptNothingUntil(ConversationId conversation) {
        return changed(conversation, KEEP_NOTHING);
    }

    private Instant changed(ConversationId conversation, Set<String> commands) {
        Instant here = changedHere(conversation, commands);
        if (conversation.thread() == null) {
            return here;
        }
        Instant around = changedHere(
                ConversationId.ofChannel(conversation.platform(), conversation.space(), conversation.channel()),
                commands);
        return here.isAfter(around) ? here : around;
    }

    private Instant changedHere(ConversationId conversation, Set<String> commands) {
        return store.audited(conversation, MOST_AUDITED).stream()
                .filter(row -> !row.outcome().equals(DENIED)
                        && commands.contains(row.action().split(",", 2)[0]))
                .map(AuditRow::at)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }
}
