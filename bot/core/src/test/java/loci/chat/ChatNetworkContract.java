package loci.chat;

import static loci.chat.HeardEvents.until;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import loci.chat.ChatEvent.CommandInvoked;
import loci.chat.ChatEvent.MessagePosted;
import loci.chat.Delivery.Delivered;
import loci.chat.Delivery.Undeliverable;
import loci.chat.PeopleOnNetwork.Hanging;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What every {@link ChatPlatform} must do beside {@link ChatPlatformContract} where many people see what the bot says: it can be changed and
 * taken back, places can go, and one may hang.
 */
public abstract class ChatNetworkContract extends ChatPlatformContract {

    private static final String GARDEN = "garden";

    /** In a thread of its own each, as lanes are. */
    private static final Executor LANES = task -> Thread.ofVirtual().start(task);

    private @Nullable PeopleOnNetwork people;

    /** People on a platform that nobody was on before. */
    protected abstract PeopleOnNetwork peopleOnNetwork();

    @Override
    protected final People people() {
        PeopleOnNetwork made = peopleOnNetwork();
        people = made;
        return made;
    }

    private PeopleOnNetwork onNetwork() {
        return Objects.requireNonNull(people, "they come before each test");
    }

    /** A beginning may be shown late or thinned out, so it grows until it is seen. */
    private void showsBeginning(Reply reply, String place) {
        StringBuilder text = new StringBuilder("beginning");
        until("a beginning", () -> {
            platform().progress(reply.place(), text.append(" and on").toString());
            return !onNetwork().sees(ADA, place).isEmpty();
        });
    }

    private String all(String place) {
        return squeezed(String.join("", onNetwork().sees(ADA, place)));
    }

    @Test
    void anotherTextUnderTheSameKeyTakesThePlaceOfTheFirst() {
        MessagePosted question = asked(LAB, "hello");
        String key = newKey();
        List<MessageRef> first = delivered(reply(question, key, "with what was forgotten"));
        assertThat(delivered(reply(question, key, "without it"))).isEqualTo(first);
        assertThat(onNetwork().sees(ADA, LAB)).containsExactly("without it");
    }

    @Test
    void ofALongTextThatBecomesShortNothingIsLeft() {
        MessagePosted question = asked(LAB, "hello");
        String key = newKey();
        List<MessageRef> parts = delivered(reply(question, key, words(700)));
        assertThat(delivered(reply(question, key, "short"))).containsExactly(parts.getFirst());
        until("only the short one", () -> onNetwork().sees(ADA, LAB).equals(List.of("short")));
    }

    @Test
    void aNewReplyStandsWhereTheOldOneStood() {
        MessagePosted question = asked(LAB, "hello");
        List<MessageRef> old = delivered(reply(question, newKey(), words(700)));
        MessagePosted later = asked(LAB, "something else");
        delivered(reply(later, newKey(), "in between"));
        List<MessageRef> replaced = delivered(reply(question, newKey(), "anew", old.toArray(MessageRef[]::new)));
        assertThat(replaced).containsExactly(old.getFirst());
        until("the surplus to go", () -> onNetwork().sees(ADA, LAB).equals(List.of("anew", "in between")));
        String longer = words(900);
        List<MessageRef> longAgain = delivered(reply(question, newKey(), longer, replaced.toArray(MessageRef[]::new)));
        assertThat(longAgain).startsWith(old.getFirst());
        assertThat(squeezed(onNetwork().sees(ADA, LAB).getFirst())).startsWith("word0word1word2");
    }

    @Test
    void aBeginningBecomesTheReply() {
        MessagePosted question = asked(LAB, "hello");
        Reply reply = reply(question, newKey(), "the end");
        showsBeginning(reply, LAB);
        delivered(reply);
        assertThat(onNetwork().sees(ADA, LAB)).containsExactly("the end");
    }

    @Test
    void aBeginningThatIsTakenBackGoes() {
        MessagePosted question = asked(LAB, "hello");
        Reply reply = reply(question, newKey(), "never said");
        showsBeginning(reply, LAB);
        platform().withdraw(reply.place());
        until("it to go", () -> onNetwork().sees(ADA, LAB).isEmpty());
        platform().withdraw(reply.place());
        delivered(reply(asked(LAB, "still there?"), newKey(), "yes"));
        assertThat(onNetwork().sees(ADA, LAB)).containsExactly("yes");
    }

    @Test
    void toAPlaceThatIsGoneNothingCanBeDeliveredAndNothingFails() {
        MessagePosted question = asked(LAB, "hello");
        Reply begun = reply(question, newKey(), "never said");
        showsBeginning(begun, LAB);
        onNetwork().delete(LAB);
        platform().progress(begun.place(), "further and further");
        assertThat(platform().deliver(begun)).isInstanceOf(Undeliverable.class);
        assertThat(platform().deliver(reply(question, newKey(), "nor this"))).isInstanceOf(Undeliverable.class);
        platform().withdraw(begun.place());
        assertThat(platform().images(question.conversation(), question.message()))
                .isEmpty();
        assertThat(platform().shown(question.conversation())).isNotNull();
        platform().answer(question, CommandAnswer.of("why"));
        delivered(reply(asked(GARDEN, "and here?"), newKey(), "here I am"));
        assertThat(onNetwork().sees(ADA, GARDEN)).containsExactly("here I am");
    }

    @Test
    void whatIsForOnePersonNobodyElseIsTold() {
        MessagePosted bens = bensQuestion();
        onNetwork().runsMemory(ADA, LAB);
        CommandInvoked command = heard().awaits(CommandInvoked.class, any -> true);
        platform().answer(command, CommandAnswer.of("for ada alone"));
        platform().answer(bens, CommandAnswer.of("for ben alone"));
        until(
                "both",
                () -> onNetwork().toldAlone(ADA).contains("for ada alone")
                        && onNetwork().toldAlone(BEN).contains("for ben alone"));
        assertThat(onNetwork().toldAlone(ADA)).doesNotContain("for ben alone");
        assertThat(onNetwork().toldAlone(BEN)).doesNotContain("for ada alone");
        assertThat(onNetwork().sees(BEN, LAB)).isEmpty();
    }

    private MessagePosted bensQuestion() {
        onNetwork().asks(BEN, LAB, "ben wants to know");
        return heard().awaits(MessagePosted.class, posted -> posted.text().contains("ben wants"));
    }

    @Test
    void oneConversationThatHangsKeepsNoOtherWaiting() {
        MessagePosted stuck = asked(LAB, "hello");
        MessagePosted free = asked(GARDEN, "hello there");
        Hanging hanging = onNetwork().hangs(LAB);
        CompletableFuture<Delivery> waits =
                CompletableFuture.supplyAsync(() -> platform().deliver(reply(stuck, newKey(), "late")), LANES);
        hanging.awaitArrival();
        delivered(reply(free, "contract-free", "at once"));
        assertThat(onNetwork().sees(ADA, GARDEN)).containsExactly("at once");
        assertThat(waits).isNotDone();
        hanging.ends();
        assertThat(waits.join()).isInstanceOf(Delivered.class);
        assertThat(onNetwork().sees(ADA, LAB)).containsExactly("late");
    }

    @Test
    void repliesToManyConversationsAtOnceGoEachToItsOwn() {
        List<MessagePosted> questions = IntStream.range(0, 8)
                .mapToObj(i -> asked("room" + (char) ('a' + i), "question number " + i + "."))
                .toList();
        List<CompletableFuture<Delivery>> deliveries = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> platform().deliver(reply(questions.get(i), "contract-many-" + i, "answer " + i)), LANES))
                .toList();
        deliveries.forEach(delivery -> assertThat(delivery.join()).isInstanceOf(Delivered.class));
        for (int i = 0; i < 8; i++) {
            assertThat(all("room" + (char) ('a' + i))).isEqualTo("answer" + i);
        }
    }
}
