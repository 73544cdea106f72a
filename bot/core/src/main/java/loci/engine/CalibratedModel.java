package loci.engine;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import loci.model.Cancellation;
import loci.model.LanguageModel;
import loci.model.ModelOutcome;
import loci.model.ModelOutcome.PromptTooLong;
import loci.model.ModelProfile;
import loci.model.Prompt;
import loci.prompt.Calibration;

/**
 * The model with what its refusals have taught about its context window. Replies and summaries share it: a window that is smaller than
 * believed is so for both, and a summariser that never learnt it would be refused for ever. Thread-safe.
 */
final class CalibratedModel {

    private final LanguageModel model;
    private final AtomicReference<Calibration> calibration;

    CalibratedModel(LanguageModel model) {
        this.model = model;
        this.calibration = new AtomicReference<>(Calibration.untaught(model.profile()));
    }

    /** The profile to build the next prompt by. */
    ModelProfile profile() {
        return calibration.get().applyTo(model.profile());
    }

    /** @param counted the prompt's tokens as counted by us */
    ModelOutcome ask(Prompt prompt, int counted, Consumer<String> onText, Cancellation cancellation) {
        ModelOutcome outcome = model.ask(prompt, onText, cancellation);
        if (outcome instanceof PromptTooLong refusal) {
            calibration.updateAndGet(newest -> newest.after(refusal, counted, counted + prompt.maxReplyTokens()));
        }
        return outcome;
    }
}
