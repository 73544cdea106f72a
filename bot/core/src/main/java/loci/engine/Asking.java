package loci.engine;

import java.util.List;
import java.util.function.Consumer;
import loci.engine.Accounts.Permit;
import loci.memory.Ledger.Payer;
import loci.memory.Ledger.Share;
import loci.memory.MemoryView;
import loci.model.Cancellation;
import loci.model.ModelOutcome;
import loci.model.ModelProfile;
import loci.model.Prompt;
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
         * @param nearEnd the budgets that this call brought near their end
         */
        record Ended(String model, int counted, ModelOutcome outcome, List<Share> nearEnd) implements Asked {}
    }

    /** @param shown is given the sanitised beginning of the answer as it grows */
    Asked ask(
            CalibratedModel model,
            MemoryView view,
            Strategy strategy,
            String persona,
            Consumer<String> shown,
            Cancellation cancellation) {
        ModelProfile profile = model.profile();
        TokenBudget budget = settings.budget(strategy, profile);
        PromptAssembler assembler =
                new PromptAssembler(persona, settings.noteRole(), settings.tools(), model.counter());
        return switch (assembler.assemble(view, strategy, profile, budget)) {
            case Assembly.DoesNotFit tooLong -> {
                calls.notSent(view.conversation(), strategy, tooLong);
                yield new Asked.NotSent(Notices.doesNotFit(tooLong, strategy));
            }
            case Assembly.Fits fits -> {
                Payer payer =
                        new Payer(view.conversation(), view.live().author().id());
                yield switch (accounts.reserve(payer, profile, fits.counted(), budget.replyTokens())) {
                    case Permit.Granted granted -> {
                        long start = System.nanoTime();
                        Progress progress = new Progress(view.mark(), shown);
                        ModelOutcome outcome = model.ask(fits.prompt(), fits.counted(), progress, cancellation);
                        calls.reply(view, strategy, fits, budget, profile, outcome, System.nanoTime() - start);
                        Accounts.Call call = new Accounts.Call(
                                payer, profile, model.counter(), Prompt.Purpose.REPLY, fits.counted(), outcome);
                        List<Share> nearEnd = accounts.settleReply(granted, call, view, frame(model, persona));
                        yield new Asked.Ended(profile.name(), fits.counted(), outcome, nearEnd);
                    }
                    case Permit.UsedUp usedUp -> new Asked.NotSent(Notices.usedUp(usedUp));
                    case Permit.NoPrice noPrice -> new Asked.NotSent(Notices.NO_PRICE);
                };
            }
        };
    }

    /** The tokens of what stands in every prompt. */
    private int frame(CalibratedModel model, String persona) {
        return model.counter().count(persona) + model.counter().countTools(settings.tools());
    }
}
