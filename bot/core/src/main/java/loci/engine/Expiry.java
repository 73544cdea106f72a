package loci.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import loci.chat.ConversationId;
import loci.command.ChannelRules;
import loci.memory.ConversationStatus;
import loci.memory.ConversationStore;
import loci.memory.Exchanges;
import loci.memory.Forgetting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets what a channel keeps no longer, with the answers to it and the summaries made from it. What is pinned stays. Thread-safe. */
final class Expiry {

    private static final Logger LOG = LoggerFactory.getLogger(Expiry.class);

    private final ConversationStore store;
    private final Forgetting forgetting;
    private final ChannelRules rules;
    private final InstantSource clock;

    Expiry(ConversationStore store, Forgetting forgetting, ChannelRules rules, InstantSource clock) {
        this.store = store;
        this.forgetting = forgetting;
        this.rules = rules;
        this.clock = clock;
    }

    /** The conversations that keep something no longer than for a while. */
    List<ConversationId> conversations() {
        return store.conversations().stream()
                .filter(status -> status.turns() > 0)
                .map(ConversationStatus::conversation)
                .filter(conversation -> kept(conversation).isPresent())
                .toList();
    }

    private Optional<Duration> kept(ConversationId conversation) {
        return rules.in(store.inForce(conversation)).retention().duration();
    }

    /** Returns how many messages went. */
    int expire(ConversationId conversation) {
        Optional<Duration> kept = kept(conversation);
        if (kept.isEmpty()) {
            return 0;
        }
        Instant end = clock.instant().minus(kept.get());
        SortedSet<Long> old = olderThan(end, conversation);
        int gone = old.isEmpty() ? 0 : store.erase(conversation, old).turns();
        if (gone == 0) {
            return 0;
        }
        LOG.info(
                "{}: {} messages from before {} were forgotten, as the channel keeps none longer",
                conversation,
                gone,
                end);
        return gone;
    }

    /**
     * Whole exchanges by when they began. What a newer answer repeats of them stays until its own time: its author asked for it then, and an
     * answer that lost its words each night would be no answer.
     */
    private SortedSet<Long> olderThan(Instant end, ConversationId conversation) {
        SortedSet<Long> pinned = store.pinned(conversation);
        SortedSet<Long> old = new TreeSet<>();
        Map<Long, Instant> began = new HashMap<>();
        Exchanges all = new Exchanges(1, Math.max(1, store.newestExchange(conversation)));
        forgetting.each(conversation, all, turn -> {
            Instant at = began.computeIfAbsent(turn.exchange(), exchange -> turn.at());
            if (at.isBefore(end) && !pinned.contains(turn.exchange())) {
                old.add(turn.seq());
            }
        });
        return old;
    }
}
