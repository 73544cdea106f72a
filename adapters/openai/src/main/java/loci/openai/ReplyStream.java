package loci.openai;

import com.openai.core.JsonField;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionChunk.Choice;
import com.openai.models.completions.CompletionUsage;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import loci.model.ModelOutcome;
import loci.model.Usage;

/**
 * Puts the chunks of one streamed reply together. Used by one thread.
 *
 * <p>Lenient where servers differ: usage may be absent, in a chunk of its own, in the last chunk, or in each; a choice may be absent; fields
 * such as {@code reasoning_content} are never looked at. A field of the wrong type throws the SDK's exception for unreadable data.
 */
final class ReplyStream {

    private final int maxChars;
    private final Consumer<String> onText;
    private final ThoughtFilter thoughts = new ThoughtFilter();
    private final StringBuilder content = new StringBuilder();
    private final StringBuilder refusal = new StringBuilder();

    private Usage usage = Usage.UNKNOWN;
    private String finish = "";
    private boolean anything;
    private int received;

    ReplyStream(int maxChars, Consumer<String> onText) {
        this.maxChars = maxChars;
        this.onText = onText;
    }

    /** Takes one chunk; false where the reply has grown larger than any honest one. */
    boolean take(ChatCompletionChunk chunk) {
        known(chunk._usage()).ifPresent(reported -> usage = usage(reported));
        for (Choice choice : known(chunk._choices()).orElse(List.of())) {
            anything = true;
            known(choice._delta()).ifPresent(this::takeDelta);
            String reason = choice.finishReason().map(r -> r.asString()).orElse("");
            // Some servers send an empty reason in every chunk.
            finish = reason.isBlank() ? finish : reason;
        }
        return received <= maxChars;
    }

    /** The stream is at its end: what was held back is content after all. */
    void end() {
        show(thoughts.finish());
    }

    boolean isFinished() {
        return !finish.isEmpty();
    }

    /** Whether any chunk of a chat completion came at all. */
    boolean hasBegun() {
        return anything;
    }

    String partialText() {
        return ThoughtFilter.withoutOrphanThought(content.toString());
    }

    /** The outcome of a stream that came to its end with a reason; empty where the reason is that the server failed. */
    Optional<ModelOutcome> outcome() {
        if (!refusal.isEmpty()) {
            return Optional.of(new ModelOutcome.Declined(refusal.toString(), usage));
        }
        return switch (finish) {
            // What the filter let through before it cut in is no answer, and no explanation either.
            case "content_filter" -> Optional.of(new ModelOutcome.Declined("", usage));
            case "length", "max_tokens", "model_length" ->
                Optional.of(new ModelOutcome.Answered(partialText(), usage, false));
            // vLLM says "abort", OpenRouter "error", where the engine died under a stream.
            case "error", "abort" -> Optional.empty();
            default -> Optional.of(new ModelOutcome.Answered(partialText(), usage, true));
        };
    }

    private void takeDelta(Choice.Delta delta) {
        delta.content().ifPresent(text -> {
            received += text.length();
            show(thoughts.take(text));
        });
        delta.refusal().ifPresent(text -> {
            received += text.length();
            refusal.append(text);
        });
    }

    private void show(String text) {
        if (!text.isEmpty()) {
            content.append(text);
            onText.accept(text);
        }
    }

    private static Usage usage(CompletionUsage reported) {
        int prompt = tokens(known(reported._promptTokens()));
        int cached = tokens(known(reported._promptTokensDetails()).flatMap(d -> known(d._cachedTokens())));
        return new Usage(
                prompt,
                Math.min(cached, prompt), // Some servers count what stood in the cache and was not asked for.
                tokens(known(reported._completionTokens())),
                tokens(known(reported._completionTokensDetails()).flatMap(d -> known(d._reasoningTokens()))));
    }

    private static int tokens(Optional<Long> reported) {
        return Math.clamp(reported.orElse(0L), 0, Integer.MAX_VALUE);
    }

    /** The value where it is there and of its type. */
    private static <T> Optional<T> known(JsonField<T> field) {
        return field.asKnown();
    }
}
