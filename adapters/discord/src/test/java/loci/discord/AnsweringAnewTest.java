package loci.discord;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import loci.discord.standin.Attachment;
import loci.discord.standin.Button;
import loci.discord.standin.Channel;
import loci.discord.standin.DiscordServer;
import loci.discord.standin.Guild;
import loci.discord.standin.Message;
import loci.discord.standin.Person;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How one answer takes the place of another, whatever the two consist of. */
@Timeout(60)
class AnsweringAnewTest {

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

    private List<Message> byBot() {
        return ada.sees(general).stream()
                .filter(message -> message.author().equals(server.bot()))
                .toList();
    }

    private List<String> saidByBot() {
        return byBot().stream().map(Message::text).toList();
    }

    private static String lines(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "line " + i).collect(Collectors.joining("\n"));
    }

    /** Has the last answer given anew, and waits until this stands there. */
    private void answersAnew(Bot bot, String text) {
        bot.model.answers(text);
        ada.presses(again(byBot().getLast())).awaitAcknowledged();
        isAnswered(bot, text);
    }

    private void isAnswered(Bot bot, String text) {
        server.until("all of it", () -> String.join("\n", saidByBot()).equals(text) && isDone());
        Bot.until("it is noted as which messages", () -> !bot.owes());
    }

    /** Whether the last answer is no beginning any more. */
    private boolean isDone() {
        return byBot().getLast().buttons().stream()
                .anyMatch(button -> button.id().startsWith("loci/again/"));
    }

    private static Button again(Message reply) {
        return reply.buttons().stream()
                .filter(button -> button.id().startsWith("loci/again/"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whoAskedCanHaveItAnsweredAnewInItsPlace() {
        try (Bot bot = Bot.on(server)) {
            bot.model.answers("a worn joke");
            Message reply = ada.awaitsReplyTo(ada.says(general, "@loci a joke?"));
            assertThat(bob.presses(again(reply)).awaitAnswer().text()).contains("Only who asked");
            bot.model.answers("a better joke");
            ada.presses(again(reply)).awaitAcknowledged();
            server.until("another", () -> reply.text().equals("a better joke"));
            assertThat(saidByBot()).containsExactly("a better joke");
            assertThat(bot.model.prompts().getLast()).doesNotContain("worn");
        }
    }

    @Test
    void aLongAnswerGivesWayToAShortOneAfterARestartToo() {
        try (Bot bot = Bot.on(server)) {
            bot.model.answers(lines(0, 400));
            Message question = ada.says(general, "@loci list");
            server.until("all", () -> saidByBot().size() == 2);
            bot.restarts();
            answersAnew(bot, "short");
            assertThat(ada.awaitsReplyTo(question).text()).isEqualTo("short");
        }
    }

    @Test
    void aQuestionThatIsForgottenCannotBeAnsweredAnew() {
        try (Bot bot = Bot.on(server)) {
            bot.model.answers("a joke");
            Message question = ada.says(general, "@loci a joke?");
            Message reply = ada.awaitsReplyTo(question);
            ada.deletes(question);
            ada.says(general, "@loci still there?");
            server.until("both", () -> saidByBot().size() == 2);
            ada.presses(again(reply)).awaitAcknowledged();
            ada.awaits(general, message -> message.text().contains("do not remember"));
            assertThat(reply.deleted()).isFalse();
        }
    }

    @Test
    void partsThatAreTakenAwayComeBackWithALongerAnswer() {
        try (Bot bot = Bot.on(server)) {
            String longer = lines(0, 600);
            bot.model.answers(longer);
            ada.says(general, "@loci list");
            isAnswered(bot, longer);
            assertThat(byBot()).hasSize(3);
            answersAnew(bot, lines(0, 400));
            answersAnew(bot, "short");
            answersAnew(bot, longer);
            assertThat(byBot()).hasSize(3);
            answersAnew(bot, "short");
            answersAnew(bot, longer);
        }
    }

    @Test
    void partsThatWereTakenAwayBeforeARestartComeBackToo() {
        try (Bot bot = Bot.on(server)) {
            bot.model.answers(lines(0, 400));
            ada.says(general, "@loci list");
            isAnswered(bot, lines(0, 400));
            answersAnew(bot, "short");
            bot.restarts();
            answersAnew(bot, lines(400, 800));
            assertThat(byBot()).hasSize(2);
        }
    }

    /** Has the answer given anew, and waits until it is done and comes with so many files. */
    private void answersAnew(Bot bot, Message reply, String word, int times, int files) {
        bot.model.answers(word.repeat(times));
        Bot.until("it is noted as which message", () -> !bot.owes());
        ada.presses(again(reply)).awaitAcknowledged();
        server.until("another", () -> reply.text().startsWith(word.strip()) && isDone());
        assertThat(reply.attachments())
                .hasSize(files)
                .allSatisfy(file -> assertThat(new String(file.bytes(), StandardCharsets.UTF_8))
                        .startsWith(word));
    }

    @Test
    void theFileOfALongAnswerGoesWithIt() {
        try (Bot bot = Bot.on(server)) {
            bot.model.answers("more ".repeat(4_000));
            Message reply = ada.awaitsReplyTo(ada.says(general, "@loci tell"));
            server.until("all of it", this::isDone);
            assertThat(reply.attachments()).extracting(Attachment::name).containsExactly("answer.md");
            answersAnew(bot, reply, "short ", 1, 0);
            answersAnew(bot, reply, "other ", 4_000, 1);
            answersAnew(bot, reply, "again ", 4_000, 1);
            assertThat(byBot()).hasSize(1);
        }
    }
}
