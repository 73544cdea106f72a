package loci.engine;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import loci.engine.Accounts.Permit;
import loci.memory.Ledger.Payer;
import loci.memory.Ledger.Share;
import loci.memory.MemoryView;
import loci.model.Cancellation;
import loci.model.ModelOutcome;
import loci.model.ModelProfile;
import loci.model.PromptImage;
import loci.prompt.Assembly;
import loci.prompt.PromptAssembler;
import loci.prompt.Strategy;
import loci.prompt.TokenBudget;

/** Asks one model for one reply: a prompt made for its window, money set aside and settled, one line in the log. Thread-safe. */
final class Asking {

    private final EngineSettings settings;
    private final Accounts accounts;
    private final CallLog calls;

    Asking(EngineSettings settings, Accounts accounts, CallLog calls) {
        this.settings = settings;
        this.accounts = accounts;
        this.calls = calls;
    }

    /** What came of it. */
    sealed interface Asked {

        /** The model was not asked. {@code notice} says why, to people. */
        record NotSent(String notice) implements Asked {}

        /**
         * The model was asked.
         *
         * @param model its name
         * @param counted the prompt's tokens as counted by us
         */
        record Ended(String model, int counted, ModelOutcome outcome) implements Asked {}
    }

    /**
     * @param images those of the question; asked for only where the model sees
     * @param shown is given the sanitised beginning of the answer as it grows
     */
    Asked ask(
            CalibratedModel model,
            MemoryView view,
            Strategy strategy,
            String persona,
            Supplier<List<PromptImage>> images,
            Consumer<String> shown,
            Cancellation cancellation) {
        ModelProfile profile = model.profile();
        List<PromptImage> seen = profile.images().isPresent() ? images.get() : List.of();
        TokenBudget budget = settings.budget(strategy, profile);
        PromptAssembler assembler =
                new PromptAssembler(persona, settings.noteRole(), settings.tools(), model.counter());
        return switch (assembler.assemble(view, seen, strategy, profile, budget)) {
            case Assembly.DoesNotFit tooLong -> {
                calls.notSent(view.conversation(), strategy, tooLong);
                yield new Asked.NotSent(Notices.doesNotFit(tooLong, strategy));
            }
            case Assembly.Fits fits -> {
                Question question = new Question(view, strategy, fits, budget, assembler.frame(view.mark()));
                yield switch (accounts.reserve(payer(view), model, fits.counted(), budget.replyTokens())) {
                    case Permit.Granted granted -> ended(question, model, granted, shown, cancellation);
                    case Permit.UsedUp usedUp -> new Asked.NotSent(Notices.usedUp(usedUp));
                    case Permit.NoPrice noPrice -> new Asked.NotSent(Notices.NO_PRICE);
                };
            }
        };
    }

    /**
     * What a model is asked.
     *
     * @param frame the tokens of what stands in every prompt
     */
    private record Question(MemoryView view, Strategy strategy, Assembly.Fits fits, TokenBudget budget, int frame) {}

    /** Whatever is thrown in here, what was set aside is settled: it would lessen the budget for the rest of the month. */
    private Asked.Ended ended(
            Question question,
            CalibratedModel model,
            Permit.Granted granted,
            Consumer<String> shown,
            Cancellation cancellation) {
        MemoryView view = question.view();
        Assembly.Fits fits = question.fits();
        ModelProfile profile = model.profile();
        ModelOutcome outcome = Accounts.BROKEN_OFF;
        try {
            long start = System.nanoTime();
            outcome = model.ask(fits.prompt(), fits.counted(), new Progress(view.mark(), shown), cancellation);
            long nanos = System.nanoTime() - start;
            calls.reply(view, question.strategy(), fits, question.budget(), profile, outcome, nanos);
        } finally {
            Accounts.Call call = new Accounts.Call(
                    payer(view), profile, model.counter(), fits.prompt().purpose(), fits.counted(), outcome);
            accounts.settleReply(granted, call, view, question.frame());
        }
        return new Asked.Ended(profile.name(), fits.counted(), outcome);
    }

    /** The budgets whose end is near, and whoever asked was not told yet. */
    List<Share> toTell(MemoryView view) {
        return accounts.toTell(payer(view));
    }

    private static Payer payer(MemoryView view) {
        return new Payer(view.conversation(), view.live().author().id());
    }
}
