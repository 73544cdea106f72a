package loci.discord;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.imageio.ImageIO;
import loci.chat.ConversationId;
import loci.discord.standin.Attachment;
import loci.discord.standin.Channel;
import loci.discord.standin.DiscordServer;
import loci.discord.standin.Guild;
import loci.discord.standin.Message;
import loci.discord.standin.Person;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What comes with a question: the message it replies to, text files, images. */
@Timeout(60)
class AttachedTest {

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

    private static Attachment text(String name, String words) {
        return Attachment.file(name, "text/plain; charset=utf-8", words.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] png(int width, int height) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theMessageThatIsRepliedToIsBroughtIn() {
        try (Bot bot = Bot.hearingMentions(server)) {
            Message plan = bob.says(general, "the party is on Friday");
            ada.awaitsReplyTo(ada.replies(plan, "@loci when is it?"));
            assertThat(bot.model.prompts().getLast()).contains("bob", "the party is on Friday", "when is it?");

            bob.deletes(plan);
            Bot.until("it is gone", () -> bot.remembers(here).stream().noneMatch(text -> text.contains("Friday")));
            ada.awaitsReplyTo(ada.says(general, "@loci and where?"));
            assertThat(bot.model.prompts().getLast()).doesNotContain("Friday");
        }
    }

    @Test
    void whatAnotherBotPostedIsBroughtInWhenItIsRepliedTo() {
        try (Bot bot = Bot.on(server)) {
            Person parrot = garden.member(server.otherBot("parrot").name());
            Message alert = parrot.says(general, "disk full on db-7");
            ada.awaitsReplyTo(ada.replies(alert, "@loci what do I do?"));
            assertThat(bot.model.prompts().getLast()).contains("parrot", "disk full on db-7");
        }
    }

    @Test
    void whatAnotherBotPostedIsForgottenAndChangedLikeAnyOther() {
        try (Bot bot = Bot.on(server)) {
            Person parrot = garden.member(server.otherBot("parrot").name());
            Message alert = parrot.says(general, "disk full on db-7");
            ada.awaitsReplyTo(ada.replies(alert, "@loci what do I do?"));
            bot.remembers(here, 3);
            parrot.edits(alert, "disk full on db-8");
            Bot.until("the edit", () -> bot.remembers(here).contains("disk full on db-8"));
            assertThat(bot.remembers(here)).noneMatch(turn -> turn.contains("db-7"));
            parrot.deletes(alert);
            Bot.until("it is gone", () -> bot.remembers(here).stream().noneMatch(turn -> turn.contains("disk")));
            assertThat(bot.remembers(here)).contains("what do I do?");
        }
    }

    @Test
    void aTextFileIsReadIntoItsTurn() {
        try (Bot bot = Bot.on(server)) {
            ada.awaitsReplyTo(ada.says(general, "@loci what is wrong?", text("error.log", "NullPointer at line 7")));
            assertThat(bot.model.prompts().getLast())
                    .contains("what is wrong?", "[file error.log:]", "NullPointer at line 7");
            bob.says(general, "look", text("notes.txt", "milk, eggs"));
            ada.awaitsReplyTo(ada.says(general, "@loci what to buy?"));
            assertThat(bot.model.prompts().getLast()).contains("milk, eggs");
        }
    }

    @Test
    void whatIsSaidAfterAFileComesAfterIt() {
        try (Bot bot = Bot.on(server)) {
            var gate = server.faults().nextFile().waits();
            ada.says(general, "first", text("slow.txt", "slow words"));
            gate.awaitArrival();
            bob.says(general, "second");
            Message question = ada.says(general, "@loci third");
            gate.open();
            ada.awaitsReplyTo(question);
            assertThat(bot.remembers(here)).hasSize(4).element(0).asString().contains("slow words");
            assertThat(bot.remembers(here)).element(1).isEqualTo("second");
        }
    }

    @Test
    void aLongFileIsCutAndWhatIsNoTextIsNamedOnly() {
        try (Bot bot = Bot.on(server)) {
            Attachment broken = Attachment.file("a.txt", "text/plain", new byte[] {(byte) 0xC3, 0x28, 0, 1});
            Attachment zip = Attachment.file("b.zip", "application/zip", new byte[] {1, 2, 3});
            ada.awaitsReplyTo(ada.says(general, "@loci hi", text("long.txt", "wörd ".repeat(20_000)), broken, zip));
            assertThat(bot.remembers(here).getFirst())
                    .contains("[the rest of long.txt is left out]", "[file a.txt]", "[file b.zip]")
                    .hasSizeLessThan(60_000);
        }
    }

    @Test
    void aFileThatCannotBeFetchedIsNamedOnly() {
        try (Bot bot = Bot.on(server)) {
            server.faults().nextFile().fails(404);
            ada.awaitsReplyTo(ada.says(general, "@loci hi", text("notes.txt", "milk, eggs")));
            assertThat(bot.remembers(here).getFirst()).isEqualTo("hi\n[file notes.txt]");
        }
    }

    @Test
    void imagesAreShownToAModelThatSees() {
        byte[] cat = png(40, 30);
        try (Bot bot = Bot.on(server)) {
            bot.model.sees();
            bot.restarts();
            Message picture = bob.says(general, "my cat", Attachment.file("cat.png", "image/png", cat));
            bot.remembers(here, 1);
            ada.awaitsReplyTo(ada.replies(picture, "@loci what colour is it?"));
            assertThat(bot.model.prompts().getLast()).contains("[image cat.png]");
            assertThat(bot.model.imagesShown()).singleElement().satisfies(image -> {
                assertThat(image.width()).isEqualTo(40);
                assertThat(image.source().toString())
                        .isEqualTo(
                                "data:image/png;base64," + Base64.getEncoder().encodeToString(cat));
            });
            ada.awaitsReplyTo(ada.says(general, "@loci something else"));
            assertThat(bot.model.imagesShown()).isEmpty();
        }
    }

    @Test
    void imagesAreNamedToOneThatDoesNot() {
        try (Bot bot = Bot.on(server)) {
            ada.awaitsReplyTo(
                    ada.says(general, "@loci what is it?", Attachment.file("cat.png", "image/png", png(2, 2))));
            assertThat(bot.model.prompts().getLast()).contains("what is it?", "[image cat.png]");
            assertThat(bot.model.imagesShown()).isEmpty();
        }
    }

    @Test
    void anEditKeepsTheFilesWordsAfterARestartToo() {
        try (Bot bot = Bot.on(server)) {
            Message said = ada.says(general, "look", text("notes.txt", "milk, eggs"));
            bot.remembers(here, 1);
            ada.edits(said, "look at this");
            Bot.until("the edit", () -> bot.remembers(here).getFirst().startsWith("look at this"));
            assertThat(bot.remembers(here).getFirst()).contains("milk, eggs");
            bot.restarts();
            assertThat(bot.catchesUp()).isTrue();
            assertThat(bot.remembers(here)).hasSize(1).first().asString().contains("milk, eggs");
        }
    }

    @Test
    void anEditKeepsTheWordsOfAFileThatCannotBeReadAgain() {
        try (Bot bot = Bot.on(server)) {
            Message said = ada.says(general, "look", text("notes.txt", "milk, eggs"));
            bot.remembers(here, 1);
            bot.restarts(); // What was read of the file is not kept.
            assertThat(bot.catchesUp()).isTrue();
            server.faults().nextFile().fails(503);
            ada.edits(said, "look at this");
            Bot.until("the edit", () -> bot.remembers(here).getFirst().startsWith("look at this"));
            assertThat(bot.remembers(here).getFirst()).contains("milk, eggs");
        }
    }

    @Test
    void whatIsNoTextOrWasNeverHadKeepsNoEditFromBeingHeard() {
        try (Bot bot = Bot.on(server)) {
            Attachment broken = Attachment.file("a.txt", "text/plain", new byte[] {(byte) 0xC3, 0x28, 0, 1});
            Message first = ada.says(general, "first", broken);
            bot.remembers(here, 1);
            server.faults().nextFile().fails(404);
            Message second = ada.says(general, "second", text("b.txt", "milk, eggs"));
            bot.remembers(here, 2);
            server.faults().nextFile().fails(404);
            ada.edits(first, "one");
            ada.edits(second, "two");
            Bot.until("the edits", () -> bot.remembers(here).getLast().startsWith("two"));
            assertThat(bot.remembers(here)).containsExactly("one\n[file a.txt]", "two\n[file b.txt]");
        }
    }
}
