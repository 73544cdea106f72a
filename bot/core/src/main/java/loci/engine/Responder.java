package loci.engine;

import java.util.function.Consumer;
import java.util.function.Supplier;
import loci.chat.ConversationId;
import loci.chat.Reply;
import loci.memory.ConversationStore;
import loci.memory.MemoryView;
import loci.memory.OpenQuestion;
import loci.memory.ReplyRecord;
import loci.model.Cancellation;
import loci.model.ModelOutcome;
import loci.model.ModelOutcome.Answered;
import loci.model.ModelOutcome.Declined;
import loci.model.ModelOutcome.PromptTooLong;
import loci.model.ModelOutcome.Stopped;
import loci.model.ModelOutcome.Unavailable;
import loci.model.ModelProfile;
import loci.model.Usage;
import loci.prompt.Assembly;
import loci.prompt.PromptAssembler;
import loci.prompt.Strategy;
import loci.prompt.TokenBudget;
import loci.sanitize.OutboundSanitizer;
import loci.sanitize.Redactor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From an open question to its recorded end: view, prompt, model, sanitised reply. Thread-safe; one question of a conversation at a
 * time, which its lane sees to.
 */
final class Responder {

    private static final Logger LOG = LoggerFactory.getLogger(Responder.class);

    /** People erase by hand; a question that loses its view this often is caught in a loop that would cost money. */
    private static final int MOST_EPOCHS_LOST = 5;

    /** No model in use writes more in one reply; a platform would need fifty messages for it. */
    private static final int MOST_CHARS = 100_000;

    private final ConversationStore store;
    private final CalibratedModel model;
    private final PromptAssembler assembler;
    private final EngineSettings settings;
    private final Redactor redactor;
    private final Supplier<String> greeting;
    private final CallLog calls;

    Responder(
            ConversationStore store,
            CalibratedModel model,
            EngineSettings settings,
            Redactor redactor,
            CallLog calls,
            Supplier<String> greeting) {
        this.store = store;
        this.model = model;
        this.assembler =
                new PromptAssembler(settings.persona(), settings.noteRole(), settings.tools(), model.counter());
        this.settings = settings;
        this.redactor = redactor;
        this.calls = calls;
        this.greeting = greeting;
    }

    /**
     * Answers a question, and records how it ended.
     *
     * @param shown is given the sanitised beginning of the answer as it grows
     * @return false where the question stays open, because the answer was cancelled by the end of the program
     */
    boolean answer(
            ConversationId conversation,
            OpenQuestion question,
            Consumer<String> shown,
            Cancellation cancellation,
            Supplier<Boolean> ending) {
        boolean refused = false;
        for (int lost = 0; ; lost++) {
            Strategy strategy = settings.strategies().chosen(store.settings(conversation));
            TokenBudget budget = settings.budget(strategy, model.profile());
            var view = store.view(conversation, question.exchange(), strategy.reach(budget.promptTokens()));
            if (view.isEmpty()) {
                return true;
            }
            ReplyRecord reply = lost < MOST_EPOCHS_LOST
                    ? replyOrFailure(view.get(), strategy, shown, cancellation, refused)
                    : notice(view.get(), Reply.Kind.FAILURE, Notices.KEEPS_CHANGING);
            if (ending.get()) {
                return false;
            }
            if (reply == null) {
                refused = true; // Asked again from a new view: what was forgotten meanwhile must not be sent once more.
                continue;
            }
            if (store.finish(conversation, reply, view.get().epoch())) {
                return true;
            }
            boolean stillOpen = store.nextQuestion(conversation)
                    .filter(next -> next.exchange() == question.exchange())
                    .isPresent();
            if (!stillOpen) {
                return true;
            }
            LOG.info("{}: something was forgotten while an answer was written; it is written anew", conversation);
        }
    }

    /** What fails in here failed in our own code and would fail again: a person waits, so it is said, and not tried for ever. */
    private @Nullable ReplyRecord replyOrFailure(
            MemoryView view, Strategy strategy, Consumer<String> shown, Cancellation cancellation, boolean again) {
        try {
            return reply(view, strategy, shown, cancellation, again);
        } catch (RuntimeException | Error e) {
            LOG.error("{}: no answer could be made", view.conversation(), e);
            return notice(view, Reply.Kind.FAILURE, Notices.BROKEN);
        }
    }

    /** Asks once; null where the prompt was found too long and, having learnt from that, it is worth asking once more. */
    private @Nullable ReplyRecord reply(
            MemoryView view, Strategy strategy, Consumer<String> shown, Cancellation cancellation, boolean again) {
        if (view.live().text().isBlank()) {
            return notice(view, Reply.Kind.NOTICE, greeting.get());
        }
        ModelProfile profile = model.profile();
        TokenBudget budget = settings.budget(strategy, profile);
        return switch (assembler.assemble(view, strategy, profile, budget)) {
            case Assembly.DoesNotFit tooLong -> {
                calls.notSent(view.conversation(), strategy, tooLong);
                yield notice(view, Reply.Kind.FAILURE, Notices.doesNotFit(tooLong, strategy));
            }
            case Assembly.Fits fits -> {
                long start = System.nanoTime();
                Progress progress = new Progress(view.mark(), shown);
                ModelOutcome outcome = model.ask(fits.prompt(), fits.counted(), progress, cancellation);
                calls.reply(view, strategy, fits, budget, profile, outcome, System.nanoTime() - start);
                yield outcome instanceof PromptTooLong && !again ? null : ended(view, fits, outcome);
            }
        };
    }

    private ReplyRecord ended(MemoryView view, Assembly.Fits fits, ModelOutcome outcome) {
        return switch (outcome) {
            case Answered(String text, Usage usage, boolean complete) -> {
                String clean = clean(text, view);
                yield clean.isBlank()
                        ? record(view, Reply.Kind.FAILURE, Notices.EMPTY_ANSWER, fits.counted(), usage)
                        : record(
                                view,
                                Reply.Kind.ANSWER,
                                complete ? clean : clean + Notices.LENGTH_MARK,
                                fits.counted(),
                                usage);
            }
            case Declined(String words, Usage usage) -> {
                String clean = clean(words, view);
                yield clean.isBlank()
                        ? record(view, Reply.Kind.FAILURE, Notices.DECLINED, fits.counted(), usage)
                        : record(view, Reply.Kind.ANSWER, clean, fits.counted(), usage);
            }
            case PromptTooLong tooLong ->
                record(view, Reply.Kind.FAILURE, Notices.STILL_TOO_LONG, fits.counted(), Usage.UNKNOWN);
            case Unavailable(ModelOutcome.Cause cause, String detail, String partialText) -> {
                String notice = Notices.unavailable(cause);
                String clean = clean(partialText, view);
                // The model's words are a turn, else they would be kept where no erasure finds them.
                yield clean.isBlank()
                        ? record(view, Reply.Kind.FAILURE, notice, fits.counted(), Usage.UNKNOWN)
                        : record(view, Reply.Kind.ANSWER, clean + " …\n\n" + notice, fits.counted(), Usage.UNKNOWN);
            }
            case Stopped(String partialText) -> {
                String clean = clean(partialText, view);
                yield clean.isBlank()
                        ? record(view, Reply.Kind.FAILURE, Notices.STOPPED, fits.counted(), Usage.UNKNOWN)
                        : record(view, Reply.Kind.ANSWER, clean + Notices.STOPPED_MARK, fits.counted(), Usage.UNKNOWN);
            }
        };
    }

    private String clean(String modelText, MemoryView view) {
        return capped(redactor.redact(OutboundSanitizer.reply(capped(modelText), view.mark()))
                .text());
    }

    /** A server that ignores the output limit must not make a reply that the store refuses, time after time. */
    private static String capped(String text) {
        if (text.length() <= MOST_CHARS) {
            return text;
        }
        int end = MOST_CHARS - Notices.LENGTH_MARK.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + Notices.LENGTH_MARK;
    }

    private ReplyRecord notice(MemoryView view, Reply.Kind kind, String text) {
        return record(view, kind, text, 0, Usage.UNKNOWN);
    }

    private ReplyRecord record(MemoryView view, Reply.Kind kind, String text, int counted, Usage usage) {
        return new ReplyRecord(
                view.live().exchange(), kind, text, model.profile().name(), counted, usage);
    }
}
