package loci.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import loci.SharedData;
import loci.openai.ChatRequest;
import loci.openai.OpenAiServer;
import loci.program.LociProgram.Start;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the program is for, seen from outside: it remembers, its prompts stop growing, and it forgets. */
class RemembersIT {

    private static final String QUESTION = "What is my cat called?";
    private static final String SEASON = "What should I pack for that season?";

    @TempDir
    Path data;

    @Test
    void theOfflineModelRecallsAFactAfterSixtyMessagesARestartAndAKill() throws Exception {
        try (LociProgram loci = Start.chat(data).start()) {
            assertThat(loci.say("My cat is called Marmalade.")).isNotBlank();
            for (int i = 1; i <= 60; i++) {
                loci.say("Today I walked " + i + " miles along the river and saw some ducks.");
            }
            assertThat(loci.say(QUESTION)).contains("Marmalade");
            assertThat(loci.end()).isZero();
            assertThat(loci.err()).contains("not a language model").contains("OPENAI_API_KEY");
        }
        try (LociProgram loci = Start.chat(data).start()) {
            assertThat(loci.say(QUESTION)).contains("Marmalade");
            loci.kill();
        }
        try (LociProgram loci = Start.chat(data).start()) {
            // The answer that was printed just before the kill may come again: nobody had noted that it was printed.
            loci.send(QUESTION);
            assertThat(loci.end()).isZero();
            assertThat(loci.blocks()).isNotEmpty().allMatch(block -> block.contains("Marmalade"));
        }
        try (LociProgram loci = Start.chat(data, "elsewhere").start()) {
            assertThat(loci.say(QUESTION)).doesNotContain("Marmalade");
            loci.send("/channel lab");
            assertThat(loci.say(QUESTION)).contains("Marmalade");
            assertThat(loci.end()).isZero();
        }
    }

    @Test
    void promptsStopGrowingAndForgettingLeavesNoTrace() throws Exception {
        try (OpenAiServer server = OpenAiServer.start().answer(RemembersIT::echoOrCondense);
                LociProgram loci = Start.chat(data)
                        .model(server)
                        .env("LOCI_DATABASE_ENCRYPTION", "off")
                        .env("LOCI_MEMORY_WINDOWTURNS", "8")
                        .start()) {
            loci.say("My cat is called Marmalade.");
            for (int i = 1; i <= 60; i++) {
                loci.say("Message number " + i + " is about nothing in particular.");
            }
            List<Integer> tokens =
                    replies(server).map(ChatRequest::promptTokens).toList();
            int early = max(tokens.subList(15, 30));
            int late = max(tokens.subList(45, 61));
            assertThat(late).isLessThanOrEqualTo(early + early / 4);
            loci.say(QUESTION);
            assertThat(server.lastRequest().text()).contains("Marmalade");

            assertThat(loci.say("/forget here")).contains("messages").contains("Go ahead?");
            assertThat(loci.say("yes")).startsWith("Forgotten: ");
            int before = server.requests().size();
            for (int i = 1; i <= 12; i++) {
                loci.say("Fresh start " + i + ". What is my pet called?");
            }
            assertThat(loci.say("/summary")).doesNotContain("Marmalade");
            assertThat(server.requests().subList(before, server.requests().size()))
                    .isNotEmpty()
                    .noneMatch(request -> request.raw().contains("Marmalade"));
            assertThat(filesWith("Marmalade")).isEmpty();
            assertThat(loci.end()).isZero();
            assertThat(loci.err()).doesNotContain("Marmalade");
        }
        assertThat(filesWith("Marmalade")).isEmpty();
    }

    @Test
    void aTripIsPlannedOnlyBecauseHistoryIsSentAgain() throws Exception {
        try (OpenAiServer server = OpenAiServer.start().answer(RemembersIT::travelAgent)) {
            try (LociProgram loci = Start.chat(data).model(server).start()) {
                assertThat(loci.say("I'm planning a trip to Japan")).contains("Japan");
                assertThat(loci.say("What's the best season to visit?")).contains("autumn");
                assertThat(loci.say(SEASON)).contains("light jacket");
                assertThat(loci.end()).isZero();
            }
            Start none = Start.chat(data.resolve("none")).model(server).env("LOCI_MEMORY_STRATEGY", "none");
            try (LociProgram loci = none.start()) {
                assertThat(loci.say("I'm planning a trip to Japan")).contains("Japan");
                assertThat(loci.say("What's the best season to visit?")).isEqualTo("To visit what?");
                assertThat(loci.say(SEASON)).isEqualTo("Which season?");
                assertThat(loci.end()).isZero();
            }
        }
    }

    @Test
    void aRealDialogueGoesThroughWhole() throws Exception {
        JsonNode dialogue = new JsonMapper()
                .readTree(SharedData.require("locomo/conv-26.json").toFile());
        try (LociProgram loci = Start.chat(data).start()) {
            String speaker = "ada";
            int answered = 0;
            for (JsonNode turn : dialogue.get("turns")) {
                String next = turn.get("speaker").asText();
                if (!next.equals(speaker)) {
                    loci.send("/as " + next);
                    speaker = next;
                }
                assertThat(loci.say(turn.get("text").asText().replaceAll("\\s+", " ")))
                        .isNotBlank();
                answered++;
            }
            assertThat(answered).isGreaterThan(400);
            assertThat(loci.say("/summary")).contains("Running note");
            assertThat(loci.end()).isZero();
        }
    }

    private static Stream<ChatRequest> replies(OpenAiServer server) {
        return server.requests().stream().filter(request -> !isSummary(request));
    }

    private static boolean isSummary(ChatRequest request) {
        return request.lastUser().contains("begin record");
    }

    private static int max(List<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).max().orElseThrow();
    }

    /** A model that keeps every fact it is asked to condense, as far as there is room. */
    private static String echoOrCondense(ChatRequest request) {
        if (!isSummary(request)) {
            return "I see.";
        }
        List<String> lines = new ArrayList<>();
        request.lastUser()
                .lines()
                .filter(line -> line.contains("Marmalade"))
                .findFirst()
                .ifPresent(fact -> lines.add("- ada's cat is called Marmalade"));
        lines.add("- there was small talk");
        return String.join("\n", lines);
    }

    private static String travelAgent(ChatRequest request) {
        String seen = request.text();
        if (seen.contains(SEASON)) {
            return seen.contains("autumn") ? "For autumn, a light jacket." : "Which season?";
        }
        if (seen.contains("best season")) {
            return seen.contains("Japan") ? "In Japan, autumn." : "To visit what?";
        }
        return "Japan is lovely.";
    }

    private List<Path> filesWith(String word) throws IOException {
        byte[] utf8 = word.getBytes(StandardCharsets.UTF_8);
        byte[] utf16 = word.getBytes(StandardCharsets.UTF_16BE);
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> holds(file, utf8) || holds(file, utf16))
                    .toList();
        }
    }

    private static boolean holds(Path file, byte[] word) {
        try {
            // ISO-8859-1 maps every byte to one character, so a search in text is a search in bytes.
            String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
            return bytes.contains(new String(word, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
