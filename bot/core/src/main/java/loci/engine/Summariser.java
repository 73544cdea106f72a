package loci.engine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import loci.chat.ConversationId;
import loci.command.Recap;
import loci.engine.Accounts.Permit;
import loci.engine.CompactionPlanner.Job;
import loci.memory.Digest;
import loci.memory.Exchanges;
import loci.memory.Ledger.Payer;
import loci.memory.Turn;
import loci.model.Cancellation;
import loci.model.ModelOutcome;
import loci.model.ModelOutcome.Answered;
import loci.model.ModelOutcome.Declined;
import loci.model.ModelOutcome.PromptTooLong;
import loci.model.ModelOutcome.Stopped;
import loci.model.ModelOutcome.Unavailable;
import loci.model.ModelProfile;
import loci.model.Prompt;
import loci.prompt.DigestForm;
import loci.prompt.SummaryPrompt;
import loci.prompt.TokenBudget;
import loci.sanitize.OutboundSanitizer;
import loci.sanitize.Redactor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Condenses turns, into a digest or for people to read: builds the prompt, asks the summarising model, and brings the answer into form.
 * Stores nothing. Thread-safe.
 */
final class Summariser {

    private static final Logger LOG = LoggerFactory.getLogger(Summariser.class);

    /** What somebody who was away reads: some ten lines. */
    private static final int RECAP_TOKENS = 500;

    /** More than any window in use would hold. */
    private static final int MOST_TOLD = 2_000;

    private final CalibratedModel model;
    private final SummaryPrompt prompts;
    private final Redactor redactor;
    private final InstantSource clock;
    private final Supplier<String> marks;
    private final CallLog calls;
    private final Accounts accounts;
    private final Cancellation ending = new Cancellation();

    Summariser(
            CalibratedModel model,
            String instructions,
            Redactor redactor,
            InstantSource clock,
            Supplier<String> marks,
            CallLog calls,
            Accounts accounts) {
        this.model = model;
        this.prompts = new SummaryPrompt(instructions, model.counter());
        this.redactor = redactor;
        this.clock = clock;
        this.marks = marks;
        this.calls = calls;
        this.accounts = accounts;
    }

    /** Ends the calls that are running and all later ones. */
    void close() {
        ending.cancel();
    }

    boolean isClosed() {
        return ending.isCancelled();
    }

    /** Tells what was said, for people to read; of what is too much for one prompt, the newest. */
    Optional<Recap.Told> tell(ConversationId conversation, String askedBy, List<Turn> turns) {
        String mark = marks.get();
        ModelProfile profile = model.profile();
        TokenBudget budget = SummaryPrompt.budget(profile, RECAP_TOKENS);
        List<Turn> told = turns.subList(Math.max(0, turns.size() - MOST_TOLD), turns.size());
        Prompt prompt = prompts.ofTurns(told, mark, RECAP_TOKENS, profile, budget);
        while (!prompts.fits(prompt, budget) && told.size() > 1) {
            told = told.subList(told.size() / 2, told.size());
            prompt = prompts.ofTurns(told, mark, RECAP_TOKENS, profile, budget);
        }
        if (!prompts.fits(prompt, budget)) {
            prompt = prompts.ofCutTurns(told, mark, RECAP_TOKENS, profile, budget);
        }
        int count = told.size();
        Request request = new Request(prompt.asked(Prompt.Purpose.RECAP), mark, told, new Exchanges(1, 1));
        return ask(new Payer(conversation, askedBy), "retelling", request, count, RECAP_TOKENS)
                .map(text -> new Recap.Told(OutboundSanitizer.reply(text, mark), count));
    }

    /** Makes what a job asks for, or of a job that is too long its beginning; empty where the model gave nothing that is of use. */
    Optional<Digest> make(ConversationId conversation, Job job, int digestTokens) {
        if (job.isEmpty()) {
            return Optional.of(digest(job, job.covers(), List.of(), 0, ""));
        }
        Request request = job.digests().isEmpty() ? ofTurns(job, digestTokens) : ofFold(job, digestTokens);
        int made = request.turns().isEmpty() ? job.turnCount() : request.turns().size();
        return ask(Payer.nobody(conversation), "condensing", request, made, digestTokens)
                .map(text -> digest(job, request.covers(), request.turns(), made, text));
    }

    /**
     * What the model is asked.
     *
     * @param turns those it is shown word for word
     * @param covers the range it is shown, or that of the digests it is shown
     */
    private record Request(Prompt prompt, String mark, List<Turn> turns, Exchanges covers) {}

    /** A fold is made from the turns themselves while these fit: a summary of summaries drifts. */
    private Request ofFold(Job job, int digestTokens) {
        String mark = marks.get();
        ModelProfile profile = model.profile();
        TokenBudget budget = SummaryPrompt.budget(profile, digestTokens);
        if (!job.turns().isEmpty()) {
            Prompt prompt = prompts.ofTurns(job.turns(), mark, digestTokens, profile, budget);
            if (prompts.fits(prompt, budget)) {
                return new Request(prompt, mark, job.turns(), job.covers());
            }
        }
        Prompt prompt = prompts.ofDigests(job.digests(), mark, digestTokens, profile, budget);
        return new Request(prompt, mark, List.of(), job.covers());
    }

    private Request ofTurns(Job job, int digestTokens) {
        String mark = marks.get();
        ModelProfile profile = model.profile();
        TokenBudget budget = SummaryPrompt.budget(profile, digestTokens);
        List<Turn> turns = job.turns();
        Prompt prompt = prompts.ofTurns(turns, mark, digestTokens, profile, budget);
        while (!prompts.fits(prompt, budget)) {
            List<Turn> fewer = CompactionPlanner.oldest(turns, turns.size() / 2);
            if (fewer.size() == turns.size() || fewer.isEmpty()) {
                // A single exchange: what cannot be shown whole is shown in part, or the note would never get past it.
                prompt = prompts.ofCutTurns(turns, mark, digestTokens, profile, budget);
                break;
            }
            turns = fewer;
            prompt = prompts.ofTurns(turns, mark, digestTokens, profile, budget);
        }
        boolean whole = turns.size() == job.turns().size();
        Exchanges covers = whole
                ? job.covers()
                : new Exchanges(job.covers().from(), turns.getLast().exchange());
        return new Request(prompt, mark, turns, covers);
    }

    /** Empty where the model was not asked, for want of money, and where it gave nothing of use. */
    private Optional<String> ask(Payer payer, String what, Request request, int turns, int digestTokens) {
        int counted = model.counter().count(request.prompt());
        ModelProfile profile = model.profile();
        Permit permit = accounts.reserve(payer, model, counted, request.prompt().maxReplyTokens());
        if (!(permit instanceof Permit.Granted granted)) {
            return Optional.empty();
        }
        ModelOutcome outcome = Accounts.BROKEN_OFF;
        try {
            long start = System.nanoTime();
            outcome = ask(request.prompt(), counted);
            calls.summary(payer.conversation(), what, turns, counted, profile, outcome, System.nanoTime() - start);
        } finally {
            Prompt.Purpose purpose = request.prompt().purpose();
            accounts.settle(granted, new Accounts.Call(payer, profile, model.counter(), purpose, counted, outcome));
        }
        return switch (outcome) {
            case Answered answered ->
                DigestForm.of(redactor.redact(answered.text()).text(), request.mark(), digestTokens, model.counter());
            case Declined declined -> Optional.empty();
            case PromptTooLong tooLong -> Optional.empty();
            case Unavailable unavailable -> Optional.empty();
            case Stopped stopped -> Optional.empty();
        };
    }

    /** A client that throws has a bug; it is waited out like any other failure, or each message would run into it again. */
    private ModelOutcome ask(Prompt prompt, int counted) {
        try {
            return model.ask(prompt, counted, piece -> {}, ending);
        } catch (RuntimeException e) {
            LOG.error("the model client failed", e);
            return Accounts.BROKEN_OFF;
        }
    }

    private Digest digest(Job job, Exchanges covers, List<Turn> turns, int count, String text) {
        return new Digest(0, job.level(), covers, count, hash(turns), text, clock.instant());
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
