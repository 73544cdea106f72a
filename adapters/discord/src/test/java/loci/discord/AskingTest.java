package loci.discord;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import loci.chat.Author;
import loci.chat.ConversationId;
import loci.discord.standin.Channel;
import loci.discord.standin.DiscordServer;
import loci.discord.standin.Gate;
import loci.discord.standin.Guild;
import loci.discord.standin.Interaction;
import loci.discord.standin.Message;
import loci.discord.standin.Permission;
import loci.discord.standin.Person;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Questions about a message that somebody picked on Discord. */
@Timeout(60)
class AskingTest {

    private static final String ASK = "Ask Loci about this";

    private final DiscordServer server = DiscordServer.start();
    private final Guild garden = server.guild("Garden");
    private final Channel general = garden.channel("general");
    private final Person ada = garden.member("ada");
    private final Person bob = garden.member("bob");
    private final ConversationId here =
            ConversationId.ofChannel("discord", Long.toString(garden.id()), Long.toString(general.id()));

    @AfterEach
    void nothingStraysFromDiscordsOwnDescription() {
        server.close();
        assertThat(server.violations()).isEmpty();
    }

    private static Interaction asks(Person person, Message about) {
        return person.picks(ASK, about).awaitAcknowledged();
    }

    @Test
    void aQuestionIsAMessageForAllToSee() {
        try (Bot bot = Bot.hearingMentions(server)) {
            bot.model.answers("in the shed");
            Message said = bob.says(general, "the red folder, as ever");
            Interaction form = asks(ada, said);
            assertThat(String.valueOf(form.form())).contains(ASK, "Your question", "What does this mean?");
            Message question = ada.submits(form, "where is it, " + bob.mention() + " @everyone **?**")
                    .awaitAnswer();
            assertThat(question.ephemeral()).isFalse();
            assertThat(bob.sees(general)).contains(question);
            assertThat(question.text())
                    .startsWith("**ada** asks about https://discord.com/channels/" + garden.id() + "/" + general.id()
                            + "/" + said.id() + "\n> where is it");
            assertThat(question.pings().none()).isTrue();
            assertThat(ada.awaitsReplyTo(question).text()).isEqualTo("in the shed");
            assertThat(bot.model.prompts().getLast()).contains("the red folder, as ever", "where is it");
            assertThat(bot.remembers(here, 3)).contains("the red folder, as ever", "in the shed");
        }
    }

    @Test
    void nothingWrittenAsksWhatItMeans() {
        try (Bot bot = Bot.on(server)) {
            Message said = bob.says(general, "omnia mea mecum porto");
            ada.awaitsReplyTo(ada.submits(asks(ada, said), "").awaitAnswer());
            assertThat(bot.model.prompts().getLast()).contains("What does this mean?", "omnia mea");
        }
    }

    @Test
    void whatIsPickedIsShownWithoutMessageContentToo() {
        try (Bot bot = Bot.ofMentions(server)) {
            Message said = bob.says(general, "the hall is booked");
            ada.awaitsReplyTo(ada.submits(asks(ada, said), "when?").awaitAnswer());
            assertThat(bot.model.prompts().getLast()).contains("the hall is booked", "when?");
        }
    }

    @Test
    void theQuestionGoesWithItsMessage() {
        try (Bot bot = Bot.on(server)) {
            garden.gives(ada.account(), garden.role("keepers", Permission.MANAGE_MESSAGES));
            Message said = bob.says(general, "the hall is booked");
            Message question = ada.submits(asks(ada, said), "when?").awaitAnswer();
            ada.awaitsReplyTo(question);
            bot.remembers(here, 3);
            ada.deletes(question);
            assertThat(bot.remembers(here, 1)).containsExactly("the hall is booked");
        }
    }

    @Test
    void aFormMayTakeItsTimeAndOutliveTheProgram() {
        try (Bot bot = Bot.on(server)) {
            Message said = bob.says(general, "the hall is booked");
            Interaction form = asks(ada, said);
            server.advance(Duration.ofMinutes(20));
            bot.restarts();
            ada.awaitsReplyTo(ada.submits(form, "when?").awaitAnswer());
            assertThat(bot.model.prompts().getLast()).contains("the hall is booked", "when?");
        }
    }

    @Test
    void inADirectMessageAndInAThreadToo() {
        try (Bot bot = Bot.on(server)) {
            Message whispered = ada.whispers("between us");
            ada.awaitsReplyTo(whispered);
            ada.awaitsReplyTo(ada.submits(asks(ada, whispered), "why?").awaitAnswer());
            Channel thread = bob.opensThread(general, "aside");
            Message said = bob.says(thread, "the kettle is red");
            ada.awaitsReplyTo(ada.submits(asks(ada, said), "is it?").awaitAnswer());
            assertThat(bot.remembers(here)).contains("is it?");
        }
    }

    @Test
    void whoMayNotWriteMayNotAskThatWayEither() {
        try (Bot bot = Bot.on(server)) {
            Message said = bob.says(general, "the hall is booked");
            general.denies(ada.account(), Permission.SEND_MESSAGES);
            Message answer = ada.picks(ASK, said).awaitAnswer();
            assertThat(answer.ephemeral()).isTrue();
            assertThat(answer.text()).startsWith("You may not write");
            assertThat(bot.model.prompts()).isEmpty();
        }
    }

    @Test
    void whatIsDeletedWhileAFormIsFilledInDoesNotComeBack() {
        try (Bot bot = Bot.on(server)) {
            Message said = bob.says(general, "the code is 4711");
            bot.remembers(here, 1);
            Interaction form = asks(ada, said);
            bob.deletes(said);
            ada.awaitsReplyTo(ada.submits(form, "what is it?").awaitAnswer());
            assertThat(bot.model.prompts().getLast()).contains("what is it?").doesNotContain("4711");
            assertThat(bot.remembers(here)).containsExactly("what is it?", "ok");
        }
    }

    @Test
    void whatIsDeletedWhileItIsAskedForDoesNotComeBackEither() {
        try (Bot bot = Bot.hearingMentions(server)) {
            Message said = bob.says(general, "the code is 4711");
            Interaction form = asks(ada, said);
            bot.restarts(); // What was picked is not kept, so Discord is asked for it.
            Gate gate = server.faults().next("GET", "/channels/*/messages/*").waitsWithTheAnswer();
            Interaction submitted = ada.submits(form, "what is it?");
            assertThat(gate.awaitArrival()).isTrue();
            bob.deletes(said);
            ada.awaitsReplyTo(ada.whispers("are you there?"));
            gate.open();
            ada.awaitsReplyTo(submitted.awaitAnswer());
            assertThat(bot.model.prompts().getLast()).contains("what is it?").doesNotContain("4711");
            assertThat(bot.remembers(here)).containsExactly("what is it?", "ok");
        }
    }

    @Test
    void whatIsEditedWhileAFormIsFilledInIsAskedAboutAsItReadsNow() {
        try (Bot bot = Bot.hearingMentions(server)) {
            Message said = bob.says(general, "the code is 4711");
            Interaction form = asks(ada, said);
            bob.edits(said, "the code is secret");
            ada.awaitsReplyTo(ada.submits(form, "what is it?").awaitAnswer());
            assertThat(bot.model.prompts().getLast())
                    .contains("the code is secret")
                    .doesNotContain("4711");
        }
    }

    @Test
    void whatIsEditedUnseenWhileAFormIsFilledInDoesNotComeBack() {
        try (Bot bot = Bot.ofMentions(server)) {
            Message said = bob.says(general, "the code is 4711");
            Interaction form = asks(ada, said);
            bob.edits(said, "the code is secret");
            ada.awaitsReplyTo(ada.submits(form, "what is it?").awaitAnswer());
            assertThat(bot.model.prompts().getLast()).contains("what is it?").doesNotContain("4711");
        }
    }

    @Test
    void aFormIsTakenInItsOwnChannelOnly() {
        try (Bot bot = Bot.hearingMentions(server)) {
            Channel attic = garden.channel("attic");
            Message said = bob.says(attic, "the code is 4711");
            Interaction form = asks(ada, said);
            Message refusal = ada.submits(form, general, "what is it?").awaitAnswer();
            assertThat(refusal.ephemeral()).isTrue();
            assertThat(refusal.text()).isEqualTo("You cannot ask that here.");
            assertThat(bob.sees(general)).isEmpty();
            ada.awaitsReplyTo(ada.submits(form, "what is it?").awaitAnswer());
            assertThat(bot.model.prompts()).hasSize(1);
            assertThat(bot.remembers(here)).isEmpty();
        }
    }

    private void isTakenBack(Bot bot, Message question, String why) {
        server.until("it is taken back", question::deleted);
        ada.awaits(ada.direct(), told -> told.text().contains(why));
        Bot.until("it is forgotten", () -> !bot.remembers(here).contains("what is it?"));
    }

    @Test
    void aQuestionThatIsNotHeardDoesNotStay() {
        try (Bot bot = Bot.on(server)) {
            Message said = bob.says(general, "the hall is booked");
            bot.remembers(here, 1);
            Interaction form = asks(ada, said);
            garden.keeper().runs(general, "/pause").awaitAnswer();
            isTakenBack(bot, ada.submits(form, "what is it?").awaitAnswer(), "paused");
            assertThat(bot.model.prompts()).isEmpty();
        }
    }

    @Test
    void aQuestionThatIsOneTooManyDoesNotStay() {
        try (Bot bot = Bot.limiting(server, 1)) {
            Message said = bob.says(general, "the hall is booked");
            bot.remembers(here, 1);
            Message first = ada.submits(asks(ada, said), "when?").awaitAnswer();
            ada.awaitsReplyTo(first);
            isTakenBack(bot, ada.submits(asks(ada, said), "what is it?").awaitAnswer(), "a minute");
            assertThat(first.deleted()).isFalse();
            assertThat(bot.model.prompts()).hasSize(1);
        }
    }

    @Test
    void whatIsShownHoldsNoMarkupOfItsAskers() {
        String shown =
                Questions.shown(new Author("1", "**ada**\n# x"), "> a\n[b](https://c)\n`d`", "https://discord.com/x");
        assertThat(shown.lines().skip(1)).hasSize(3).allMatch(line -> line.startsWith("> "));
        assertThat(shown).contains("\\*\\*ada");
    }
}
