package loci.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.openai.core.JsonValue;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletionAssistantMessageParam;
import com.openai.models.chat.completions.ChatCompletionContentPart;
import com.openai.models.chat.completions.ChatCompletionContentPartImage;
import com.openai.models.chat.completions.ChatCompletionContentPartImage.ImageUrl;
import com.openai.models.chat.completions.ChatCompletionContentPartText;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionMessageParam;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionSystemMessageParam;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.chat.completions.ChatCompletionUserMessageParam;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import loci.model.ModelProfile;
import loci.model.Prompt;
import loci.model.PromptImage;
import loci.model.PromptMessage;
import loci.model.ToolCall;
import loci.model.ToolSchema;

/** Turns prompts into the SDK's requests. Pure. */
final class ChatRequests {

    private static final JsonMapper JSON = new JsonMapper();

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
        for (ToolSchema tool : prompt.tools()) {
            request.addFunctionTool(function(tool));
        }
        if (form.asksForUsage()) {
            request.streamOptions(
                    ChatCompletionStreamOptions.builder().includeUsage(true).build());
        }
        if (form.temperature()) {
            switch (prompt.purpose()) {
                case REPLY -> temperature.ifPresent(request::temperature);
                case SUMMARY, RECAP -> request.temperature(0.0);
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
            case USER -> ChatCompletionMessageParam.ofUser(user(message));
            case ASSISTANT -> ChatCompletionMessageParam.ofAssistant(assistant(message));
            case TOOL ->
                ChatCompletionMessageParam.ofTool(ChatCompletionToolMessageParam.builder()
                        .content(message.content())
                        .toolCallId(Objects.requireNonNull(message.answersCall(), "a tool message answers a call"))
                        .build());
        };
    }

    private static ChatCompletionUserMessageParam user(PromptMessage message) {
        ChatCompletionUserMessageParam.Builder user = ChatCompletionUserMessageParam.builder();
        // Plain where there is no image: many servers of open models take no list of parts.
        if (message.images().isEmpty()) {
            return user.content(message.content()).build();
        }
        List<ChatCompletionContentPart> parts = new ArrayList<>();
        if (!message.content().isEmpty()) {
            parts.add(ChatCompletionContentPart.ofText(ChatCompletionContentPartText.builder()
                    .text(message.content())
                    .build()));
        }
        message.images().forEach(image -> parts.add(ChatCompletionContentPart.ofImageUrl(image(image))));
        return user.contentOfArrayOfContentParts(parts).build();
    }

    private static ChatCompletionContentPartImage image(PromptImage image) {
        return ChatCompletionContentPartImage.builder()
                .imageUrl(ImageUrl.builder()
                        .url(image.source().toString())
                        .detail(
                                switch (image.detail()) {
                                    case LOW -> ImageUrl.Detail.LOW;
                                    case HIGH -> ImageUrl.Detail.HIGH;
                                })
                        .build())
                .build();
    }

    /** @throws IllegalArgumentException where the parameters are no JSON object */
    private static FunctionDefinition function(ToolSchema tool) {
        FunctionParameters.Builder parameters = FunctionParameters.builder();
        try {
            JsonNode schema = JSON.readTree(tool.parameters());
            if (!schema.isObject()) {
                throw new IllegalArgumentException("the parameters of tool " + tool.name() + " are no JSON object");
            }
            schema.properties()
                    .forEach(field ->
                            parameters.putAdditionalProperty(field.getKey(), JsonValue.fromJsonNode(field.getValue())));
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException("the parameters of tool " + tool.name() + " are no JSON", malformed);
        }
        return FunctionDefinition.builder()
                .name(tool.name())
                .description(tool.description())
                .parameters(parameters.build())
                .build();
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
