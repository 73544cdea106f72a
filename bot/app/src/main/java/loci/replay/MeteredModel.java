package loci.replay;

import java.util.function.Consumer;
import loci.model.Cancellation;
import loci.model.LanguageModel;
import loci.model.ModelOutcome;
import loci.model.ModelProfile;
import loci.model.Prompt;
import loci.prompt.PromptCounter;

/** A summariser whose calls are counted as those of the model whose prices hold, whoever really writes. Not thread-safe. */
final class MeteredModel implements LanguageModel {

    private final LanguageModel writer;
    private final ModelProfile profile;
    private final PromptCounter counter;
    private final Bill bill;
    private int calls;

    MeteredModel(LanguageModel writer, ModelProfile profile, PromptCounter counter, Bill bill) {
        this.writer = writer;
        this.profile = profile;
        this.counter = counter;
        this.bill = bill;
    }

    int calls() {
        return calls;
    }

    @Override
    public ModelProfile profile() {
        return profile;
    }

    @Override
    public ModelOutcome ask(Prompt prompt, Consumer<String> onText, Cancellation cancellation) {
        calls++;
        ModelOutcome outcome = writer.ask(prompt, onText, cancellation);
        // Summaries come minutes apart and each with another record: nothing of them is taken to be cached.
        bill.call(
                counter.count(prompt),
                0,
                outcome instanceof ModelOutcome.Answered answered ? counter.count(answered.text()) : 0);
        return outcome;
    }

    @Override
    public void warmUp() {}

    @Override
    public void close() {}
}
