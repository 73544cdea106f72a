package loci.engine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import loci.chat.ConversationId;
import loci.engine.CompactionPlanner.Job;
import loci.memory.ConversationStore;
import loci.memory.Digest;
import loci.memory.Exchanges;
import loci.memory.Turn;
import loci.model.Cancellation;
import loci.model.ModelOutcome;
import loci.model.ModelOutcome.Answered;
import loci.model.ModelOutcome.Declined;
import loci.model.ModelOutcome.PromptTooLong;
import loci.model.ModelOutcome.Stopped;
import loci.model.ModelOutcome.Unavailable;
import loci.model.Prompt;
import loci.prompt.DigestForm;
import loci.prompt.PromptCounter;
import loci.prompt.SummaryPrompt;
import loci.prompt.TokenBudget;
import loci.sanitize.Redactor;
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

    private final ConversationStore store;
    private final CalibratedModel model;
    private final PromptCounter counter;
    private final SummaryPrompt summaryPrompt;
    private final EngineSettings settings;
    private final Redactor redactor;
    private final InstantSource clock;
    private final Supplier<String> marks;
    private final CompactionPlanner planner;
    private final Backoff backoff = new Backoff(Duration.ofSeconds(15), Duration.ofMinutes(30));
    private final Map<ConversationId, Instant> notBefore = new ConcurrentHashMap<>();
    private final Cancellation ending = new Cancellation();

    Compactor(
            ConversationStore store,
            CalibratedModel model,
            PromptCounter counter,
            EngineSettings settings,
            Redactor redactor,
            InstantSource clock,
            Supplier<String> marks) {
        this.store = store;
        this.model = model;
        this.counter = counter;
        this.summaryPrompt = new SummaryPrompt(settings.summaryInstructions(), counter);
        this.settings = settings;
        this.redactor = redactor;
        this.clock = clock;
        this.marks = marks;
        this.planner = new CompactionPlanner(store, settings.compaction(), turn -> counter.count(turn.text()));
    }

    /** Does what a conversation's note needs now, unless the summariser failed for it a short while ago. */
    void compact(ConversationId conversation) {
        Instant waitUntil = notBefore.get(conversation);
        if (!settings.strategy().usesNote()
                || (waitUntil != null && clock.instant().isBefore(waitUntil))) {
            return;
        }
        work(conversation, false);
    }

    /** Condenses all that is said and answered; returns false where the summariser failed. */
    boolean refresh(ConversationId conversation) {
        return work(conversation, true);
    }

    /** Ends the call that is running; what it would have made is made at another time. */
    void close() {
        ending.cancel();
    }

    private boolean work(ConversationId conversation, boolean eager) {
        int refused = 0;
        for (int step = 0; step < MOST_STEPS && refused < MOST_REFUSED && !ending.isCancelled(); step++) {
            long epoch = store.epoch(conversation);
            Optional<Job> job = planner.next(conversation, eager);
            if (job.isEmpty()) {
                succeeded(conversation);
                return true;
            }
            Optional<Digest> digest = make(conversation, job.get());
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

    private void succeeded(ConversationId conversation) {
        backoff.succeeded(conversation);
        notBefore.remove(conversation);
    }

    private void failed(ConversationId conversation) {
        if (ending.isCancelled()) {
            return;
        }
        Duration delay = backoff.failed(conversation);
        notBefore.put(conversation, clock.instant().plus(delay));
        LOG.warn(
                "{}: the note could not be brought up to date; nothing is lost, and it is not tried again for {} s",
                conversation,
                delay.toSeconds());
    }

    private Optional<Digest> make(ConversationId conversation, Job job) {
        int turnCount = job.turns().isEmpty()
                ? job.digests().stream().mapToInt(Digest::turns).sum()
                : job.turns().size();
        if (turnCount == 0) {
            return Optional.of(digest(job.level(), job.covers(), List.of(), 0, ""));
        }
        String mark = marks.get();
        TokenBudget budget =
                SummaryPrompt.budget(model.profile(), settings.compaction().digestTokens());
        List<Turn> turns = job.turns();
        Prompt prompt = turns.isEmpty() ? ofDigests(job, mark, budget) : ofTurns(turns, mark, budget);
        if (!job.digests().isEmpty() && !turns.isEmpty() && !summaryPrompt.fits(prompt, budget)) {
            prompt = ofDigests(job, mark, budget);
        }
        while (job.digests().isEmpty() && turns.size() > 1 && !summaryPrompt.fits(prompt, budget)) {
            List<Turn> fewer = CompactionPlanner.oldest(turns, turns.size() / 2);
            if (fewer.size() == turns.size()) {
                break;
            }
            turns = fewer;
            prompt = ofTurns(turns, mark, budget);
        }
        if (job.digests().isEmpty() && !summaryPrompt.fits(prompt, budget)) {
            // A single exchange: what cannot be shown whole is shown in part, or the note would never get past it.
            prompt = summaryPrompt.ofCutTurns(
                    turns, mark, settings.compaction().digestTokens(), model.profile(), budget);
        }
        boolean shortened = turns.size() < job.turns().size();
        Exchanges covers =
                shortened ? new Exchanges(job.covers().from(), turns.getLast().exchange()) : job.covers();
        List<Turn> covered = turns;
        int made = shortened ? turns.size() : turnCount;
        return ask(conversation, prompt, mark, made).map(text -> digest(job.level(), covers, covered, made, text));
    }

    private Prompt ofTurns(List<Turn> turns, String mark, TokenBudget budget) {
        return summaryPrompt.ofTurns(turns, mark, settings.compaction().digestTokens(), model.profile(), budget);
    }

    private Prompt ofDigests(Job job, String mark, TokenBudget budget) {
        return summaryPrompt.ofDigests(
                job.digests(), mark, settings.compaction().digestTokens(), model.profile(), budget);
    }

    private Optional<String> ask(ConversationId conversation, Prompt prompt, String mark, int turns) {
        long start = System.nanoTime();
        ModelOutcome outcome = ask(prompt);
        CallLog.summary(conversation, turns, outcome, System.nanoTime() - start);
        return switch (outcome) {
            case Answered answered ->
                DigestForm.of(
                        redactor.redact(answered.text()).text(),
                        mark,
                        settings.compaction().digestTokens(),
                        counter);
            case Declined declined -> Optional.empty();
            case PromptTooLong tooLong -> Optional.empty();
            case Unavailable unavailable -> Optional.empty();
            case Stopped stopped -> Optional.empty();
        };
    }

    /** A client that throws has a bug; it is waited out like any other failure, or each message would run into it again. */
    private ModelOutcome ask(Prompt prompt) {
        try {
            return model.ask(prompt, counter.count(prompt.messages()), piece -> {}, ending);
        } catch (RuntimeException e) {
            LOG.error("the model client failed", e);
            return new Unavailable(ModelOutcome.Cause.NOT_UNDERSTOOD, "the client failed", "");
        }
    }

    private Digest digest(int level, Exchanges covers, List<Turn> turns, int count, String text) {
        return new Digest(0, level, covers, count, hash(turns), text, clock.instant());
    }

    private static String hash(List<Turn> turns) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (Turn turn : turns) {
                sha.update((turn.seq() + " " + turn.author().id() + " " + turn.text() + "\n")
                        .getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
