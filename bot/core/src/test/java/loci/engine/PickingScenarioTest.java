package loci.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import loci.chat.ChatPlatform.Shown;
import loci.chat.MessageRef;
import loci.chat.Standing;
import loci.command.MessageCommand;
import loci.command.QuestionForm;
import org.junit.jupiter.api.Test;

/** What people do with a message that they pick, what a platform admits them to, and what they are told the bot hears. */
class PickingScenarioTest {

    private final Chat chat = Chat.hybrid(20, 5);

    private String forget(String author, MessageRef message) {
        return chat.pick(author, MessageCommand.FORGET, message, Chat.START);
    }

    @Test
    void aMessageOfOnesOwnIsForgottenWithItsAnswer() {
        chat.model.onReply = prompt -> ScriptedModel.answered("Noted: 4711.");
        MessageRef own = chat.post("ada", "the code is 4711", true);
        chat.standing = Standing.MEMBER;
        assertThat(forget("ada", own)).startsWith("This would erase 1 message, 1 more reply of mine");
        assertThat(chat.confirm("ada")).startsWith("Forgotten: 2 messages");
        assertThat(forget("ada", own)).isEqualTo("Nothing of this message is remembered here.");
        chat.say("ada", "hm");
        assertThat(chat.lastPromptText()).doesNotContain("4711");
    }

    @Test
    void theAnswerToOnesOwnQuestionIsForgottenAndTheQuestionStays() {
        chat.model.onReply = prompt -> ScriptedModel.answered("Four cows.");
        chat.post("ada", "how many?", true);
        chat.standing = Standing.MEMBER;
        assertThat(forget("ben", new MessageRef("out-0"))).isEqualTo("That is for those who manage this place.");
        assertThat(forget("ada", new MessageRef("out-0"))).startsWith("This would erase 1 message");
        chat.model.onReply = prompt -> ScriptedModel.answered("ok");
        assertThat(chat.confirm("ada")).startsWith("Forgotten: 1 message ");
        chat.say("ada", "hm");
        assertThat(chat.lastPromptText()).contains("how many?").doesNotContain("Four cows");
    }

    @Test
    void othersMessagesAreForWhoManagesThePlace() {
        MessageRef message = chat.post("ada", "the plan", false);
        chat.standing = Standing.MEMBER;
        assertThat(forget("ben", message)).isEqualTo("That is for those who manage this place.");
        assertThat(forget("ben", new MessageRef("elsewhere"))).startsWith("Nothing of this message is remembered");
        chat.standing = Standing.ADMIN;
        assertThat(forget("ben", message)).startsWith("This would erase 1 message");
        assertThat(chat.command("ben", "/forget this")).startsWith("I did not understand that.");
    }

    @Test
    void aSummaryFromAMessageOnBeginsWithIt() {
        chat.post("ada", "We start at nine.", false);
        chat.passes(Duration.ofHours(1));
        MessageRef from = chat.post("ben", "The hall is booked.", false);
        chat.passes(Duration.ofHours(1));
        chat.post("ben", "Bring the red folder.", false);
        chat.model.onSummary = prompt -> {
            assertThat(ScriptedModel.textOf(prompt))
                    .contains("The hall is booked.", "red folder")
                    .doesNotContain("nine");
            return ScriptedModel.answered("- ben: the hall is booked");
        };
        assertThat(chat.pick("ada", MessageCommand.SUMMARY, from, Chat.START.plus(Duration.ofHours(1))))
                .contains("**: 2 messages", "- ben: the hall is booked");
        chat.model.onSummary = prompt -> ScriptedModel.answered("- ben: red");
        assertThat(chat.pick(
                        "ada",
                        MessageCommand.SUMMARY,
                        new MessageRef("unheard"),
                        Chat.START.plus(Duration.ofMinutes(90))))
                .as("one that was not heard has its time")
                .contains("**: 1 message");
        assertThat(chat.command("ada", "/summary since this")).startsWith("I did not understand that.");
    }

    @Test
    void whomThePlatformLetsRunACommandForAdminsMayRunThatOneAndNoOther() {
        chat.standing = Standing.MEMBER;
        assertThat(chat.command("ben", "/pause")).isEqualTo("That is for those who manage this place.");
        assertThat(chat.admitted("ben", "pause", "")).startsWith("Paused");
        assertThat(chat.admitted("ben", "resume", "")).startsWith("I am listening again");
        assertThat(chat.admitted("ben", "settings", "listen all"))
                .as("open to everybody for looking, so that the platform keeps nobody from it")
                .isEqualTo("That is for those who manage this place.");
    }

    @Test
    void helpSaysWhatTheBotDoesNotHear() {
        assertThat(chat.command("ada", "/help")).doesNotContain("What I see here");
        chat.command("ada", "/settings listen mentions");
        assertThat(chat.command("ada", "/help")).contains("commands only. This channel is set so");
        assertThat(chat.command("ada", "/privacy")).contains("and nothing else");
        chat.shown = Shown.DIRECT;
        assertThat(chat.command("ada", "/help")).doesNotContain("What I see here");
        chat.command("ada", "/settings listen all");
        chat.shown = Shown.ADDRESSED;
        assertThat(chat.command("ada", "/help")).contains("The platform shows me nothing else");
        assertThat(chat.command("ada", "/summary since 2h")).contains("the platform shows me nothing else");
    }

    @Test
    void whatIsOfferedOnAMessageHasShortNamesInEachLanguage() {
        var commands = chat.engine.commands();
        assertThat(commands.name(MessageCommand.ASK, Locale.ROOT)).isEqualTo("Ask loci about this");
        assertThat(commands.name(MessageCommand.FORGET, Locale.GERMAN)).isEqualTo("Nachricht vergessen");
        assertThat(commands.questionForm(Locale.ROOT))
                .isEqualTo(new QuestionForm("Ask loci about this", "Your question", "What does this mean?"));
    }
}
