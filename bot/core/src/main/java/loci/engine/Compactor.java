package loci.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import loci.chat.ConversationId;
import loci.engine.CompactionPlanner.Job;
import loci.memory.ConversationStore;
import loci.memory.Digest;
import loci.prompt.CompactionPolicy;
import loci.prompt.Strategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps running notes: condenses the oldest turns of a window that has passed its mark, folds digests, and mends what an erasure tore.
 *
 * <p>Runs beside the replies and never before one. Whatever the summariser does, nothing is lost: a digest is only stored when the epoch
 * is still the one its turns were read under, and until then the turns stay where they are. After a failure it waits, twice as long each
 * time. Thread-safe; two at work on one conversation do each other no harm, since the store takes only one of two overlapping digests.
 */
final class Compactor {

    private static final Logger LOG = LoggerFactory.getLogger(Compactor.class);

    /** More digests than this for one message would mean that the plan does not converge. */
    private static final int MOST_STEPS = 1_000;

    /** People erase by hand; a digest that is refused this often in a row would be made, and paid for, for ever. */
    private static final int MOST_REFUSED = 5;

    /** A provider's bad hour is not worth a notice: nothing is lost meanwhile. */
    private static final Duration TOLD_AFTER = Duration.ofHours(1);

    private final ConversationStore store;
    private final EngineSettings settings;
    private final Roster answering;
    private final Summariser summariser;
    private final InstantSource clock;
    private final BiConsumer<ConversationId, Duration> later;
    private final CompactionPlanner planner;
    private final Backoff<ConversationId> backoff = new Backoff<>(Duration.ofSeconds(15), Duration.ofMinutes(30));
    private final Operators operators;
    private final Map<ConversationId, Instant> notBefore = new ConcurrentHashMap<>();
    private final Map<ConversationId, Instant> failingSince = new ConcurrentHashMap<>();

    /**
     * @param answering the models whose prompts the note stands in, and by whose budgets it is measured
     * @param later is asked to have a conversation's note looked at again after a while
     */
    Compactor(
            ConversationStore store,
            EngineSettings settings,
            Roster answering,
            Summariser summariser,
            InstantSource clock,
            BiConsumer<ConversationId, Duration> later,
            Operators operators) {
        this.store = store;
        this.settings = settings;
        this.answering = answering;
        this.summariser = summariser;
        this.clock = clock;
        this.later = later;
        this.operators = operators;
        this.planner = new CompactionPlanner(store, answering.preferred().counter());
    }

    /**
     * Does what a conversation's note needs now.
     *
     * @return false where the summariser failed, or failed for it a short while ago and is not asked
     */
    boolean compact(ConversationId conversation) {
        Instant waitUntil = notBefore.get(conversation);
        if (waitUntil != null && clock.instant().isBefore(waitUntil)) {
            return false;
        }
        Strategy strategy = strategy(conversation);
        return !strategy.reach().note() || work(conversation, strategy, false);
    }

    /** Condenses all that is said and answered; returns false where the summariser failed. */
    boolean refresh(ConversationId conversation) {
        return work(conversation, strategy(conversation), true);
    }

    /** Ends the call that is running; what it would have made is made at another time. */
    void close() {
        summariser.close();
    }

    private Strategy strategy(ConversationId conversation) {
        return settings.strategies().chosen(store.inForce(conversation));
    }

    private boolean work(ConversationId conversation, Strategy strategy, boolean eager) {
        int refused = 0;
        for (int step = 0; step < MOST_STEPS && refused < MOST_REFUSED && !summariser.isClosed(); step++) {
            CompactionPolicy policy = policy(conversation, strategy);
            long epoch = store.epoch(conversation);
            Optional<Job> job = planner.next(conversation, policy, eager);
            if (job.isEmpty()) {
                succeeded(conversation);
                return true;
            }
            Optional<Digest> digest = summariser.make(conversation, job.get(), policy.digestTokens());
            if (digest.isEmpty()) {
                failed(conversation);
                return false;
            }
            if (store.commit(conversation, digest.get(), epoch)) {
                refused = 0;
            } else {
                refused++;
                LOG.info("{}: the memory changed while a digest was made; it is made anew", conversation);
            }
        }
        failed(conversation);
        return false;
    }

    /** The marks as they are for the budget that prompts have now, which a model's refusal may have lowered. */
    private CompactionPolicy policy(ConversationId conversation, Strategy strategy) {
        Map<String, String> chosen = store.inForce(conversation);
        CalibratedModel model = answering.chosen(chosen);
        int promptTokens = settings.budget(strategy, model.profile()).promptTokens();
        int fixed = model.counter().count(settings.personas().text(chosen))
                + model.counter().countTools(settings.tools());
        return strategy.compaction(settings.compaction()).within(Math.max(0, promptTokens - fixed));
    }

    private void succeeded(ConversationId conversation) {
        backoff.succeeded(conversation);
        notBefore.remove(conversation);
        if (failingSince.remove(conversation) != null && failingForLong() == 0) {
            operators.over(Warnings.SUMMARIES);
        }
    }

    private int failingForLong() {
        Instant longAgo = clock.instant().minus(TOLD_AFTER);
        return (int) failingSince.values().stream()
                .filter(since -> !since.isAfter(longAgo))
                .count();
    }

    private void failed(ConversationId conversation) {
        if (summariser.isClosed()) {
            return;
        }
        Duration delay = backoff.failed(conversation);
        notBefore.put(conversation, clock.instant().plus(delay));
        later.accept(conversation, delay);
        LOG.warn(
                "{}: the note could not be brought up to date; nothing is lost, and it is tried again in {} s",
                conversation,
                delay.toSeconds());
        Instant now = clock.instant();
        Instant since = failingSince.computeIfAbsent(conversation, first -> now);
        Duration longSince = Duration.between(since, now);
        if (longSince.compareTo(TOLD_AFTER) >= 0) {
            operators.trouble(
                    Warnings.SUMMARIES, "failing", Warnings.notesFail(conversation, failingForLong(), longSince));
        }
    }
}
