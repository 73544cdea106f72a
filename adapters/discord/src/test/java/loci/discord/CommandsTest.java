package loci.discord;

import static loci.discord.standin.Option.option;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import loci.chat.ConversationId;
import loci.discord.standin.Attachment;
import loci.discord.standin.Channel;
import loci.discord.standin.DiscordServer;
import loci.discord.standin.Guild;
import loci.discord.standin.Interaction;
import loci.discord.standin.Message;
import loci.discord.standin.Permission;
import loci.discord.standin.Person;
import loci.discord.standin.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Commands on Discord: offered once, acknowledged at once, answered to nobody but who gave them. */
@Timeout(60)
class CommandsTest {

    private final DiscordServer server = DiscordServer.start();
    private final Guild garden = server.guild("Garden");
    private final Channel general = garden.channel("general");
    private final Person ada = garden.member("ada");
    private final Person bob = garden.member("bob");

    @AfterEach
    void nothingStraysFromDiscordsOwnDescription() {
        server.close();
        assertThat(server.violations()).isEmpty();
    }

    private void isAdmin(Person person) {
        garden.gives(person.account(), garden.role("keepers", Permission.MANAGE_GUILD));
    }

    @Test
    void areRegisteredOnlyWhereTheyChanged() {
        try (Bot bot = Bot.on(server)) {
            assertThat(server.commands()).contains("help", "forget", "settings", "remember", "usage");
            bot.restarts();
            bot.restarts();
            assertThat(server.requests("PUT", "/applications/*/commands")).hasSize(1);
        }
    }

    @Test
    void areAnsweredToNobodyElse() {
        try (Bot bot = Bot.on(server)) {
            Interaction help = ada.runs(general, "/help");
            Message answer = help.awaitAnswer();
            assertThat(answer.ephemeral()).isTrue();
            assertThat(answer.text()).contains("/forget");
            assertThat(bob.sees(general)).isEmpty();
            assertThat(bot.model.prompts()).isEmpty();
        }
    }

    @Test
    void areAcknowledgedBeforeTheyAreAnswered() {
        try (Bot bot = Bot.on(server)) {
            var gate = server.faults()
                    .next("PATCH", "/webhooks/*/*/messages/@original")
                    .waits();
            Interaction help = ada.runs(general, "/help");
            help.awaitAcknowledged();
            assertThat(help.thinking()).isTrue();
            assertThat(help.ephemeral()).isTrue();
            gate.open();
            help.awaitAnswer();
            assertThat(bot.model.prompts()).isEmpty();
        }
    }

    @Test
    void areConfirmedByWhoGaveThem() {
        try (Bot bot = Bot.on(server)) {
            isAdmin(ada);
            ada.awaitsReplyTo(ada.says(general, "@loci my number is 5550199"));
            Message asked = ada.runs(general, "/forget here").awaitAnswer();
            assertThat(asked.buttons()).hasSize(1);
            ada.presses(asked.buttons().getFirst()).awaitAcknowledged();
            server.until(
                    "a receipt",
                    () -> asked.text().contains("2 messages") && asked.buttons().isEmpty());
            ConversationId here =
                    ConversationId.ofChannel("discord", Long.toString(garden.id()), Long.toString(general.id()));
            assertThat(bot.remembers(here)).isEmpty();
        }
    }

    @Test
    void whatAChannelGrantsOrDeniesToOnePersonCounts() {
        garden.gives(ada.account(), garden.role("gardeners", Permission.MANAGE_CHANNELS));
        general.denies(ada.account(), Permission.MANAGE_CHANNELS);
        general.allows(bob.account(), Permission.MANAGE_CHANNELS);
        try (Bot bot = Bot.on(server)) {
            bob.awaitsReplyTo(bob.says(general, "@loci hi"));
            assertThat(ada.runs(general, "/forget last", option("count", 1))
                            .awaitAnswer()
                            .text())
                    .contains("those who manage this place");
            assertThat(bob.runs(general, "/forget last", option("count", 1))
                            .awaitAnswer()
                            .text())
                    .doesNotContain("those who manage this place");
            assertThat(bot.model.prompts()).hasSize(1);
        }
    }

    @Test
    void anAcknowledgementOfWhichNothingWasHeardIsNotSentTwice() {
        try (Bot bot = Bot.on(server)) {
            server.faults().next("POST", "/interactions/*/*/callback").isCutAfter();
            ada.runs(general, "/help");
            ada.runs(general, "/help").awaitAnswer();
            assertThat(server.requests("POST", "/interactions/*/*/callback")).hasSize(2);
            assertThat(bot.model.prompts()).isEmpty();
        }
    }

    @Test
    void needTheStandingThatTheyNeed() {
        try (Bot bot = Bot.on(server)) {
            bob.awaitsReplyTo(bob.says(general, "@loci hi"));
            assertThat(bob.runs(general, "/forget last", option("count", 1))
                            .awaitAnswer()
                            .text())
                    .contains("those who manage this place");
            assertThat(bob.runs(general, "/forget mine").awaitAnswer().buttons())
                    .hasSize(1);
            assertThat(bob.runs(bob.direct(), "/forget here").awaitAnswer().text())
                    .isNotBlank();
            assertThat(bot.model.prompts()).hasSize(1);
        }
    }

    @Test
    void takeChoicesAndNumbers() {
        try (Bot bot = Bot.on(server)) {
            isAdmin(ada);
            assertThat(ada.runs(general, "/settings set", option("name", "strategy"), option("value", "window"))
                            .awaitAnswer()
                            .text())
                    .contains("window");
            assertThat(ada.runs(general, "/settings show").awaitAnswer().text()).contains("window");
            ada.awaitsReplyTo(ada.says(general, "@loci hi"));
            assertThat(ada.runs(general, "/forget last", option("count", 1))
                            .awaitAnswer()
                            .buttons())
                    .hasSize(1);
            assertThat(bot.model.prompts()).hasSize(1);
        }
    }

    @Test
    void completeWhatDependsOnWhatWasFilledInBefore() {
        try (Bot bot = Bot.on(server)) {
            isAdmin(ada);
            assertThat(ada.types(general, "/settings set", option("name", "strategy"), option("value", "HY"))
                            .awaitChoices())
                    .containsExactly("hybrid");
            assertThat(bot.model.prompts()).isEmpty();
        }
    }

    @Test
    void bringFiles() {
        try (Bot bot = Bot.on(server)) {
            isAdmin(ada);
            ada.awaitsReplyTo(ada.says(general, "@loci hi"));
            Message answer = ada.runs(general, "/export mine").awaitAnswer();
            assertThat(answer.attachments()).hasSize(1);
            assertThat(bot.model.prompts()).hasSize(1);
        }
    }

    @Test
    void areAnsweredDirectlyWhenTheirTimeIsOver() {
        try (Bot bot = Bot.on(server)) {
            server.faults().next(2, "PATCH", "/webhooks/*/*/messages/@original").fails(404, 10015, "Unknown Webhook");
            ada.runs(general, "/help").awaitAcknowledged();
            Message direct = ada.awaits(ada.direct(), message -> message.text().contains("/forget"));
            assertThat(direct.author()).isEqualTo(server.bot());
            assertThat(bob.sees(general)).isEmpty();
            assertThat(bot.model.prompts()).isEmpty();
        }
    }

    @Test
    void areConfirmedInADirectMessageToo() {
        try (Bot bot = Bot.on(server)) {
            isAdmin(ada);
            ada.awaitsReplyTo(ada.says(general, "@loci hi"));
            server.faults().next("PATCH", "/webhooks/*/*/messages/@original").fails(404, 10015, "Unknown Webhook");
            ada.runs(general, "/forget here").awaitAcknowledged();
            Message asked =
                    ada.awaits(ada.direct(), message -> !message.buttons().isEmpty());
            ada.presses(asked.buttons().getFirst()).awaitAcknowledged();
            server.until("a receipt", () -> asked.text().contains("2 messages"));
            assertThat(bot.model.prompts()).hasSize(1);
        }
    }

    @Test
    void doNotOutliveTheirPatience() {
        try (Bot bot = Bot.on(server)) {
            isAdmin(ada);
            ada.awaitsReplyTo(ada.says(general, "@loci hi"));
            Message asked = ada.runs(general, "/forget here").awaitAnswer();
            server.advance(Duration.ofMinutes(11));
            ada.presses(asked.buttons().getFirst()).awaitAcknowledged();
            server.until("too late", () -> asked.buttons().isEmpty());
            assertThat(asked.text()).doesNotContain("2 messages");
            assertThat(bot.model.prompts()).hasSize(1);
        }
    }

    @Test
    void areOfferedInGermanTooAndOnMessages() {
        try (Bot bot = Bot.on(server)) {
            assertThat(server.commands()).contains("Forget this message", "Summarise from here");
            String registered = server.requests("PUT", "/applications/*/commands")
                    .getFirst()
                    .body()
                    .toString();
            assertThat(registered)
                    .contains("\"name_localizations\":{\"de\":\"Nachricht vergessen\"}")
                    .contains("\"description_localizations\":{\"de\":\"Hier nicht mehr zuhören und antworten\"}")
                    .contains("\"description_localizations\":{\"de\":\"wie viele Nachrichten, meine mitgezählt\"}");
            bot.restarts();
            assertThat(server.requests("PUT", "/applications/*/commands")).hasSize(1);
        }
    }

    @Test
    void whoOpensOneInDiscordsSettingsOpensThatOneAndNoOther() {
        try (Bot bot = Bot.on(server)) {
            garden.opens("pause");
            assertThat(bob.runs(general, "/pause").awaitAnswer().text()).startsWith("Paused");
            assertThat(bob.runs(general, "/settings set", option("name", "listen"), option("value", "all"))
                            .awaitAnswer()
                            .text())
                    .contains("those who manage this place");
            bot.restarts();
            garden.opens("resume");
            assertThat(bob.runs(general, "/resume").awaitAnswer().text()).startsWith("I am listening");
            assertThat(bot.model.prompts()).isEmpty();
        }
    }

    @Test
    void areNotConfirmedInADirectMessageByWhoMayNoMore() {
        try (Bot bot = Bot.on(server)) {
            Role keepers = garden.role("keepers", Permission.MANAGE_GUILD);
            garden.gives(ada.account(), keepers);
            ada.awaitsReplyTo(ada.says(general, "@loci hi"));
            server.faults().next("PATCH", "/webhooks/*/*/messages/@original").fails(404, 10015, "Unknown Webhook");
            ada.runs(general, "/forget here").awaitAcknowledged();
            Message asked =
                    ada.awaits(ada.direct(), message -> !message.buttons().isEmpty());
            garden.takes(keepers, Permission.MANAGE_GUILD);
            server.faults().next("GET", "/guilds/*/members/*").fails(500, 0, "Internal Server Error");
            ada.presses(asked.buttons().getFirst()).awaitAcknowledged();
            ada.awaits(ada.direct(), message -> message.text().contains("press again"));
            ada.presses(asked.buttons().getFirst()).awaitAcknowledged();
            server.until("a refusal", () -> asked.text().contains("those who manage this place"));
            assertThat(bot.model.prompts()).hasSize(1);
        }
    }

    @Test
    void areAnsweredWithASentenceWhereNothingElseGetsThrough() {
        try (Bot bot = Bot.on(server)) {
            ada.refusesDirectMessages();
            server.faults().next("PATCH", "/webhooks/*/*/messages/@original").fails(400, 50035, "Invalid Form Body");
            assertThat(ada.runs(general, "/help").awaitAnswer().text()).startsWith("⚠️ Discord did not take");
            assertThat(bot.model.prompts()).isEmpty();
        }
    }

    @Test
    void goWhereTheyAreNotToBeOfferedAnyMore() {
        try (Bot bot = Bot.on(server)) {
            assertThat(server.commands()).contains("help");
            bot.offersCommandsOn(garden);
            assertThat(server.commands(garden)).contains("help", "Forget this message");
            assertThat(server.commands()).isEmpty();
            bot.offersCommandsOn(null);
            assertThat(server.commands(garden)).isEmpty();
            assertThat(server.commands()).contains("help");
            assertThat(bot.model.prompts()).isEmpty();
        }
    }

    @Test
    void bringFilesThatAreTooLargeInPieces() {
        try (Bot bot = Bot.on(server)) {
            ada.awaitsReplyTo(ada.says(general, "@loci hi"));
            bot.exported = "é".repeat(6 << 20);
            Interaction export = ada.runs(general, "/export mine");
            assertThat(export.awaitAnswer().text()).contains("1 message of this channel");
            server.until("two pieces", () -> export.followups().size() == 2);
            assertThat(export.followups()).allMatch(Message::ephemeral);
            assertThat(export.followups().getFirst().text()).contains("in 2 pieces");
            assertThat(export.followups())
                    .flatExtracting(Message::attachments)
                    .extracting(Attachment::name)
                    .satisfiesExactly(
                            one -> assertThat(one).endsWith(".json.part1"),
                            two -> assertThat(two).endsWith(".json.part2"));
            int bytes = export.followups().stream()
                    .flatMap(message -> message.attachments().stream())
                    .mapToInt(Attachment::size)
                    .sum();
            assertThat(bytes).isGreaterThan(12 << 20);
            assertThat(bot.model.prompts()).hasSize(1);
        }
    }
}
