package loci.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import loci.slack.standin.Button;
import loci.slack.standin.Channel;
import loci.slack.standin.Message;
import loci.slack.standin.Person;
import loci.slack.standin.SlackServer;
import loci.slack.standin.Workspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How an answer appears, and that it appears once, whatever goes wrong. */
@Timeout(60)
class AnsweringTest {

    private final SlackServer server = SlackServer.start();
    private final Workspace garden = server.workspace("Garden");
    private final Channel general = garden.channel("general");
    private final Person ada = garden.member("ada");
    private final Person bob = garden.member("bob");

    @AfterEach
    void nothingStraysFromWhatSlackTakes() {
        server.close();
        assertThat(server.violations()).isEmpty();
    }

    private List<Message> messagesOfBot(Channel channel) {
        return ada.sees(channel).stream()
                .filter(message -> message.author().equals(server.bot()) && !message.ephemeral())
                .toList();
    }

    private List<String> saidByBot(Channel channel) {
        return messagesOfBot(channel).stream().map(Message::text).toList();
    }

    private Message firstOfBot(Channel channel) {
        return server.awaits(
                "something of the bot",
                () -> messagesOfBot(channel).stream().findFirst().orElse(null));
    }

    private static boolean isStoppable(Message reply) {
        return reply.buttons().stream().anyMatch(button -> button.actionId().equals("loci_stop"));
    }

    @Test
    void showsThatItThinksAndStreamsWhatItWrites() {
        try (Bot bot = Bot.on(server)) {
            bot.model.waits();
            Message question = ada.says(general, "@loci tell");
            server.until("a status", () -> server.statuses(question).contains("is thinking…"));
            bot.model.rambles();
            bot.model.says("Once upon a time\nthere was ");
            Message reply = firstOfBot(general);
            assertThat(reply.streaming()).isTrue();
            bot.model.says("an end.");
            bot.model.ends();
            server.until("the end", () -> !reply.streaming());
            assertThat(saidByBot(general)).hasSize(1);
            assertThat(reply.text())
                    .startsWith("Once upon a time\nthere was and ")
                    .endsWith("an end.");
            assertThat(reply.buttons()).extracting(Button::label).containsExactly("👍", "👎", "🔄");
            server.until("no status", () -> server.statuses(question).getLast().isEmpty());
        }
    }

    @Test
    void whereItCannotStreamAMessageGrowsAndWhoAskedCanStopIt() {
        try (Bot bot = Bot.on(server)) {
            bot.model.rambles();
            Message question = ada.whispers("tell");
            bot.model.says("Once upon ");
            Message reply = firstOfBot(ada.direct());
            assertThat(reply.threadTs()).isNull();
            assertThat(question.threadTs()).isNull();
            ada.presses(reply.button("⏹ Stop"));
            server.until("the end", () -> reply.text().contains("stopped") && !isStoppable(reply));
        }
    }

    @Test
    void aStreamIsStoppedByTheSignAtItsQuestion() {
        try (Bot bot = Bot.on(server)) {
            bot.model.rambles();
            Message question = ada.says(general, "@loci tell");
            Message reply = firstOfBot(general);
            server.until("the sign", () -> question.reactions().containsKey("black_square_for_stop"));
            bob.reacts(question, "black_square_for_stop");
            server.awaitsAcknowledgements();
            assertThat(reply.streaming()).isTrue();
            ada.reacts(question, "black_square_for_stop");
            server.until("the end", () -> !reply.streaming() && reply.text().contains("stopped"));
            server.until(
                    "no sign",
                    () -> question.reactions().getOrDefault("black_square_for_stop", List.of()).stream()
                            .noneMatch(server.bot()::equals));
        }
    }

    @Test
    void anAnswerCanBeHadAnewInItsPlace() {
        try (Bot bot = Bot.on(server)) {
            bot.model.answers("blue");
            Message reply = ada.awaitsReplyTo(ada.says(general, "@loci a colour?"));
            bot.model.answers("green");
            bob.presses(reply.button("🔄"));
            assertThat(bob.awaits(general, message -> message.ephemeral()).text())
                    .contains("Only who asked");
            assertThat(reply.text()).isEqualTo("blue");
            ada.presses(reply.button("🔄"));
            server.until("another answer", () -> reply.text().equals("green"));
            assertThat(saidByBot(general)).containsExactly("green");
        }
    }

    @Test
    void aLongAnswerBecomesSeveralMessagesAndAVeryLongOneAFile() {
        try (Bot bot = Bot.on(server)) {
            String lines = IntStream.range(0, 700)
                    .mapToObj(i -> "line " + i + " of it")
                    .collect(Collectors.joining("\n"));
            bot.model.answers("```py\n" + lines + "\n```");
            ada.whispers("list");
            server.until(
                    "all of it",
                    () -> saidByBot(ada.direct()).size() > 2
                            && saidByBot(ada.direct()).getLast().contains("line 699"));
            assertThat(saidByBot(ada.direct()))
                    .allSatisfy(part -> assertThat(part).startsWith("```\n").endsWith("\n```"));

            bot.model.answers(lines + "\n\n" + "more ".repeat(4_000));
            Message reply = ada.awaitsReplyTo(ada.whispers("list more"));
            assertThat(reply.text()).startsWith("line 0").contains("in the file.");
            server.until(
                    "the file",
                    () -> ada.sees(ada.direct()).stream()
                            .flatMap(message -> message.files().stream())
                            .anyMatch(file -> file.name().equals("answer.md")));
        }
    }

    @Test
    void anAnswerOfWhichNothingWasHeardIsNotPostedTwice() {
        try (Bot bot = Bot.on(server)) {
            server.faults().next("chat.postMessage").isCutAfter();
            bot.model.answers("here I am");
            Message reply = ada.awaitsReplyTo(ada.says(general, "@loci hi"));
            ada.awaitsReplyTo(ada.says(general, "@loci again"));
            assertThat(saidByBot(general)).containsExactly("here I am", "here I am");
            assertThat(reply.text()).isEqualTo("here I am");
        }
    }

    @Test
    void whereItCannotBeKnownThePossibleDuplicateIsMarked() {
        try (Bot bot = Bot.on(server)) {
            server.faults().next("chat.postMessage").isCutAfter();
            server.faults().next("conversations.replies").fails("missing_scope");
            bot.model.answers("here I am");
            ada.says(general, "@loci hi");
            server.until("twice", () -> saidByBot(general).size() == 2);
            assertThat(saidByBot(general).getLast()).contains("here I am", "possibly posted twice");
        }
    }

    @Test
    void whatSlackFailsToTakeIsSentAgain() {
        try (Bot bot = Bot.on(server)) {
            server.faults().next("chat.postMessage").answers(500);
            server.faults().next("conversations.replies").answers(500);
            bot.model.answers("ok");
            assertThat(ada.awaitsReplyTo(ada.says(general, "@loci hi")).text()).isEqualTo("ok");
            assertThat(saidByBot(general)).containsExactly("ok");
        }
    }

    @Test
    void whatIsTooMuchWaitsForAsLongAsSlackSays() {
        try (Bot bot = Bot.on(server)) {
            server.faults().next("chat.postMessage").answers(429, Duration.ofSeconds(1));
            bot.model.answers("ok");
            assertThat(ada.awaitsReplyTo(ada.says(general, "@loci hi")).text()).isEqualTo("ok");
            assertThat(server.calls("chat.postMessage")).hasSize(2);
        }
    }

    @Test
    void afterADeathTheSameStreamIsFinished() {
        try (Bot bot = Bot.on(server)) {
            bot.model.rambles();
            Message question = ada.says(general, "@loci tell");
            bot.model.says("Once upon a time\nthere was ");
            Message beginning = firstOfBot(general);
            bot.dies();
            bot.model.answers("There was an end.");
            bot.comesBack();
            Message reply = ada.awaitsReplyTo(question);
            server.until("the end", () -> reply.text().equals("There was an end."));
            assertThat(reply).isEqualTo(beginning);
            assertThat(saidByBot(general)).hasSize(1);
        }
    }

    @Test
    void whoAskedLearnsWhyThereIsNoAnswer() {
        try (Bot bot = Bot.on(server)) {
            Person owner = garden.admin("eve");
            bot.model.waits();
            ada.says(general, "@loci hi");
            server.until(
                    "it thinks",
                    () -> !server.calls("assistant.threads.setStatus").isEmpty());
            owner.in(general).removesBot();
            bot.model.says("hello");
            bot.model.ends();
            Message told = ada.awaits(ada.direct(), message -> message.author().equals(server.bot()));
            assertThat(told.text()).contains("I am not in that channel");
        }
    }

    @Test
    void whatWasShownOfAnAnswerGoesWithItsQuestion() {
        try (Bot bot = Bot.on(server)) {
            bot.model.rambles();
            Message question = ada.whispers("tell");
            bot.model.says("Once upon ");
            firstOfBot(ada.direct());
            ada.deletes(question);
            server.until("nothing", () -> saidByBot(ada.direct()).isEmpty());
            bot.model.ends();
        }
    }
}
