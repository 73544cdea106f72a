package loci.discord;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import loci.discord.standin.Button;
import loci.discord.standin.Channel;
import loci.discord.standin.DiscordServer;
import loci.discord.standin.Guild;
import loci.discord.standin.Message;
import loci.discord.standin.Permission;
import loci.discord.standin.Person;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How an answer appears, and that it appears once, whatever goes wrong. */
@Timeout(60)
class AnsweringTest {

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

    private List<String> saidByBot(Channel channel) {
        return ada.sees(channel).stream()
                .filter(message -> message.author().equals(server.bot()))
                .map(Message::text)
                .toList();
    }

    private static boolean isStoppable(Message reply) {
        return reply.buttons().stream().anyMatch(button -> button.id().startsWith("loci/stop/"));
    }

    @Test
    void showsThatItTypesAndThenWhatItWrites() {
        try (Bot bot = Bot.on(server)) {
            bot.model.rambles();
            Message question = ada.says(general, "@loci tell");
            server.until("typing", () -> general.typings() > 0);
            bot.model.says("Once upon ");
            Message reply = ada.awaitsReplyTo(question);
            assertThat(reply.buttons()).hasSize(1);
            bot.model.says("a time");
            bot.model.ends();
            server.until("the end", () -> reply.text().contains("a time") && !isStoppable(reply));
            assertThat(saidByBot(general)).hasSize(1);
        }
    }

    @Test
    void whoAskedCanStopItAndOthersCannot() {
        try (Bot bot = Bot.on(server)) {
            bot.model.rambles();
            Message question = ada.says(general, "@loci tell");
            bot.model.says("Once upon ");
            Message reply = ada.awaitsReplyTo(question);
            Button stop = reply.buttons().getFirst();
            assertThat(bob.presses(stop).awaitAnswer().text()).contains("Only who asked");
            ada.presses(stop).awaitAcknowledged();
            server.until("the end", () -> reply.text().contains("[stopped]") && !isStoppable(reply));
        }
    }

    @Test
    void editsComeNoFasterThanTheirPace() {
        try (Bot bot = Bot.pacing(server, Duration.ofHours(1))) {
            bot.model.waits();
            Message question = ada.says(general, "@loci tell");
            IntStream.range(0, 500).forEach(i -> bot.model.says("word "));
            bot.model.ends();
            Message reply = ada.awaitsReplyTo(question);
            assertThat(reply.history())
                    .as("an answer that is there soon is posted once")
                    .hasSize(1);
            assertThat(reply.edited()).isFalse();
        }
    }

    @Test
    void aLongAnswerBecomesSeveralMessagesAndAVeryLongOneAFile() {
        try (Bot bot = Bot.on(server)) {
            String lines = IntStream.range(0, 400)
                    .mapToObj(i -> "line " + i + " of it")
                    .collect(Collectors.joining("\n"));
            bot.model.answers("```py\n" + lines + "\n```");
            ada.says(general, "@loci list");
            server.until(
                    "all of it",
                    () -> saidByBot(general).size() > 2
                            && saidByBot(general).getLast().contains("line 399"));
            assertThat(saidByBot(general))
                    .allSatisfy(part -> assertThat(part).startsWith("```py\n").endsWith("\n```"));

            bot.model.answers(lines + "\n\n" + "more ".repeat(4_000));
            Message reply = ada.awaitsReplyTo(ada.says(general, "@loci list more"));
            assertThat(reply.text()).startsWith("line 0").endsWith("in the file.");
            assertThat(reply.attachments())
                    .singleElement()
                    .satisfies(file -> assertThat(file.name()).isEqualTo("answer.md"));
        }
    }

    @Test
    void anAnswerOfWhichNothingWasHeardIsNotPostedTwice() {
        try (Bot bot = Bot.on(server)) {
            server.faults().next("POST", "/channels/*/messages").isCutAfter();
            bot.model.answers("here I am");
            Message reply = ada.awaitsReplyTo(ada.says(general, "@loci hi"));
            ada.awaitsReplyTo(ada.says(general, "@loci again"));
            assertThat(saidByBot(general)).containsExactly("here I am", "here I am");
            assertThat(reply.text()).isEqualTo("here I am");
        }
    }

    @Test
    void whatDiscordFailsToTakeIsSentAgain() {
        try (Bot bot = Bot.on(server)) {
            server.faults().next("POST", "/channels/*/messages").fails(500);
            bot.model.answers("ok");
            assertThat(ada.awaitsReplyTo(ada.says(general, "@loci hi")).text()).isEqualTo("ok");
            assertThat(saidByBot(general)).containsExactly("ok");
        }
    }

    @Test
    void afterADeathTheSameMessageIsFinished() {
        try (Bot bot = Bot.on(server)) {
            bot.model.rambles();
            Message question = ada.says(general, "@loci tell");
            Message reply = ada.awaitsReplyTo(question);
            bot.dies();
            server.advance(Duration.ofHours(1)); // Discord has forgotten all nonces.
            bot.model.answers("the whole story");
            bot.comesBack();
            server.until("the end", () -> reply.text().equals("the whole story"));
            assertThat(saidByBot(general)).containsExactly("the whole story");
            assertThat(isStoppable(reply)).isFalse();
        }
    }

    @Test
    void aDeathAfterPostingAndBeforeNotingItIsNoSecondPost() {
        try (Bot bot = Bot.on(server)) {
            String lines = IntStream.range(0, 400).mapToObj(i -> "line " + i).collect(Collectors.joining("\n"));
            bot.model.answers(lines);
            var gate = server.faults().next("POST", "/channels/*/messages").waitsWithTheAnswer();
            ada.says(general, "@loci list");
            gate.awaitArrival();
            bot.dies();
            gate.open();
            server.advance(Duration.ofHours(1));
            bot.comesBack();
            server.until(
                    "all",
                    () -> !saidByBot(general).isEmpty()
                            && saidByBot(general).getLast().endsWith("line 399"));
            assertThat(String.join("\n", saidByBot(general))).isEqualTo(lines);
        }
    }

    @Test
    void whereItMayNotWriteItSaysSoToWhoAsked() {
        try (Bot bot = Bot.on(server)) {
            bot.model.answers("unheard");
            general.denies(server.bot(), Permission.SEND_MESSAGES);
            ada.says(general, "@loci hi");
            Message told = ada.awaits(ada.direct(), message -> true);
            assertThat(told.text()).contains("I cannot answer you in #general").contains("Send Messages");
            bob.refusesDirectMessages();
            Message question = bob.says(general, "@loci hi");
            server.until("a sign", () -> question.reactions().containsKey("🔇"));
        }
    }

    @Test
    void aDeletedBeginningIsPostedAnew() {
        try (Bot bot = Bot.on(server)) {
            bot.model.rambles();
            Message question = ada.says(general, "@loci tell");
            Message reply = ada.awaitsReplyTo(question);
            garden.member(garden.owner().name()).deletes(reply);
            bot.model.ends();
            Message again =
                    ada.awaits(general, message -> message.author().equals(server.bot()) && !isStoppable(message));
            assertThat(again.repliesTo()).isEqualTo(question);
        }
    }

    @Test
    void anAnswerReachesAPrivateThreadThatWasArchivedMeanwhile() {
        try (Bot bot = Bot.on(server)) {
            Channel thread = ada.opensPrivateThread(general, "between us", server.bot());
            bot.model.waits();
            Message question = ada.says(thread, "@loci hi");
            server.until("a prompt", () -> !bot.model.prompts().isEmpty());
            bot.dies();
            thread.archive();
            bot.model.answers("hello");
            server.faults().next("GET", "/channels/" + thread.id()).fails(500);
            bot.comesBack();
            assertThat(ada.awaitsReplyTo(question).text()).isEqualTo("hello");
        }
    }

    @Test
    void anAnswerIsGivenUpOnlyWhereItsPlaceIsGoneForCertain() {
        try (Bot bot = Bot.on(server)) {
            Channel thread = ada.opensThread(general, "aside");
            bot.model.waits();
            ada.says(thread, "@loci hi");
            server.until("a prompt", () -> !bot.model.prompts().isEmpty());
            bot.dies();
            thread.archive();
            bot.model.answers("hello");
            server.faults().next(100, "GET", "/channels/" + thread.id()).fails(403, 50001, "Missing Access");
            bot.comesBack();
            Bot.until("nothing owed", () -> !bot.owes());
            assertThat(ada.sees(thread)).hasSize(1);
        }
    }

    @Test
    void whoseAccountIsDeletedIsOutOfReachForGood() {
        try (Bot bot = Bot.on(server)) {
            bot.model.waits();
            ada.whispers("hi");
            server.until("a prompt", () -> !bot.model.prompts().isEmpty());
            bot.dies();
            bot.model.answers("hello");
            server.faults().next(100, "POST", "/users/@me/channels").fails(400, 50033, "Invalid Recipient(s)");
            bot.comesBack();
            Bot.until("nothing owed", () -> !bot.owes());
            assertThat(ada.sees(ada.direct())).hasSize(1);
        }
    }

    @Test
    void whatIsForgottenWhileItIsAnsweredIsTakenBack() {
        try (Bot bot = Bot.on(server)) {
            bot.model.rambles();
            Message reply = ada.awaitsReplyTo(ada.says(general, "@loci tell"));
            ada.runs(general, "/forget mine").awaitAnswer();
            Button yes =
                    ada.runs(general, "/forget mine").awaitAnswer().buttons().getFirst();
            ada.presses(yes).awaitAcknowledged();
            server.until("it is taken back", reply::deleted);
        }
    }
}
