package loci.engine;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import loci.model.Cancellation;
import loci.model.ImageTokens;
import loci.model.LanguageModel;
import loci.model.ModelOutcome;
import loci.model.ModelOutcome.Answered;
import loci.model.ModelOutcome.Declined;
import loci.model.ModelOutcome.PromptTooLong;
import loci.model.ModelOutcome.Stopped;
import loci.model.ModelOutcome.Unavailable;
import loci.model.ModelProfile;
import loci.model.Prompt;
import loci.model.TokenCounter;
import loci.model.Usage;
import loci.prompt.Calibration;
import loci.prompt.PromptCounter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model, the counter for its encoding, and what its answers have taught about counting for it. Replies and summaries by one model share
 * it: a window that is smaller than believed is so for both, and a summariser that never learnt it would be refused for ever. Thread-safe.
 */
final class CalibratedModel {

    private static final Logger LOG = LoggerFactory.getLogger(CalibratedModel.class);

    /** So many context windows in one call is no matter of tokenisers, nor of a window that was configured too small. */
    private static final int IMPOSSIBLE = 4;

    private final LanguageModel model;
    private final PromptCounter counter;
    private final AtomicReference<Calibration> calibration;
    private final AtomicBoolean saidThatItCuts = new AtomicBoolean();
    private final AtomicBoolean saidThatItLies = new AtomicBoolean();

    private CalibratedModel(LanguageModel model, TokenCounter counter) {
        this.model = model;
        this.counter = new PromptCounter(counter, model.profile().images().orElseGet(ImageTokens.Area::new));
        this.calibration = new AtomicReference<>(Calibration.untaught(model.profile()));
    }

    /** @param counters gives the counter of an encoding by its name */
    static CalibratedModel of(LanguageModel model, Function<String, TokenCounter> counters) {
        return new CalibratedModel(model, counters.apply(model.profile().encoding()));
    }

    /** The profile to build the next prompt by. */
    ModelProfile profile() {
        return calibration.get().applyTo(model.profile());
    }

    PromptCounter counter() {
        return counter;
    }

    /** How often one call may send its prompt. */
    int mostAttempts() {
        return model.mostAttempts();
    }

    /** @param counted the prompt's tokens as counted by us */
    ModelOutcome ask(Prompt prompt, int counted, Consumer<String> onText, Cancellation cancellation) {
        ModelOutcome outcome = believed(model.ask(prompt, onText, cancellation));
        switch (outcome) {
            case PromptTooLong refusal ->
                calibration.updateAndGet(newest -> newest.after(refusal, counted, counted + prompt.maxReplyTokens()));
            case Answered answered -> learn(answered.usage(), counted);
            case Declined declined -> learn(declined.usage(), counted);
            case Unavailable unavailable -> {}
            case Stopped stopped -> {}
        }
        return outcome;
    }

    /** What a server reports is taken from budgets: one that reports what cannot be has reported nothing. */
    private ModelOutcome believed(ModelOutcome outcome) {
        return switch (outcome) {
            case Answered(String text, Usage usage, boolean complete) -> new Answered(text, believed(usage), complete);
            case Declined(String words, Usage usage) -> new Declined(words, believed(usage));
            case PromptTooLong _, Unavailable _, Stopped _ -> outcome;
        };
    }

    private Usage believed(Usage usage) {
        long most = (long) IMPOSSIBLE * model.profile().contextWindow();
        if (usage.promptTokens() <= most && usage.replyTokens() <= most) {
            return usage;
        }
        if (saidThatItLies.compareAndSet(false, true)) {
            LOG.warn(
                    "the server of {} reports {} tokens read and {} written, with a context window of {}: that cannot"
                            + " be, so Loci's own count is taken",
                    model.profile().name(),
                    usage.promptTokens(),
                    usage.replyTokens(),
                    model.profile().contextWindow());
        }
        return Usage.UNKNOWN;
    }

    private void learn(Usage usage, int counted) {
        calibration.updateAndGet(newest -> newest.after(usage, counted));
        if (Calibration.looksCut(usage, counted) && saidThatItCuts.compareAndSet(false, true)) {
            LOG.warn(
                    "the server of {} read {} tokens of a prompt of {}: it seems to cut prompts. Raise its limit"
                            + " (Ollama: OLLAMA_CONTEXT_LENGTH) or lower model.contextWindow",
                    model.profile().name(),
                    usage.promptTokens(),
                    counted);
        }
    }
}
