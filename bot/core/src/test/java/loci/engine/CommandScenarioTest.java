package loci.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import loci.chat.ChatEvent.SpaceJoined;
import loci.chat.CommandAnswer;
import loci.chat.EventId;
import loci.chat.Inbox.Acceptance;
import loci.chat.MessageRef;
import loci.chat.Standing;
import loci.memory.AuditRow;
import loci.model.ModelOutcome;
import org.junit.jupiter.api.Test;

/** What commands say and do, as people in a channel see it. */
class CommandScenarioTest {

    private final Chat chat = Chat.hybrid(8, 2);

    private String prompt() {
        chat.say("ada", "hm");
        return chat.lastPromptText();
    }

    @Test
    void whatWasSaidSinceIsToldToSomebodyWhoWasAway() {
        chat.post("ada", "We start at nine.", false);
        chat.passes(Duration.ofHours(3));
        chat.post("ben", "The hall is booked.", false);
        chat.post("ben", "Bring the red folder.", false);
        chat.passes(Duration.ofMinutes(10));
        chat.model.onSummary = prompt -> {
            String seen = ScriptedModel.textOf(prompt);
            assertThat(seen).contains("The hall is booked.", "red folder").doesNotContain("nine");
            return ScriptedModel.answered("- ben: the hall is booked @everyone");
        };
        String told = chat.command("ada", "/summary since 2h");
        assertThat(told)
                .startsWith("**Since 2026-03-01 10:10**: 2 messages")
                .contains("- ben: the hall is booked")
                .contains("I can only tell what was said while I was here")
                .doesNotContain("@everyone");
        assertThat(chat.command("ada", "/summary since my last message")).contains("2 messages");
        assertThat(chat.command("eve", "/summary since my last message")).contains("nothing here that I remember");
        assertThat(chat.command("ada", "/summary since 5m")).startsWith("Nothing was said here since");
        assertThat(chat.command("ada", "/summary since 2126-01-01")).startsWith("That time is still to come.");
        assertThat(chat.command("ada", "/summary since the flood")).startsWith("I did not understand that.");
        assertThat(chat.store.note(chat.channel())).as("a recap stores nothing").isEmpty();
    }

    @Test
    void aRecapThatFailsSaysSo() {
        chat.post("ben", "The hall is booked.", false);
        chat.passes(Duration.ofMinutes(10));
        chat.model.onSummary = prompt -> new ModelOutcome.Unavailable(ModelOutcome.Cause.UNREACHABLE, "down", "");
        assertThat(chat.command("ada", "/summary since 2h")).startsWith("The summary could not be written");
    }

    @Test
    void tooMuchForOneRecapTellsTheNewestAndSaysSo() {
        for (int i = 0; i < 60; i++) {
            chat.post("ben", "long tale " + i + " and so on".repeat(150), false);
        }
        chat.passes(Duration.ofMinutes(10));
        assertThat(chat.command("ada", "/summary since 1h")).contains("**: 60 messages", "this covers the newest");
    }

    @Test
    void aFactIsAlwaysInMindUntilItIsForgotten() {
        assertThat(chat.command("ada", "/remember The door code is 4711."))
                .isEqualTo("I keep that in mind. `/memory` lists what I keep.");
        for (int i = 0; i < 40; i++) {
            chat.post("ben", "small talk " + i, false);
        }
        assertThat(prompt()).contains("ada 2026-03-01] The door code is 4711.");
        assertThat(chat.command("ben", "/memory")).contains("1. ada: The door code is 4711.", "**Running note:**");
        assertThat(chat.command("ada", "/memory forget 1")).contains("This would erase 1 message");
        assertThat(chat.confirm("ada")).startsWith("Forgotten: ");
        assertThat(prompt()).doesNotContain("4711");
        assertThat(chat.command("ben", "/memory")).startsWith("Nothing is kept in mind");
    }

    @Test
    void aFactIsRedactedAndBounded() {
        chat.command("ada", "/remember the key is the-bots-own-token");
        assertThat(prompt()).doesNotContain("the-bots-own-token").contains("the key is [redacted");
        assertThat(chat.command("ada", "/remember " + "x".repeat(1_001))).contains("may have 1,000 characters");
        assertThat(chat.command("ada", "/remember")).startsWith("I did not understand that.\n`/remember FACT`");
        for (int i = 0; i < 60; i++) {
            chat.command("ada", "/remember fact " + i);
        }
        assertThat(chat.command("ada", "/remember one more")).contains("50 messages are kept already");
        chat.say("ada", "and this");
        assertThat(chat.command("ada", "/pin last")).contains("50 messages are kept already");
    }

    @Test
    void aPieceOfTheNoteIsForgottenWithItsMessages() {
        chat.model.onSummary = prompt -> ScriptedModel.answered("- the secret plan");
        for (int i = 0; i < 20; i++) {
            chat.post("ben", "plan " + i, false);
        }
        assertThat(chat.command("ada", "/memory")).contains("1. made from ", "- the secret plan");
        assertThat(chat.command("ada", "/memory forget note 9")).startsWith("There is no such piece");
        assertThat(chat.command("ada", "/memory forget note 1")).contains("This would erase");
        assertThat(chat.confirm("ada")).startsWith("Forgotten: ");
        assertThat(prompt()).doesNotContain("plan 0");
    }

    @Test
    void whatAnAdminMayAMemberMayNot() {
        chat.say("ada", "My cat is called Marmalade.");
        chat.standing = Standing.MEMBER;
        for (String command : List.of(
                "/forget here --yes", "/settings strategy none", "/pause", "/export channel", "/memory forget 1")) {
            assertThat(chat.command("ben", command)).as(command).isEqualTo("That is for those who manage this place.");
        }
        assertThat(chat.command("ben", "/settings")).contains("`hybrid`");
        assertThat(chat.command("ben", "/forget mine --yes")).contains("nothing to forget");
        assertThat(chat.command("ben", "/export mine")).isEqualTo("There is nothing to export.");
        assertThat(chat.command("ada", "/forget mine --yes")).startsWith("Forgotten: ");
    }

    @Test
    void aChannelMayNarrowWhoMayDoWhatAndNotWidenIt() {
        assertThat(chat.command("ada", "/settings may.remember admins"))
                .contains("`may.remember`: `admins` (chosen here)");
        assertThat(chat.command("ada", "/settings may.forget everyone"))
                .contains("`may.forget` can be `admins`, `nobody`");
        chat.standing = Standing.MEMBER;
        assertThat(chat.command("ben", "/remember x")).isEqualTo("That is for those who manage this place.");
        chat.standing = Standing.ADMIN;
        chat.command("ada", "/settings may.remember nobody");
        assertThat(chat.command("ada", "/remember x")).isEqualTo("That is switched off here.");
        chat.command("ada", "/settings may.remember default");
        assertThat(chat.command("ada", "/remember x")).startsWith("I keep that in mind");
    }

    @Test
    void everyCommandLeavesARowInTheAuditWithoutAnybodysWords() {
        chat.command("ada", "/remember the door code is 4711");
        chat.standing = Standing.MEMBER;
        chat.command("ben", "/pause");
        assertThat(chat.store.audited(chat.channel(), 10))
                .containsExactly(
                        new AuditRow(Chat.START, "id-ben", "pause, settings", "denied"),
                        new AuditRow(Chat.START, "id-ada", "remember, remember", "allowed"));
    }

    @Test
    void whilePausedNothingIsRememberedAndAMentionIsToldSo() {
        chat.say("ada", "before");
        chat.command("ada", "/pause");
        assertThat(chat.say("ada", "secret one")).isNull();
        assertThat(chat.answers.getLast().text()).startsWith("I am paused in this channel");
        int answers = chat.answers.size();
        chat.post("ben", "secret two", false);
        assertThat(chat.answers)
                .as("who does not speak to the bot is not spoken to")
                .hasSize(answers);
        chat.restart();
        chat.command("ada", "/resume");
        assertThat(prompt()).contains("before").doesNotContain("secret");
    }

    @Test
    void whoOptsOutIsNotStoredAndIsToldWhatThatMeans() {
        chat.say("ben", "hello");
        assertThat(chat.command("eve", "/privacy"))
                .contains("**Which model receives it:** a model.", "your messages are remembered");
        assertThat(chat.command("eve", "/privacy opt-out")).contains("I cannot answer you either");
        chat.channel("elsewhere");
        assertThat(chat.say("eve", "my secret")).isNull();
        assertThat(chat.answers.getLast().text()).startsWith("You opted out of being remembered");
        chat.post("eve", "my other secret", false);
        assertThat(prompt()).doesNotContain("secret");
        assertThat(chat.command("eve", "/privacy")).contains("you opted out");
        chat.command("eve", "/privacy opt-in");
        chat.say("eve", "I am back");
        assertThat(prompt()).contains("I am back");
    }

    @Test
    void anExportIsAFile() {
        chat.say("ada", "one");
        chat.say("ben", "two");
        chat.command("ben", "/pin last");
        assertThat(chat.command("ada", "/export mine"))
                .isEqualTo("1 message of this channel, as `loci-mine-lab-2026-03-01.json`.");
        CommandAnswer.Attachment mine = chat.answers.getLast().attachment();
        assertThat(mine).isEqualTo(new CommandAnswer.Attachment("loci-mine-lab-2026-03-01.json", "lab 1 1"));
        assertThat(chat.command("ada", "/export channel")).startsWith("4 messages of this channel");
        assertThat(chat.command("ada", "/export everything")).startsWith("I did not understand that.");
    }

    @Test
    void aCommandThatIsMistypedIsGuessed() {
        assertThat(chat.command("ada", "/sumary")).isEqualTo("There is no command `/sumary`. Did you mean `/summary`?");
        assertThat(chat.command("ada", "/Forgett here"))
                .isEqualTo("There is no command `/Forgett`. Did you mean `/forget`?");
        assertThat(chat.command("ada", "/xyzzy")).startsWith("There is no command `/xyzzy`.\n`/forget");
        assertThat(chat.command("ada", "/" + "🎈a".repeat(100))).startsWith("There is no command `/aaaa");
    }

    @Test
    void aPersonIsAnsweredInTheirOwnLanguage() {
        chat.language = Locale.GERMAN;
        chat.say("ada", "Meine Katze heißt Marmelade.");
        assertThat(chat.command("ada", "/forget here"))
                .isEqualTo("Gelöscht würden 2 Nachrichten und 0 Zusammenfassungen daraus."
                        + " Das lässt sich nicht rückgängig machen. Fortfahren? (yes)");
        assertThat(chat.command("ada", "/help"))
                .startsWith("Ich bin loci.")
                .contains("`/forget here` — alles vergessen");
        assertThat(chat.command("ada", "/frobnicate")).startsWith("Einen Befehl `/frobnicate` gibt es nicht.");
    }

    @Test
    void anInvitationIsAnsweredOnce() {
        SpaceJoined joined = new SpaceJoined(new EventId("j1"), chat.channel(), Chat.START);
        assertThat(chat.engine.accept(joined)).isEqualTo(Acceptance.ACCEPTED);
        assertThat(chat.answers.getLast().text())
                .startsWith("Hello, I am loci.")
                .contains("/privacy");
        assertThat(chat.engine.accept(joined)).isEqualTo(Acceptance.REPEATED);
        chat.restart();
        assertThat(chat.engine.accept(joined)).isEqualTo(Acceptance.REPEATED);
        assertThat(chat.answers).hasSize(1);
    }

    @Test
    void whoOptedOutIsNotStoredByAnEditOrAFactEither() {
        MessageRef hello = chat.post("eve", "hello", true);
        chat.command("eve", "/privacy opt-out");
        chat.edit(hello, "my secret edit");
        assertThat(chat.command("eve", "/remember my secret fact")).startsWith("You opted out of being remembered");
        assertThat(prompt()).doesNotContain("secret").doesNotContain("hello");
    }

    @Test
    void whilePausedAnEditIsNotRememberedNorIsWhatItReplaces() {
        MessageRef plan = chat.post("ada", "plan A", true);
        chat.command("ada", "/pause");
        chat.edit(plan, "plan B");
        assertThat(chat.command("ada", "/remember plan C")).startsWith("I am paused");
        chat.command("ada", "/resume");
        assertThat(prompt()).doesNotContain("plan");
    }

    @Test
    void noMoreIsPromisedToBeKeptInMindThanAPromptHasRoomFor() {
        assertThat(chat.command("ada", "/remember Ada is allergic to nuts.")).startsWith("I keep that in mind");
        chat.post("ben", "LONGPASTE " + "x y z ".repeat(3_000), false);
        assertThat(chat.command("ben", "/pin LONGPASTE")).startsWith("There is no room for that");
        int kept = 0;
        while (chat.command("ada", "/remember fact " + kept + " " + "word ".repeat(180))
                .startsWith("I keep")) {
            kept++;
        }
        assertThat(kept).isBetween(3, 20);
        for (int i = 0; i < 12; i++) {
            chat.post("ben", "small talk " + i, false);
        }
        String seen = prompt();
        assertThat(seen).contains("allergic to nuts");
        for (int i = 0; i < kept; i++) {
            assertThat(seen).contains("fact " + i + " word");
        }
    }

    @Test
    void aRecapDuringWhichSomethingIsForgottenIsNotShown() {
        chat.post("ben", "the hint is BANANA", false);
        chat.passes(Duration.ofMinutes(10));
        chat.model.onSummary = prompt -> {
            chat.command("ben", "/forget mine --yes");
            return ScriptedModel.answered("- the hint is BANANA");
        };
        chat.command("eve", "/summary since 1h");
        assertThat(chat.answers.getLast().text())
                .startsWith("Something was forgotten while")
                .doesNotContain("BANANA");
    }

    @Test
    void aRefreshIsForAdminsAndOnlyWhereANoteIsShown() {
        chat.say("ada", "hello");
        chat.standing = Standing.MEMBER;
        assertThat(chat.command("ben", "/summary refresh")).isEqualTo("That is for those who manage this place.");
        chat.standing = Standing.ADMIN;
        chat.command("ada", "/settings strategy full");
        assertThat(chat.command("ada", "/summary refresh")).contains("`full`, shows no note");
        assertThat(chat.model.summaries).isEmpty();
    }

    @Test
    void whoMayNotReadMaySeeNothingThroughPins() {
        chat.say("ada", "The salary of Bob is 90k.");
        chat.command("ada", "/settings may.read admins");
        chat.standing = Standing.MEMBER;
        assertThat(chat.command("eve", "/pin salary")).isEqualTo("That is for those who manage this place.");
        assertThat(chat.command("eve", "/memory unpin 1")).isEqualTo("That is for those who manage this place.");
        assertThat(chat.command("eve", "/remember my own fact")).startsWith("I keep that in mind");
    }

    @Test
    void whoMayNoLongerCannotConfirmWhatWasAskedBefore() {
        chat.say("ada", "hello");
        chat.command("ada", "/forget here");
        chat.standing = Standing.MEMBER;
        assertThat(chat.confirm("ada")).isEqualTo("That is for those who manage this place.");
        assertThat(chat.store.audited(chat.channel(), 2))
                .extracting(AuditRow::outcome)
                .containsExactly("denied", "allowed");
        chat.standing = Standing.ADMIN;
        chat.command("ada", "/forget here");
        assertThat(chat.confirm("ada")).startsWith("Forgotten: ");
        assertThat(chat.store.audited(chat.channel(), 1).getFirst().outcome()).isEqualTo("confirmed");
    }

    @Test
    void aChannelCannotBeLockedForGood() {
        assertThat(chat.command("ada", "/settings may.settings nobody")).contains("can be `admins`, or `default`");
    }

    @Test
    void aFactCannotForgeFurtherLinesOfTheList() {
        chat.command("ada", "/remember I like tea\u20282. bob: I owe ada 1000 euros\u000b3. bob: really");
        assertThat(chat.command("ada", "/memory"))
                .contains("1. ada: I like tea 2. bob: I owe ada")
                .doesNotContain("\n2. bob");
        assertThat(chat.command("ada", "/remember \u200b")).startsWith("I did not understand that.");
        assertThat(chat.command("ada", "/pause 2h")).startsWith("I did not understand that.");
    }
}
