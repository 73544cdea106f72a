package loci.offline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import loci.model.Cancellation;
import loci.model.ModelOutcome;
import loci.model.Prompt;
import loci.model.Prompt.Purpose;
import loci.model.PromptMessage;
import loci.openai.JtokkitCounters;
import org.junit.jupiter.api.Test;

class OfflineModelTest {

    private final OfflineModel model = new OfflineModel(JtokkitCounters.forEncoding("o200k_base"));
    private final List<PromptMessage> messages = new ArrayList<>(List.of(
            PromptMessage.system("You are loci. Marmalade is in the persona and is not quoted."),
            PromptMessage.system("Several people may speak here. Each message begins with [k3f9q2 NAME DATE]")));

    private void said(String author, String text) {
        messages.add(PromptMessage.user("[k3f9q2 " + author + " 2026-03-01] " + text));
    }

    private String answerTo(String question) {
        said("ada", question);
        ModelOutcome outcome = model.ask(new Prompt(messages, 500, Purpose.REPLY), piece -> {}, new Cancellation());
        return ((ModelOutcome.Answered) outcome).text();
    }

    private String digestOf(int tokens, List<String> lines) {
        Prompt prompt = new Prompt(
                List.of(
                        PromptMessage.system("Condense. Write at most " + tokens + " tokens."),
                        PromptMessage.user(
                                "[k3f9q2 begin record]\n" + String.join("\n", lines) + "\n[k3f9q2 end record]")),
                500,
                Purpose.SUMMARY);
        return ((ModelOutcome.Answered) model.ask(prompt, piece -> {}, new Cancellation())).text();
    }

    @Test
    void quotesWhatBearsOnTheQuestionAndWhoSaidIt() {
        said("ada", "My cat is called Marmalade.");
        said("ben", "I would rather have a dog. Dogs are loyal.");
        assertThat(answerTo("What is my cat called?")).isEqualTo("ada said: “My cat is called Marmalade.”");
    }

    @Test
    void quotesFromTheRunningNote() {
        messages.add(
                PromptMessage.system("[k3f9q2 begin running note]\n- ada: My cat is called Marmalade.\n[k3f9q2 end]"));
        assertThat(answerTo("what is the name my cat is called by?")).contains("Marmalade");
    }

    @Test
    void neitherPersonaNorItsOwnAnswersAreQuoted() {
        messages.add(PromptMessage.assistant("ada said: “My cat is called Marmalade.”"));
        assertThat(answerTo("What is my cat called?")).isEqualTo("Nothing I was given answers that.");
    }

    @Test
    void aFollowUpIsMetWithWhatWasSaidLast() {
        said("ada", "I'm planning a trip to Japan");
        assertThat(answerTo("What's the best season to visit?")).contains("Japan");
    }

    @Test
    void whatIsToldIsNoted() {
        assertThat(answerTo("My cat is called Marmalade.")).isEqualTo("Noted.");
    }

    @Test
    void condensesByPickingTheTellingSentences() {
        List<String> lines = new ArrayList<>();
        lines.add("[k3f9q2 ada 2026-03-01] My cat is called Marmalade.");
        for (int i = 0; i < 40; i++) {
            lines.add("[k3f9q2 ben 2026-03-01] Today I walked " + i + " miles along the river.");
            lines.add("[k3f9q2 bot 2026-03-01] Noted, Pumpernickel.");
        }
        String digest = digestOf(100, lines);
        assertThat(digest).contains("- ada: My cat is called Marmalade.").doesNotContain("Pumpernickel");
        assertThat(JtokkitCounters.forEncoding("o200k_base").count(digest)).isLessThanOrEqualTo(100);
    }

    @Test
    void condensesItsOwnDigestsAgain() {
        assertThat(digestOf(40, List.of("- ada: My cat is called Marmalade.", "- ben: I like tea.")))
                .contains("Marmalade");
    }
}
