package loci.replay;

import java.util.function.Consumer;
import loci.model.Cancellation;
import loci.model.LanguageModel;
import loci.model.ModelOutcome;
import loci.model.ModelProfile;
import loci.model.Prompt;

/** The model whose prompts are measured: known by its profile, and never asked. */
record UnaskedModel(ModelProfile profile) implements LanguageModel {

    @Override
    public ModelOutcome ask(Prompt prompt, Consumer<String> onText, Cancellation cancellation) {
        throw new IllegalStateException("a replay asks no model for replies");
    }

    @Override
    public void warmUp() {}

    @Override
    public void close() {}
}
