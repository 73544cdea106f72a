package loci.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import loci.model.ImageTokens;
import loci.model.Prompt;
import loci.model.PromptImage;
import loci.model.PromptMessage;
import loci.model.PromptMessage.Role;
import loci.model.ToolCall;
import loci.model.ToolSchema;
import loci.prompt.PromptCounter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Prompts of every form, counted by others: {@code golden/README.md} says by whom. */
class GoldenCountsTest {

    /** @param over how many tokens more than these may be counted; 0 where the counts must be equal */
    record Golden(String name, Prompt prompt, ImageTokens images, String encoding, int tokens, int over) {

        @Override
        public String toString() {
            return name + ", " + encoding;
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void countsAreThoseOfOthers(Golden golden) {
        PromptCounter counter = new PromptCounter(JtokkitCounters.forEncoding(golden.encoding()), golden.images());
        int counted = counter.count(golden.prompt());
        assertThat(counted).isBetween(golden.tokens(), golden.tokens() + golden.over());
        assertThat(counter.count(golden.prompt().messages())
                        + counter.countTools(golden.prompt().tools()))
                .as("the parts one by one")
                .isGreaterThanOrEqualTo(counted);
    }

    @Test
    void everyFormIsThereInBothEncodings() {
        List<Golden> all = all().toList();
        for (String encoding : List.of("o200k_base", "cl100k_base")) {
            List<Golden> those =
                    all.stream().filter(one -> one.encoding().equals(encoding)).toList();
            assertThat(those).hasSizeGreaterThan(70);
            List<PromptMessage> messages = those.stream()
                    .flatMap(one -> one.prompt().messages().stream())
                    .toList();
            assertThat(messages).extracting(PromptMessage::role).contains(Role.values());
            assertThat(messages).anyMatch(message -> message.toolCalls().size() > 1);
            assertThat(messages).anyMatch(message -> message.images().size() > 1);
            assertThat(those).anyMatch(one -> one.prompt().tools().size() > 1);
        }
    }

    private static Stream<Golden> all() {
        List<Golden> all = new ArrayList<>();
        for (JsonNode one : file()) {
            for (var figure : one.get("tokens").properties()) {
                all.add(new Golden(
                        one.get("name").asText(),
                        new Prompt(
                                one.get("messages")
                                        .valueStream()
                                        .map(GoldenCountsTest::message)
                                        .toList(),
                                one.path("tools")
                                        .valueStream()
                                        .map(GoldenCountsTest::tool)
                                        .toList(),
                                100,
                                Prompt.Purpose.REPLY),
                        rule(one.path("rule")),
                        figure.getKey(),
                        figure.getValue().asInt(),
                        one.path("over").asInt()));
            }
        }
        return all.stream();
    }

    private static PromptMessage message(JsonNode node) {
        return new PromptMessage(
                Role.valueOf(node.get("role").asText().toUpperCase(Locale.ROOT)),
                node.get("content").asText(),
                node.path("images").valueStream().map(GoldenCountsTest::image).toList(),
                node.path("calls")
                        .valueStream()
                        .map(call -> new ToolCall(
                                call.get("id").asText(),
                                call.get("name").asText(),
                                call.get("arguments").asText()))
                        .toList(),
                Optional.ofNullable(node.get("answers")).map(JsonNode::asText).orElse(null));
    }

    private static PromptImage image(JsonNode node) {
        return new PromptImage(
                URI.create("https://files.example/a.png"),
                node.get("width").asInt(),
                node.get("height").asInt(),
                PromptImage.Detail.valueOf(node.get("detail").asText().toUpperCase(Locale.ROOT)));
    }

    private static ToolSchema tool(JsonNode node) {
        return new ToolSchema(
                node.get("name").asText(),
                node.get("description").asText(),
                node.get("parameters").toPrettyString());
    }

    private static ImageTokens rule(JsonNode rule) {
        if (rule.has("patch_cap")) {
            return new ImageTokens.Patches(
                    rule.get("patch_multiplier").asDouble(),
                    rule.get("patch_cap").asInt());
        }
        return rule.has("tile")
                ? new ImageTokens.Tiles(
                        rule.get("base").asInt(), rule.get("tile").asInt())
                : new ImageTokens.Area();
    }

    private static JsonNode file() {
        try (InputStream golden = GoldenCountsTest.class.getResourceAsStream("/golden/token-counts.json")) {
            return new JsonMapper().readTree(Objects.requireNonNull(golden));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
