package loci.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import loci.model.Cancellation;
import loci.model.LanguageModel;
import loci.model.ModelOutcome;
import loci.model.ModelProfile;
import loci.model.Prompt;
import loci.model.PromptMessage;
import loci.model.Usage;

/** A model that answers as a test says, and keeps every prompt it was given. */
final class ScriptedModel implements LanguageModel {

    static final ModelProfile PROFILE =
            new ModelProfile("scripted", "quarters", 16_000, 4_000, true, false, "max_tokens", true);

    final List<Prompt> replies = new ArrayList<>();
    final List<Prompt> summaries = new ArrayList<>();
    Function<Prompt, ModelOutcome> onReply = prompt -> answered("ok");
    Function<Prompt, ModelOutcome> onSummary = prompt -> answered("- a note of " + lines(prompt) + " lines");
    ModelProfile profile = PROFILE;
    int attempts = 1;
    Cancellation lastCancellation = new Cancellation();

    static ModelOutcome answered(String text) {
        return new ModelOutcome.Answered(text, Usage.UNKNOWN, true);
    }

    @Override
    public ModelProfile profile() {
        return profile;
    }

    @Override
    public int mostAttempts() {
        return attempts;
    }

    @Override
    public ModelOutcome ask(Prompt prompt, Consumer<String> onText, Cancellation cancellation) {
        lastCancellation = cancellation;
        boolean reply = prompt.purpose() == Prompt.Purpose.REPLY;
        (reply ? replies : summaries).add(prompt);
        ModelOutcome outcome = (reply ? onReply : onSummary).apply(prompt);
        if (outcome instanceof ModelOutcome.Answered answered) {
            onText.accept(answered.text());
        }
        return outcome;
    }

    @Override
    public void warmUp() {}

    @Override
    public void close() {}

    /** All that a prompt shows the model, as one text. */
    static String textOf(Prompt prompt) {
        StringBuilder text = new StringBuilder();
        for (PromptMessage message : prompt.messages()) {
            text.append(message.content()).append('\n');
            message.toolCalls().forEach(call -> text.append(call.arguments()).append('\n'));
        }
        return text.toString();
    }

    private static long lines(Prompt prompt) {
        return prompt.messages().getLast().content().lines().count() - 2;
    }
}
