package loci.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeSet;
import loci.chat.Author;
import loci.chat.Caller;
import loci.chat.ChatEvent;
import loci.chat.ConversationId;
import loci.chat.Delivery;
import loci.chat.EventId;
import loci.chat.Inbox.Acceptance;
import loci.chat.MessageRef;
import loci.chat.Reply;
import loci.chat.Standing;
import loci.command.Permissions;
import loci.memory.ConversationStore;
import loci.memory.FaultyStore;
import loci.memory.FaultyStore.When;
import loci.model.ModelOutcome;
import loci.model.ModelOutcome.Cause;
import loci.prompt.CompactionPolicy;
import loci.prompt.NoteRole;
import loci.prompt.Strategies;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What goes wrong around the engine, one thing at a time. */
class HostileScenarioTest {

    private static final EngineSettings SETTINGS = new EngineSettings(
            "loci",
            "Persona.",
            "Condense.",
            Strategies.of("hybrid", 10, 8),
            NoteRole.SYSTEM,
            List.of(),
            new CompactionPolicy(8, 2, 100_000, 100_000, 200, 3),
            new Permissions(Map.of()),
            "a model",
            0,
            500);

    private final Chat chat = Chat.hybrid(8, 2);

    @BeforeAll
    static void silence() {
        Laws.silence();
    }

    @AfterAll
    static void speakAgain() {
        Laws.speakAgain();
    }

    /** The first store call after the start is call 2; 1 asks what is unsettled. A message asks two things before it is recorded. */
    private static Chat failing(long call, When when) {
        boolean[] begun = {false};
        return new Chat(SETTINGS, store -> {
            ConversationStore faulty = begun[0] ? store : new FaultyStore(store, call, when);
            begun[0] = true;
            return faulty;
        });
    }

    private static ChatEvent.MessagePosted posted(Chat chat, String id) {
        return new ChatEvent.MessagePosted(
                new EventId("e" + id),
                chat.channel(),
                new MessageRef(id),
                new Author("id-ada", "ada"),
                "hello",
                Chat.START,
                true);
    }

    @Test
    void aQuestionThatWasStoredJustBeforeTheFailureIsAnsweredWhenItComesAgain() {
        Chat failing = failing(5, When.AFTER);
        assertThatThrownBy(() -> failing.engine.accept(posted(failing, "m1"))).isInstanceOf(FaultyStore.Fault.class);
        assertThat(failing.engine.accept(posted(failing, "m1"))).isEqualTo(Acceptance.REPEATED);
        assertThat(failing.delivered).extracting(Reply::text).containsExactly("ok");
    }

    @Test
    void aModelClientThatThrowsIsAVisibleFailure() {
        for (Throwable bug : List.of(
                new IllegalStateException("bug"), new StackOverflowError(), new OutOfMemoryError("pretended"))) {
            chat.model.onReply = prompt -> {
                if (bug instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) bug;
            };
            assertThat(chat.say("ada", "hello")).contains("failed while I was answering");
        }
        chat.model.onReply = prompt -> ScriptedModel.answered("well again");
        assertThat(chat.say("ada", "and now?")).isEqualTo("well again");
    }

    @Test
    void aPlatformThatCannotShowProgressStillGetsTheAnswer() {
        chat.onProgress = text -> {
            throw new IllegalStateException("no connection");
        };
        assertThat(chat.say("ada", "hello")).isEqualTo("ok");
        assertThat(chat.model.replies).hasSize(1);
    }

    @Test
    void aPlatformThatThrowsOnDeliveryIsTriedAgainOnceForAllMessages() {
        chat.delivering = reply -> {
            throw new IllegalStateException("no connection");
        };
        for (int i = 0; i < 5; i++) {
            assertThat(chat.say("ada", "message " + i)).isNull();
        }
        assertThat(chat.waiting()).as("retries that wait").isEqualTo(1);
        chat.delivering = reply -> new Delivery.Delivered(List.of(new MessageRef("out-" + reply.key())));
        chat.timer();
        assertThat(chat.delivered).hasSize(5);
        assertThat(chat.nothingWaits()).isTrue();
    }

    @Test
    void aPlatformThatCannotShowACommandsAnswerDoesNotUndoIt() {
        chat.say("ada", "hello");
        chat.onAnswer = answer -> {
            chat.answers.add(answer);
            throw new IllegalStateException("no connection");
        };
        assertThat(chat.command("ada", "/forget here --yes")).startsWith("Forgotten");
        assertThat(chat.uncaught).isEmpty();
    }

    @Test
    void aCommandThatIsDeliveredTwiceRunsOnce() {
        for (int i = 0; i < 4; i++) {
            chat.say("ada", "message " + i);
        }
        ChatEvent.CommandInvoked forget = new ChatEvent.CommandInvoked(
                new EventId("c"),
                chat.channel(),
                new Caller(new Author("id-ada", "ada"), Standing.ADMIN, Locale.ROOT, ZoneOffset.UTC),
                "forget",
                "last 2 --yes",
                Chat.START);
        assertThat(chat.engine.accept(forget)).isEqualTo(Acceptance.ACCEPTED);
        assertThat(chat.engine.accept(forget)).isEqualTo(Acceptance.REPEATED);
        assertThat(chat.command("ada", "/forget here")).contains("6 messages");
    }

    @Test
    void whatIsForgottenBeforeASecondTryIsNotSentAgain() {
        MessageRef secret = chat.post("ada", "The code is heliotrope.", false);
        chat.model.onReply = prompt -> {
            if (chat.model.replies.size() == 1) {
                chat.delete(secret);
                return new ModelOutcome.PromptTooLong(OptionalInt.empty(), OptionalInt.empty());
            }
            return ScriptedModel.answered("ok");
        };
        chat.say("ben", "What is the code?");
        assertThat(chat.model.replies).hasSize(2);
        assertThat(chat.lastPromptText()).doesNotContain("heliotrope");
    }

    @Test
    void aBrokenOffAnswerCanBeForgottenToo() {
        MessageRef secret = chat.post("ada", "The code is heliotrope.", false);
        chat.model.onReply = prompt -> ScriptedModel.textOf(prompt).contains("heliotrope")
                ? new ModelOutcome.Unavailable(Cause.SERVER_FAILED, "cut", "It is heliotrope and")
                : ScriptedModel.answered("I do not know it.");
        chat.onDeliver = () -> new Delivery.TryLater("offline");
        chat.say("ben", "What is the code?");
        chat.delete(secret);
        chat.onDeliver = () -> new Delivery.Delivered(List.of(new MessageRef("out")));
        chat.timer();
        assertThat(chat.delivered).extracting(Reply::text).containsExactly("I do not know it.");
    }

    @Test
    void anAnswerWithoutEndIsCutAndNotRefusedForEver() {
        chat.model.onReply = prompt -> ScriptedModel.answered("la ".repeat(500_000));
        assertThat(chat.say("ada", "sing")).hasSizeLessThanOrEqualTo(100_000).endsWith("length limit]");
    }

    @Test
    void aMessageCutInTheMiddleOfASignStaysText() {
        chat.post("ada", "x" + "😀".repeat(60_000), false);
        String stored = chat.store
                .find(chat.channel(), new MessageRef("m1"))
                .orElseThrow()
                .text();
        assertThat(stored).contains("[cut: the message had 120001 characters]");
        assertThat(stored.codePoints()).noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    @Test
    void anEditOfTheBotsOwnMessageErasesNothing() {
        chat.model.onReply = prompt -> ScriptedModel.answered("A distinctive marmalade answer");
        chat.say("ada", "hello");
        MessageRef own = new MessageRef("out-0");
        assertThat(chat.store.find(chat.channel(), own)).isPresent();
        chat.edit(own, "A distinc");
        assertThat(chat.store.find(chat.channel(), own)).isPresent();
    }

    @Test
    void aDeletionThatComesAgainStopsTheCallItShouldHaveStopped() {
        ChatEvent.MessageDeleted gone =
                new ChatEvent.MessageDeleted(new EventId("x"), chat.channel(), new MessageRef("m1"), Chat.START);
        chat.model.onReply = prompt -> {
            chat.store.erase(chat.channel(), new TreeSet<>(List.of(1L)));
            chat.engine.accept(gone);
            assertThat(chat.model.lastCancellation.isCancelled()).isTrue();
            return new ModelOutcome.Stopped("");
        };
        assertThat(chat.say("ada", "hello")).isNull();
    }

    @Test
    void aConversationOfAPlatformThatIsNotServedWaits() {
        ConversationId elsewhere = ConversationId.ofChannel("slack", "space", "lab");
        chat.engine.accept(new ChatEvent.MessagePosted(
                new EventId("e"), elsewhere, new MessageRef("m"), new Author("a", "ada"), "hello", Chat.START, true));
        assertThat(chat.model.replies).isEmpty();
        assertThat(chat.nothingWaits()).isTrue();
        chat.restart();
        assertThat(chat.say("ada", "hello")).isEqualTo("ok");
        assertThat(chat.store.unsettled()).containsExactly(elsewhere);
    }

    @Test
    void memoryThatNeverHoldsStillEndsInAFailure() {
        chat.model.onReply = prompt -> {
            chat.delete(chat.post("ben", "noise " + chat.model.replies.size(), false));
            return ScriptedModel.answered("never kept");
        };
        assertThat(chat.say("ada", "hello")).contains("kept being erased");
        assertThat(chat.model.replies).hasSize(5);
    }

    @Test
    void anEditOfADigestedQuestionDoesNotOpenItAgain() {
        MessageRef first = new MessageRef("m1");
        chat.say("ada", "My cat is called Marmalade.");
        for (int i = 0; i < 12; i++) {
            chat.say("ben", "small talk " + i);
        }
        int replies = chat.model.replies.size();
        chat.edit(first, "My cat is private.");
        chat.passes(Duration.ofHours(1));
        assertThat(chat.model.replies).hasSize(replies);
        assertThat(chat.say("ben", "and?")).isEqualTo("ok");
        assertThat(chat.command("ben", "/summary")).doesNotContain("Marmalade");
    }
}
