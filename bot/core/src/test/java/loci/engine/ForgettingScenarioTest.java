package loci.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import loci.chat.CommandAnswer.Basis;
import loci.chat.MessageRef;
import loci.prompt.Strategy;
import org.junit.jupiter.api.Test;

/** Forgetting, and the note that forgets with it. */
class ForgettingScenarioTest {

    private final Chat chat = Chat.hybrid(6, 2);

    ForgettingScenarioTest() {
        // A summariser that keeps every word, so that whatever should be gone would show.
        chat.model.onSummary = prompt -> ScriptedModel.answered("- so far: "
                + prompt.messages().getLast().content().lines().skip(1).toList());
    }

    private void smallTalk(int messages) {
        for (int i = 0; i < messages; i++) {
            chat.say("ben", "small talk number " + i);
        }
    }

    private void assertGone(String word, Runnable after) {
        int replies = chat.model.replies.size();
        int summaries = chat.model.summaries.size();
        after.run();
        assertThat(chat.promptsSince(replies, summaries)).isNotEmpty().noneMatch(text -> text.contains(word));
        assertThat(chat.command("ben", "/summary")).doesNotContain(word);
    }

    @Test
    void aFactOutlivesTheWindowInTheNote() {
        chat.say("ada", "My cat is called Marmalade.");
        smallTalk(60);
        chat.say("ada", "What is my cat called?");
        assertThat(chat.model.summaries).isNotEmpty();
        String prompt = chat.lastPromptText();
        assertThat(prompt).contains("begin running note");
        assertThat(chat.lastPrompt().messages()).hasSizeLessThan(3 + 8);
    }

    @Test
    void forgetHereAsksThenErasesEverything() {
        chat.say("ada", "My cat is called Marmalade.");
        smallTalk(10);
        String preview = chat.command("ada", "/forget here");
        assertThat(preview).contains("22 messages").contains("Go ahead?");
        assertThat(chat.say("ben", "still there?")).isEqualTo("ok");

        assertThat(chat.confirm("eve")).contains("Only the person");
        assertThat(chat.confirm("ada")).startsWith("Forgotten: 22 messages");
        assertThat(chat.confirm("ada")).contains("nothing left to confirm");
        assertGone("Marmalade", () -> smallTalk(12));
    }

    @Test
    void forgetMineTakesTheRepliesThatQuoteItAndTheNote() {
        chat.model.onReply = prompt ->
                ScriptedModel.answered(ScriptedModel.textOf(prompt).contains("Marmalade") ? "Ah, Marmalade!" : "Hm.");
        chat.say("ada", "My cat is called Marmalade.");
        chat.say("ben", "I prefer dogs. What was the cat called?");
        smallTalk(10);
        String receipt = chat.command("ada", "/forget mine --yes");
        assertThat(receipt).startsWith("Forgotten: ").contains("summar");
        assertGone("Marmalade", () -> smallTalk(12));
        assertThat(chat.lastPromptText()).contains("I prefer dogs");
    }

    @Test
    void forgetLastAndSinceCountMessages() {
        chat.say("ada", "one");
        chat.passes(Duration.ofHours(3));
        chat.say("ada", "two");
        assertThat(chat.command("ada", "/forget since 2h")).contains("2 messages");
        assertThat(chat.command("ada", "/forget last 1 --yes")).startsWith("Forgotten: 1 message");
        assertThat(chat.command("ada", "/forget last 99 --yes")).startsWith("Forgotten: 3 messages");
        assertThat(chat.command("ada", "/forget here")).contains("nothing to forget");
    }

    @Test
    void whatCannotBeUnderstoodErasesNothing() {
        chat.say("ada", "one");
        for (String wrong :
                new String[] {"", " all", " last", " last -1", " last 0", " since", " since tomorrow", " here now"}) {
            assertThat(chat.command("ada", "/forget" + wrong)).contains("`/forget here`");
        }
        assertThat(chat.command("ada", "/forgte here")).contains("no command `/forgte`");
        assertThat(chat.command("ada", "/forget here")).contains("2 messages");
    }

    @Test
    void aDeletedMessageLeavesTheNoteAndTheRepliesThatQuoteIt() {
        chat.model.onReply = prompt -> ScriptedModel.answered(
                ScriptedModel.textOf(prompt).contains("heliotrope") ? "The code is heliotrope." : "Hm.");
        MessageRef secret = chat.post("ada", "The code is heliotrope.", false);
        smallTalk(15);
        assertThat(chat.lastPromptText()).contains("heliotrope");
        chat.delete(secret);
        assertGone("heliotrope", () -> smallTalk(8));
        assertThat(chat.command("ben", "/summary")).contains("small talk number 0");
    }

    @Test
    void anEditTakesTheOldWordsOutOfTheNote() {
        MessageRef message = chat.post("ada", "My address is 12 Elm Street.", false);
        smallTalk(15);
        chat.edit(message, "My address is private.");
        assertGone("Elm", () -> smallTalk(8));
        assertThat(chat.command("ben", "/summary")).contains("private");
    }

    @Test
    void summaryShowsTheNoteAndWhatItCovers() {
        assertThat(chat.command("ada", "/summary")).contains("Nothing is remembered");
        chat.say("ada", "My cat is called Marmalade.");
        assertThat(chat.command("ada", "/summary")).contains("no note yet").contains("all 2 messages");
        assertThat(chat.command("ada", "/summary refresh"))
                .contains("Running note")
                .contains("2 older messages")
                .contains("Marmalade");
        chat.model.onSummary = prompt -> ScriptedModel.answered("");
        chat.say("ada", "And my dog is Rex.");
        assertThat(chat.command("ada", "/summary refresh")).contains("could not be brought up to date");
    }

    @Test
    void aSummariserThatFailsLosesNothingAndIsTriedAgainLater() {
        chat.model.onSummary = prompt -> ScriptedModel.answered("");
        chat.say("ada", "My cat is called Marmalade.");
        smallTalk(5);
        int tries = chat.model.summaries.size();
        assertThat(tries).isEqualTo(1);
        smallTalk(1);
        assertThat(chat.model.summaries).hasSize(tries);
        chat.model.onSummary = prompt -> ScriptedModel.answered("- cat Marmalade");
        chat.passes(Duration.ofMinutes(1));
        smallTalk(1);
        chat.say("ada", "And?");
        assertThat(chat.lastPromptText()).contains("- cat Marmalade");
    }

    @Test
    void aForgetWhileADigestIsMadeStaysForgotten() {
        MessageRef secret = chat.post("ada", "The code is heliotrope.", false);
        chat.model.onSummary = prompt -> {
            String record = prompt.messages().getLast().content();
            if (record.contains("heliotrope")) {
                chat.delete(secret);
            }
            return ScriptedModel.answered("- " + (record.contains("heliotrope") ? "heliotrope" : "clean"));
        };
        smallTalk(8);
        chat.say("ben", "well?");
        assertThat(chat.lastPromptText()).contains("- clean").doesNotContain("heliotrope");
    }

    @Test
    void theNoteIsATreeOfLogarithmicWidth() {
        smallTalk(300);
        assertThat(chat.store.note(chat.channel())).hasSizeLessThan(12);
        assertThat(chat.store.note(chat.channel()).getFirst().level()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void theWindowStrategyShowsOnlyTheLastTurns() {
        Chat window = new Chat(new Strategy.Window(4), new loci.prompt.CompactionPolicy(6, 2, 1_000, 1_000, 200, 3));
        for (int i = 0; i < 20; i++) {
            window.say("ada", "number " + i);
        }
        assertThat(window.lastPrompt().messages()).hasSize(2 + 4 + 1);
        assertThat(window.model.summaries).isEmpty();
    }

    /** What the last answer was made from, where others may read it too. */
    private Basis shareable() {
        return Objects.requireNonNull(chat.answers.getLast().shareable(), "the last answer is not to be shared");
    }

    @Test
    void anAnswerThatCanBeSharedStandsUntilSomethingIsForgotten() {
        MessageRef cat = chat.post("ada", "My cat is called Marmalade.", false);
        MessageRef dog = chat.post("ben", "My dog is called Rex.", false);
        chat.command("ada", "/summary since 2h");
        Basis both = shareable();
        assertThat(chat.engine.stands(both)).isTrue();
        chat.post("ben", "Good night.", false);
        assertThat(chat.engine.stands(both)).as("something more is said").isTrue();
        chat.edit(dog, "My dog is called Max.");
        assertThat(chat.engine.stands(both)).isFalse();
        chat.command("ada", "/summary since 2h");
        Basis edited = shareable();
        chat.delete(cat);
        assertThat(chat.engine.stands(edited)).isFalse();
        smallTalk(20);
        chat.command("ada", "/summary");
        Basis note = shareable();
        assertThat(chat.engine.stands(note)).isTrue();
        chat.command("ada", "/forget here --yes");
        assertThat(chat.engine.stands(note)).isFalse();
    }
}
