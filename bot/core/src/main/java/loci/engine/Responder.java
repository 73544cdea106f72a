package loci.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import loci.chat.ConversationId;
import loci.chat.Reply;
import loci.engine.Asking.Asked;
import loci.memory.ConversationStore;
import loci.memory.Ledger.Share;
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
import loci.model.PromptImage;
import loci.model.Usage;
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
    private final Roster roster;
    private final Asking asking;
    private final Pictures pictures;
    private final EngineSettings settings;
    private final Redactor redactor;
    private final Supplier<String> greeting;
    private final Operators operators;

    Responder(
            ConversationStore store,
            Roster roster,
            Asking asking,
            Pictures pictures,
            EngineSettings settings,
            Redactor redactor,
            Supplier<String> greeting,
            Operators operators) {
        this.store = store;
        this.roster = roster;
        this.asking = asking;
        this.pictures = pictures;
        this.settings = settings;
        this.redactor = redactor;
        this.greeting = greeting;
        this.operators = operators;
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
        List<Share> toTell = new ArrayList<>(); // Told once, so it must outlive an answer that is written anew.
        for (int lost = 0; ; lost++) {
            Map<String, String> chosen = store.inForce(conversation);
            Strategy strategy = settings.strategies().chosen(chosen);
            TokenBudget budget = settings.budget(strategy, roster.chosen(chosen).profile());
            var view = store.view(conversation, question.exchange(), strategy.reach(budget.promptTokens()));
            if (view.isEmpty()) {
                return true;
            }
            ReplyRecord reply = lost < MOST_EPOCHS_LOST
                    ? replyOrFailure(view.get(), chosen, shown, cancellation, refused)
                    : notice(view.get(), chosen, Reply.Kind.FAILURE, Notices.KEEPS_CHANGING);
            if (ending.get()) {
                return false;
            }
            if (reply == null) {
                refused = true; // Asked again from a new view: what was forgotten meanwhile must not be sent once more.
                continue;
            }
            if (reply.kind() == Reply.Kind.ANSWER) {
                toTell.addAll(asking.toTell(view.get()));
            }
            if (store.finish(
                    conversation,
                    reply.with(Notices.nearEnd(toTell)),
                    view.get().epoch())) {
                return true;
            }
            if (!store.isOpen(conversation, question.exchange())) {
                return true;
            }
            LOG.info("{}: something was forgotten while an answer was written; it is written anew", conversation);
        }
    }

    /** What fails in here failed in our own code and would fail again: a person waits, so it is said, and not tried for ever. */
    private @Nullable ReplyRecord replyOrFailure(
            MemoryView view,
            Map<String, String> chosen,
            Consumer<String> shown,
            Cancellation cancellation,
            boolean again) {
        try {
            return view.live().text().isBlank()
                    ? notice(view, chosen, Reply.Kind.NOTICE, greeting.get())
                    : reply(view, chosen, shown, cancellation, again);
        } catch (Accounts.LedgerFailed e) {
            throw e; // The database fails, as it may anywhere: the question stays open and is tried again.
        } catch (RuntimeException | Error e) {
            LOG.error("{}: no answer could be made", view.conversation(), e);
            operators.trouble(Warnings.SINGLE, "broken", Warnings.BROKEN);
            return notice(view, chosen, Reply.Kind.FAILURE, Notices.BROKEN);
        }
    }

    /**
     * Asks the models in their order until one answers. Where none does, it is said why the first did not, unless another got as far as
     * some words.
     *
     * @return null where a prompt was found too long and, having learnt from that, it is worth asking once more
     */
    private @Nullable ReplyRecord reply(
            MemoryView view,
            Map<String, String> chosen,
            Consumer<String> shown,
            Cancellation cancellation,
            boolean again) {
        Strategy strategy = settings.strategies().chosen(chosen);
        String persona = settings.personas().text(chosen);
        Supplier<List<PromptImage>> images = pictures.of(view);
        ReplyRecord failure = null;
        List<CalibratedModel> models = roster.inOrder(chosen);
        for (CalibratedModel model : models) {
            ReplyRecord reply;
            switch (asking.ask(model, view, strategy, persona, images, shown, cancellation)) {
                case Asked.NotSent(String notice) -> reply = notice(view, chosen, Reply.Kind.FAILURE, notice);
                case Asked.Ended ended -> {
                    reply = ended(view, ended);
                    switch (ended.outcome()) {
                        case Answered _, Declined _ -> {
                            roster.answered(model);
                            return reply;
                        }
                        case Stopped _ -> {
                            return reply;
                        }
                        case PromptTooLong _ -> {
                            if (!again) {
                                return null;
                            }
                        }
                        case Unavailable unavailable -> roster.failed(model, unavailable.cause());
                    }
                }
            }
            if (failure == null || (reply.kind() == Reply.Kind.ANSWER && failure.kind() != Reply.Kind.ANSWER)) {
                failure = reply;
            }
        }
        roster.noneAnswered(models);
        return Objects.requireNonNull(failure, "there is always a model");
    }

    private ReplyRecord ended(MemoryView view, Asked.Ended ended) {
        return switch (ended.outcome()) {
            case Answered(String text, Usage usage, boolean complete) -> {
                String clean = clean(text, view);
                yield clean.isBlank()
                        ? record(view, Reply.Kind.FAILURE, Notices.EMPTY_ANSWER, ended, usage)
                        : record(view, Reply.Kind.ANSWER, complete ? clean : clean + Notices.LENGTH_MARK, ended, usage);
            }
            case Declined(String words, Usage usage) -> {
                String clean = clean(words, view);
                yield clean.isBlank()
                        ? record(view, Reply.Kind.FAILURE, Notices.DECLINED, ended, usage)
                        : record(view, Reply.Kind.ANSWER, clean, ended, usage);
            }
            case PromptTooLong _ -> record(view, Reply.Kind.FAILURE, Notices.STILL_TOO_LONG, ended, Usage.UNKNOWN);
            case Unavailable(ModelOutcome.Cause cause, String detail, String partialText, boolean begun) -> {
                String notice = Notices.unavailable(cause);
                String clean = clean(partialText, view);
                // The model's words are a turn, else they would be kept where no erasure finds them.
                yield clean.isBlank()
                        ? record(view, Reply.Kind.FAILURE, notice, ended, Usage.UNKNOWN)
                        : record(view, Reply.Kind.ANSWER, clean + " …\n\n" + notice, ended, Usage.UNKNOWN);
            }
            case Stopped(String partialText) -> {
                String clean = clean(partialText, view);
                yield clean.isBlank()
                        ? record(view, Reply.Kind.FAILURE, Notices.STOPPED, ended, Usage.UNKNOWN)
                        : record(view, Reply.Kind.ANSWER, clean + Notices.STOPPED_MARK, ended, Usage.UNKNOWN);
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

    private ReplyRecord notice(MemoryView view, Map<String, String> chosen, Reply.Kind kind, String text) {
        String model = roster.chosen(chosen).profile().name();
        return new ReplyRecord(view.live().exchange(), kind, text, model, 0, Usage.UNKNOWN);
    }

    private static ReplyRecord record(MemoryView view, Reply.Kind kind, String text, Asked.Ended ended, Usage usage) {
        return new ReplyRecord(view.live().exchange(), kind, text, ended.model(), ended.counted(), usage);
    }
}
