package loci.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import loci.chat.ConversationId;
import loci.command.ChannelRules;
import loci.memory.ConversationStatus;
import loci.memory.ConversationStore;
import loci.memory.Forgetting;
import loci.memory.Forgetting.Plan;
import loci.memory.Forgetting.Scope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets what a channel keeps no longer, as {@code /forget} would, with the summaries made from it. What is pinned stays. Thread-safe. */
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
        Plan plan = forgetting.plan(conversation, new Scope.Before(end));
        if (plan.isEmpty()) {
            return 0;
        }
        int gone = forgetting.carryOut(plan).turns();
        LOG.info(
                "{}: {} messages from before {} were forgotten, as the channel keeps none longer",
                conversation,
                gone,
                end);
        return gone;
    }
}
