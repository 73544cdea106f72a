package loci.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import loci.slack.standin.Call;
import loci.slack.standin.Channel;
import loci.slack.standin.Faults;
import loci.slack.standin.Gate;
import loci.slack.standin.Message;
import loci.slack.standin.Person;
import loci.slack.standin.SlackServer;
import loci.slack.standin.Workspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How it is found out whether something was posted of which nothing was heard. */
@Timeout(60)
class FindingTest {

    private final SlackServer server = SlackServer.start();
    private final Workspace garden = server.workspace("Garden");
    private final Channel general = garden.channel("general");
    private final Person ada = garden.member("ada");
    private final Person ci = garden.otherBot("ci");

    @AfterEach
    void nothingStraysFromWhatSlackTakes() {
        server.close();
        assertThat(server.violations()).isEmpty();
    }

    private List<Message> ofBot() {
        return ada.sees(general).stream()
                .filter(message -> message.author().equals(server.bot()) && !message.ephemeral())
                .toList();
    }

    /** Another app says so much in the thread of the question before the answer is posted, of which nothing is heard. */
    private Message answersLate(Bot bot, int others) {
        CountDownLatch thinks = new CountDownLatch(1);
        bot.model.answers(prompt -> {
            try {
                thinks.await();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
            return "here I am";
        });
        Message question = ada.says(general, "@loci hi");
        Bot.until("a question to the model", () -> !bot.model.prompts().isEmpty());
        for (int i = 0; i < others; i++) {
            ci.repliesInThread(question, "step " + i);
        }
        server.faults().next("chat.postMessage").isCutAfter();
        thinks.countDown();
        return question;
    }

    @Test
    void itIsFoundBehindAllThatWasSaidMeanwhile() {
        try (Bot bot = Bot.on(server)) {
            answersLate(bot, 250);
            server.awaitsCall(
                    "conversations.replies", call -> call.text("cursor").equals("cursor-200"));
            Bot.until("the end", () -> !bot.owes());
            assertThat(ofBot())
                    .singleElement()
                    .satisfies(answer -> assertThat(answer.text()).isEqualTo("here I am"));
            assertThat(ofBot().getFirst().buttons()).hasSize(3);
        }
    }

    /**
     * The first part of an answer is posted and nothing is heard of that; when it is looked for, more than a page was said after it.
     *
     * @param secondPage what becomes of looking at what was said last
     */
    private void losesItsFirstPart(Bot bot, Consumer<Faults.Next> secondPage) {
        // Each part reads differently, so that one that is there twice can be seen.
        bot.model.answers(
                IntStream.range(10_000, 12_000).mapToObj(Integer::toString).collect(Collectors.joining(" ")));
        server.faults().next("chat.postMessage").isCutAfter();
        Gate looks = server.faults().next("conversations.replies").hangs();
        Message question = ada.says(general, "@loci hi");
        assertThat(looks.awaitArrival()).isTrue();
        for (int i = 0; i < 150; i++) {
            ci.repliesInThread(question, "step " + i);
        }
        server.awaitsAcknowledgements();
        secondPage.accept(server.faults().next("conversations.replies"));
        looks.open();
        Bot.until("the end", () -> !bot.owes());
    }

    @Test
    void whereALaterPageIsLimitedItIsGoneOnThere() {
        try (Bot bot = Bot.on(server)) {
            losesItsFirstPart(bot, page -> page.answers(429, Duration.ofSeconds(1)));
            assertThat(server.calls("conversations.replies"))
                    .extracting(call -> call.text("cursor"))
                    .containsExactly("", "cursor-100", "cursor-100");
            assertThat(ofBot())
                    .extracting(Message::text)
                    .hasSizeGreaterThan(1)
                    .doesNotHaveDuplicates()
                    .noneMatch(text -> text.contains("possibly posted twice"));
        }
    }

    @Test
    void whereALaterPageIsRefusedWhatWasFoundIsNotPostedAgain() {
        try (Bot bot = Bot.on(server)) {
            losesItsFirstPart(bot, page -> page.fails("missing_scope"));
            List<Message> all = ofBot();
            assertThat(all)
                    .extracting(Message::text)
                    .filteredOn(text -> text.startsWith("10000 10001"))
                    .singleElement(STRING)
                    .doesNotContain("possibly posted twice");
            assertThat(all.get(1).text()).contains("possibly posted twice");
        }
    }

    @Test
    void whereSlackHasForgottenWhereAPageBeginsItIsBegunAnew() {
        try (Bot bot = Bot.on(server)) {
            losesItsFirstPart(bot, page -> page.fails("invalid_cursor"));
            assertThat(server.calls("conversations.replies"))
                    .extracting(call -> call.text("cursor"))
                    .containsExactly("", "cursor-100", "", "cursor-100");
            assertThat(ofBot())
                    .extracting(Message::text)
                    .hasSizeGreaterThan(1)
                    .doesNotHaveDuplicates()
                    .noneMatch(text -> text.contains("possibly posted twice"));
        }
    }

    @Test
    void whereTooMuchWasSaidMeanwhileThePossibleDuplicateIsMarked() {
        try (Bot bot = Bot.on(server)) {
            answersLate(bot, 600);
            server.until("an answer", () -> ofBot().size() == 2);
            Bot.until("the end", () -> !bot.owes());
            assertThat(ofBot().getLast().text()).contains("here I am", "possibly posted twice");
        }
    }

    @Test
    void itIsLookedForNoEarlierThanItCanBe() {
        try (Bot bot = Bot.answeringInChannels(server)) {
            CountDownLatch database = bot.database.holds(asked -> asked.what().equals("view"));
            Message question = ada.says(general, "@loci hi");
            bot.database.awaitsHeld();
            server.advance(Duration.ofHours(3));
            server.faults().next("chat.postMessage").isCutAfter();
            database.countDown();
            Call looked = server.awaitsCall("conversations.history");
            assertThat(looked.text("oldest")).isGreaterThan(question.ts());
            Bot.until("the end", () -> !bot.owes());
            assertThat(ofBot()).hasSize(1);
        }
    }

    @Test
    void aLaterPartThatCannotBeKnownIsMarkedToo() {
        try (Bot bot = Bot.on(server)) {
            bot.model.answers("one ".repeat(2_000) + "\n\n" + "two ".repeat(2_000));
            Gate first = server.faults().next("chat.postMessage").hangsWithTheAnswer();
            ada.says(general, "@loci hi");
            server.until("the first part", () -> ofBot().size() == 1);
            server.faults().next("chat.postMessage").isCutAfter();
            server.faults().next("conversations.replies").fails("missing_scope");
            first.open();
            Bot.until("the end", () -> !bot.owes());
            List<Message> all = ofBot();
            assertThat(all.getFirst().text()).doesNotContain("possibly posted twice");
            assertThat(all.get(1).text()).doesNotContain("possibly posted twice");
            assertThat(all.get(2).text()).contains("possibly posted twice");
        }
    }

    @Test
    void whatAnotherAnswerStreamsIsNotTakenForOnesOwn() {
        try (Bot bot = Bot.on(server)) {
            bot.model.waits();
            Message first = ada.says(general, "@loci one");
            Bot.until("a question to the model", () -> !bot.model.prompts().isEmpty());
            ada.repliesInThread(first, "two");
            server.awaitsAcknowledgements();
            bot.model.rambles();
            bot.model.says("Once upon a time\nthere was ");
            server.until("a stream", () -> ofBot().size() == 1);
            server.faults().next("chat.postMessage").answers(500);
            bot.model.answers("here I am");
            bot.model.ends();
            server.until("its end", () -> !ofBot().getFirst().streaming());
            String before = ofBot().getFirst().text();
            server.until("another answer", () -> ofBot().size() == 2);
            assertThat(ofBot().getFirst().text()).isEqualTo(before);
            assertThat(ofBot().getLast().text()).isEqualTo("here I am");
        }
    }

    @Test
    void aStreamThatMayHaveBegunBeforeIsMarkedAtItsEnd() {
        try (Bot bot = Bot.on(server)) {
            server.faults().next("chat.startStream").isCutAfter();
            server.faults().next("conversations.replies").fails("missing_scope");
            bot.model.rambles();
            ada.says(general, "@loci tell");
            bot.model.says("Once upon a time\nthere was ");
            server.until("another beginning", () -> ofBot().size() == 2);
            bot.model.says("an end.");
            bot.model.ends();
            server.until("the end", () -> !ofBot().getLast().streaming());
            assertThat(ofBot().getLast().text()).contains("an end.").endsWith("_(possibly posted twice)_");
        }
    }
}
