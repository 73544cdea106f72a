package loci.discord;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import loci.chat.ConversationId;
import loci.discord.standin.Attachment;
import loci.discord.standin.Channel;
import loci.discord.standin.DiscordServer;
import loci.discord.standin.Gate;
import loci.discord.standin.Guild;
import loci.discord.standin.Message;
import loci.discord.standin.Person;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is deleted while a file of its message is still being read: it goes, however long that takes. */
@Timeout(60)
class DeletedWhileReadTest {

    private static final Attachment FILE =
            Attachment.file("slow.txt", "text/plain", "slow words".getBytes(StandardCharsets.UTF_8));

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

    /** When this is answered, all that was done before it has come to the bot. */
    private void allIsTold() {
        ada.awaitsReplyTo(ada.whispers("are you there?"));
    }

    @Test
    void aMessage() {
        try (Bot bot = Bot.on(server)) {
            Gate gate = server.faults().nextFile().waits();
            Message said = ada.says(general, "@loci first", FILE);
            assertThat(gate.awaitArrival()).isTrue();
            ada.deletes(said);
            Message next = bob.says(general, "@loci second");
            allIsTold();
            gate.open();
            bob.awaitsReplyTo(next);
            assertThat(bot.remembers(here)).containsExactly("second", "ok");
            assertThat(bot.model.prompts()).noneMatch(prompt -> prompt.contains("first") || prompt.contains("slow"));
        }
    }

    @Test
    void manyMessagesAtOnce() {
        try (Bot bot = Bot.on(server)) {
            Message before = ada.says(general, "before");
            bot.remembers(here, 1);
            Gate gate = server.faults().nextFile().waits();
            Message said = ada.says(general, "first", FILE);
            Message behind = bob.says(general, "behind it");
            assertThat(gate.awaitArrival()).isTrue();
            garden.keeper().deletesAll(before, said, behind);
            Message next = bob.says(general, "@loci second");
            allIsTold();
            gate.open();
            bob.awaitsReplyTo(next);
            assertThat(bot.remembers(here)).containsExactly("second", "ok");
        }
    }

    @Test
    void theMessageThatItRepliesTo() {
        try (Bot bot = Bot.hearingMentions(server)) {
            Message plan = bob.says(general, "the party is on Friday");
            Gate gate = server.faults().nextFile().waits();
            Message question = ada.replies(plan, "@loci when is it?", FILE);
            assertThat(gate.awaitArrival()).isTrue();
            bob.deletes(plan);
            allIsTold();
            gate.open();
            ada.awaitsReplyTo(question);
            assertThat(bot.model.prompts().getLast()).contains("slow words").doesNotContain("Friday");
            assertThat(bot.remembers(here, 2)).noneMatch(turn -> turn.contains("Friday"));
        }
    }

    @Test
    void aThread() {
        try (Bot bot = Bot.on(server)) {
            Channel thread = ada.opensThread(general, "aside");
            Gate gate = server.faults().nextFile().waits();
            ada.says(thread, "first", FILE);
            assertThat(gate.awaitArrival()).isTrue();
            ada.deletes(thread);
            bob.says(general, "second");
            allIsTold();
            gate.open();
            Bot.until("the second", () -> bot.remembers(here).contains("second"));
            assertThat(bot.remembers(here, 1)).containsExactly("second");
        }
    }

    @Test
    void aChannel() {
        try (Bot bot = Bot.on(server)) {
            Gate gate = server.faults().nextFile().waits();
            ada.says(general, "first", FILE);
            assertThat(gate.awaitArrival()).isTrue();
            ada.deletes(general);
            allIsTold();
            gate.open();
            Bot.until("it is handed in", () -> bot.hasHeard(here));
            bot.remembers(here, 0);
        }
    }

    @Test
    void aServerThatTheBotLeaves() {
        try (Bot bot = Bot.on(server)) {
            Gate gate = server.faults().nextFile().waits();
            ada.says(general, "first", FILE);
            assertThat(gate.awaitArrival()).isTrue();
            garden.removesBot();
            allIsTold();
            gate.open();
            Bot.until("it is handed in", () -> bot.hasHeard(here));
            bot.remembers(here, 0);
        }
    }
}
