package loci.openai;

import com.openai.core.JsonValue;
import com.openai.models.chat.completions.ChatCompletionAssistantMessageParam;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionMessageParam;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionSystemMessageParam;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.chat.completions.ChatCompletionUserMessageParam;
import java.util.Objects;
import java.util.OptionalDouble;
import loci.model.ModelProfile;
import loci.model.Prompt;
import loci.model.PromptMessage;
import loci.model.ToolCall;

/** Turns prompts into the SDK's requests. Pure. */
final class ChatRequests {

    private ChatRequests() {}

    /**
     * The request for a prompt.
     *
     * @param temperature for replies; a summary is always made at 0, so that it keeps to what it is given
     */
    static ChatCompletionCreateParams of(
            Prompt prompt, ModelProfile profile, RequestForm form, OptionalDouble temperature) {
        ChatCompletionCreateParams.Builder request = ChatCompletionCreateParams.builder()
                .model(profile.name())
                .messages(form.render(prompt.messages(), profile).stream()
                        .map(ChatRequests::message)
                        .toList())
                .putAdditionalBodyProperty(
                        form.outputLimitField(),
                        JsonValue.from(Math.min(prompt.maxReplyTokens(), profile.maxOutput())));
        if (form.asksForUsage()) {
            request.streamOptions(
                    ChatCompletionStreamOptions.builder().includeUsage(true).build());
        }
        if (form.temperature()) {
            switch (prompt.purpose()) {
                case REPLY -> temperature.ifPresent(request::temperature);
                case SUMMARY -> request.temperature(0.0);
            }
        }
        return request.build();
    }

    private static ChatCompletionMessageParam message(PromptMessage message) {
        return switch (message.role()) {
            case SYSTEM ->
                ChatCompletionMessageParam.ofSystem(ChatCompletionSystemMessageParam.builder()
                        .content(message.content())
                        .build());
            case USER ->
                ChatCompletionMessageParam.ofUser(ChatCompletionUserMessageParam.builder()
                        .content(message.content())
                        .build());
            case ASSISTANT -> ChatCompletionMessageParam.ofAssistant(assistant(message));
            case TOOL ->
                ChatCompletionMessageParam.ofTool(ChatCompletionToolMessageParam.builder()
                        .content(message.content())
                        .toolCallId(Objects.requireNonNull(message.answersCall(), "a tool message answers a call"))
                        .build());
        };
    }

    private static ChatCompletionAssistantMessageParam assistant(PromptMessage message) {
        ChatCompletionAssistantMessageParam.Builder assistant = ChatCompletionAssistantMessageParam.builder();
        // With tool calls the content may be absent, and some servers refuse it empty.
        if (!message.content().isEmpty() || message.toolCalls().isEmpty()) {
            assistant.content(message.content());
        }
        for (ToolCall call : message.toolCalls()) {
            assistant.addToolCall(ChatCompletionMessageFunctionToolCall.builder()
                    .id(call.id())
                    .function(ChatCompletionMessageFunctionToolCall.Function.builder()
                            .name(call.name())
                            .arguments(call.arguments())
                            .build())
                    .build());
        }
        return assistant.build();
    }
}
