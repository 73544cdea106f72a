package loci.chat;

import static loci.chat.HeardEvents.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import loci.chat.ChatEvent.CommandInvoked;
import loci.chat.ChatEvent.MessagePosted;
import loci.chat.ChatPlatform.Shown;
import loci.chat.Delivery.Delivered;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link ChatPlatform} must do, sentence by sentence of its Javadoc, as the people on it see it. {@link ChatNetworkContract} says
 * the rest for platforms that are more than one person's screen.
 */
@Timeout(120)
public abstract class ChatPlatformContract {

    protected static final String ADA = "ada";
    protected static final String BEN = "ben";
    protected static final String LAB = "lab";

    private final HeardEvents heard = new HeardEvents();
    private int keys;
    private @Nullable People started;

    /** People on a platform that nobody was on before. */
    protected abstract People people();

    @BeforeEach
    void begin() {
        People made = people();
        started = made;
        made.platform().start(heard);
    }

    private People there() {
        return Objects.requireNonNull(started, "they come before each test");
    }

    @AfterEach
    void end() {
        there().close();
    }

    final ChatPlatform platform() {
        return there().platform();
    }

    final HeardEvents heard() {
        return heard;
    }

    /** Ada asks something; returns the event that became of it. */
    final MessagePosted asked(String place, String text) {
        there().asks(ADA, place, text);
        return heard.awaits(MessagePosted.class, posted -> posted.text().contains(text));
    }

    final String newKey() {
        return "contract-" + ++keys;
    }

    static Reply reply(MessagePosted question, String key, String text, MessageRef... posted) {
        return new Reply(
                key,
                question.conversation(),
                question.message(),
                question.author(),
                text,
                Reply.Kind.ANSWER,
                List.of(posted));
    }

    /** Delivers a reply that must arrive; returns what it became. */
    final List<MessageRef> delivered(Reply reply) {
        Delivery delivery = platform().deliver(reply);
        assertThat(delivery).isInstanceOf(Delivered.class);
        List<MessageRef> messages = ((Delivered) delivery).messages();
        assertThat(messages).isNotEmpty().doesNotHaveDuplicates();
        return messages;
    }

    /** A text of so many different words, in lines. */
    static String words(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "word" + i + (i % 12 == 11 ? "\n" : " "))
                .collect(Collectors.joining())
                .strip();
    }

    static String squeezed(String text) {
        return text.replaceAll("\\s", "");
    }

    private String all(String place) {
        return squeezed(String.join("", there().sees(ADA, place)));
    }

    @Test
    void whatIsSaidToTheBotIsHandedInAsSaidByWhomAndWhere() {
        MessagePosted question = asked(LAB, "how are you?");
        assertThat(question.addressed()).isTrue();
        assertThat(question.author().name()).isEqualTo(ADA);
        assertThat(question.conversation().platform()).isEqualTo(platform().name());
        delivered(reply(question, newKey(), "fine"));
        MessagePosted other = asked("garden", "and here?");
        assertThat(other.conversation()).isNotEqualTo(question.conversation());
        assertThat(other.event()).isNotEqualTo(question.event());
        assertThat(other.message()).isNotEqualTo(question.message());
        assertThat(other.author()).isEqualTo(question.author());
        delivered(reply(other, newKey(), "here too"));
        assertThat(heard.all()).hasSize(2);
    }

    @Test
    void aReplyThatIsDeliveredAgainIsThereOnce() {
        MessagePosted question = asked(LAB, "hello");
        Reply reply = reply(question, newKey(), "good morning");
        List<MessageRef> messages = delivered(reply);
        assertThat(delivered(reply)).isEqualTo(messages);
        assertThat(delivered(reply)).isEqualTo(messages);
        assertThat(there().sees(ADA, LAB)).containsExactly("good morning");
    }

    @Test
    void whateverWasShownBeforeAReplyArrives() {
        MessagePosted question = asked(LAB, "hello");
        Reply reply = reply(question, newKey(), "the end");
        for (String beginning :
                List.of("", "", "once", "once upon", "quite another", "", "```py\nunclosed", "**bold")) {
            platform().progress(reply.place(), beginning);
        }
        delivered(reply);
        assertThat(there().sees(ADA, LAB)).last().isEqualTo("the end");
        platform().progress(reply.place(), "too late");
        assertThat(delivered(reply)).isNotEmpty();
    }

    @Test
    void aLongReplyArrivesWhole() {
        for (int count : List.of(700, 4_000)) {
            MessagePosted question = asked(LAB, "tell " + count);
            String text = words(count);
            platform()
                    .progress(
                            new ReplyPlace(
                                    "contract-of-" + count, question.conversation(), question.message(), List.of()),
                            text);
            delivered(reply(question, "contract-of-" + count, text));
            assertThat(all(LAB)).contains(squeezed(text));
        }
    }

    @Test
    void nobodyIsCalledByWhatTheBotSays() {
        String text = "hey @everyone and @here and " + there().mention(BEN) + " \u0007 look";
        MessagePosted question = asked(LAB, "call them");
        Reply reply = reply(question, newKey(), text);
        platform().progress(reply.place(), text);
        delivered(reply);
        assertThat(there().sees(ADA, LAB)).isNotEmpty();
        assertThat(there().pings(LAB)).isZero();
    }

    @Test
    void takingBackWhatIsNotThereOrWasDeliveredDoesNothing() {
        MessagePosted question = asked(LAB, "hello");
        Reply reply = reply(question, newKey(), "stays");
        platform().withdraw(reply.place());
        delivered(reply);
        platform().withdraw(reply.place());
        platform().withdraw(new ReplyPlace(newKey(), question.conversation(), there().unknownMessage(LAB), List.of()));
        MessagePosted next = asked(LAB, "and now?");
        delivered(reply(next, newKey(), "there"));
        assertThat(there().sees(ADA, LAB)).containsExactly("stays", "there");
    }

    @Test
    void aMessageWithoutImagesHasNoneAndOneThatIsNoneToo() {
        MessagePosted question = asked(LAB, "hello");
        assertThat(platform().images(question.conversation(), question.message()))
                .isEmpty();
        assertThat(platform().images(question.conversation(), there().unknownMessage(LAB)))
                .isEmpty();
        delivered(reply(question, newKey(), "hello"));
    }

    @Test
    void whoeverRunsACommandIsToldItsAnswer() {
        there().runsMemory(ADA, LAB);
        CommandInvoked command = heard.awaits(CommandInvoked.class, any -> true);
        assertThat(command.name()).isEqualTo("memory");
        assertThat(command.caller().author().name()).isEqualTo(ADA);
        platform().answer(command, CommandAnswer.of("nothing is remembered"));
        until("the answer", () -> there().toldAlone(ADA).contains("nothing is remembered"));
    }

    @Test
    void whoeverIsNotAnsweredIsToldWhy() {
        MessagePosted question = asked(LAB, "hello");
        platform().answer(question, CommandAnswer.of("ask again tomorrow"));
        until("why", () -> there().toldAlone(ADA).contains("ask again tomorrow"));
        delivered(reply(question, newKey(), "or now"));
    }

    @Test
    void whatIsShownOfAConversationStaysTheSame() {
        MessagePosted question = asked(LAB, "hello");
        Shown shown = platform().shown(question.conversation());
        delivered(reply(question, newKey(), "hello"));
        assertThat(platform().shown(question.conversation())).isEqualTo(shown).isNotNull();
    }

    @Test
    void operatorsCanBeToldWhereverThatIs() {
        assertThatCode(() -> platform().tellOperators("⚠️ Something is in trouble."))
                .doesNotThrowAnyException();
        assertThat(there().sees(ADA, LAB)).isEmpty();
    }

    @Test
    void onceItIsClosedNothingIsHandedIn() {
        MessagePosted question = asked(LAB, "hello");
        delivered(reply(question, newKey(), "hello"));
        platform().close();
        List<ChatEvent> before = heard.all();
        there().asks(ADA, LAB, "too late");
        there().close();
        assertThat(heard.all()).isEqualTo(before);
    }
}
