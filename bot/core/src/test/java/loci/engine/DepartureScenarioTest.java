package loci.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import loci.chat.ChatEvent.PlaceGone.Extent;
import loci.chat.ConversationId;
import loci.memory.ConversationStore;
import loci.memory.Exchanges;
import loci.memory.Turn;
import loci.prompt.Strategies;
import org.junit.jupiter.api.Test;

/** Places go, and what was said there goes with them. */
class DepartureScenarioTest {

    private final Chat chat = Chat.hybrid(8, 2);

    private List<String> said(String channel, String thread) {
        ConversationId place = thread.isEmpty()
                ? ConversationId.ofChannel("test", "space", channel)
                : new ConversationId("test", "space", channel, thread);
        long newest = Math.max(1, chat.store.newestExchange(place));
        return chat.store.turns(place, new Exchanges(1, newest), 1_000).stream()
                .map(Turn::text)
                .toList();
    }

    @Test
    void aChannelTakesItsOwnMemoryAndThatOfItsThreadsAlong() {
        chat.channel("lab");
        chat.command("ada", "/settings strategy none");
        chat.say("ada", "in the lab");
        chat.thread("lab", "t1");
        chat.say("ada", "in a thread of its own");
        chat.channel("garden");
        chat.say("ada", "in the garden");
        chat.channel("lab");
        chat.gone(Extent.CHANNEL);
        assertThat(said("lab", "")).isEmpty();
        assertThat(said("lab", "t1")).isEmpty();
        assertThat(said("garden", "")).containsExactly("in the garden", "ok");
        assertThat(chat.store.settings(chat.channel()))
                .as("whoever comes back begins anew")
                .isEmpty();
    }

    @Test
    void aThreadTakesAlongWhatWasPostedInItToItsChannel() {
        chat.channel("lab");
        chat.post("ada", "in the channel", false, "lab/m1");
        chat.post("ada", "in the thread", false, "t1/m2");
        chat.post("ben", "in another", false, "t12/m3");
        chat.thread("lab", "t1");
        chat.post("ben", "when it was kept apart", false, "t1/m4");
        chat.gone(Extent.THREAD);
        assertThat(said("lab", "")).containsExactly("in the channel", "in another");
        assertThat(said("lab", "t1")).isEmpty();
        chat.channel("lab");
        assertThat(chat.store.settings(chat.channel())).isEmpty();
        chat.say("ada", "hm");
        assertThat(chat.lastPromptText()).doesNotContain("in the thread");
    }

    @Test
    void hundredsOfThreadsAtOnceAllGo() {
        chat.channel("lab");
        for (int i = 0; i < 150; i++) {
            chat.post("ada", "in thread " + i, false, "thread-with-a-long-name-" + i + "/m" + i);
        }
        for (int i = 0; i < 150; i++) {
            chat.thread("lab", "thread-with-a-long-name-" + i);
            chat.gone(Extent.THREAD);
        }
        assertThat(said("lab", "")).isEmpty();
    }

    @Test
    void aSpaceTakesAllOfItAlongAndBeginsAnewWhenTheBotIsInvitedAgain() {
        for (String channel : List.of("lab", "garden")) {
            chat.channel(channel);
            chat.say("ada", "in the " + channel);
        }
        chat.channel("silent");
        chat.command("ada", "/persona custom I live in Kiel.");
        chat.gone(Extent.SPACE);
        assertThat(chat.store.settings(chat.channel()))
                .as("nobody ever spoke there")
                .isEmpty();
        assertThat(said("lab", "")).isEmpty();
        assertThat(said("garden", "")).isEmpty();
        assertThat(chat.store.unsettled()).isEmpty();
        chat.say("ada", "back again");
        assertThat(chat.lastPromptText()).contains("back again").doesNotContain("in the");
        chat.channel("nowhere");
        int answers = chat.answers.size();
        chat.gone(Extent.CHANNEL);
        assertThat(chat.answers).as("nobody is there to be told").hasSize(answers);
    }

    @Test
    void whatAKillInterruptedIsTakenUpAtTheNextStart() {
        chat.say("ada", "in the lab");
        chat.store.set(chat.channel(), "gone", Optional.of("*"));
        chat.restart();
        assertThat(said("lab", "")).isEmpty();
        assertThat(chat.store.having("gone")).isEmpty();
    }

    @Test
    void aQuestionWhoseChannelGoesIsNotAnswered() {
        chat.model.onReply = prompt -> {
            chat.gone(Extent.CHANNEL);
            return ScriptedModel.answered("too late");
        };
        assertThat(chat.say("ada", "anybody?")).isNull();
        assertThat(said("lab", "")).isEmpty();
        assertThat(chat.store.unsettled()).isEmpty();
    }

    @Test
    void whatBreaksOnTheWayIsTriedAgain() {
        AtomicBoolean breaks = new AtomicBoolean();
        Chat breaking = new Chat(Chat.settings(Strategies.of("hybrid", 8, 8)), store -> breaking(store, breaks));
        breaking.say("ada", "in the lab");
        breaks.set(true);
        breaking.gone(Extent.CHANNEL);
        assertThat(breaks).as("it has broken").isFalse();
        assertThat(breaking.store.having("gone")).containsExactly(breaking.channel());
        breaking.timer();
        assertThat(breaking.store.having("gone")).isEmpty();
        assertThat(breaking.store.turns(breaking.channel(), new Exchanges(1, 1), 10))
                .isEmpty();
        assertThat(breaking.uncaught).isEmpty();
    }

    /** A store in which a bug shows when settings are asked for, once. */
    private static ConversationStore breaking(ConversationStore store, AtomicBoolean breaks) {
        return (ConversationStore) Proxy.newProxyInstance(
                ConversationStore.class.getClassLoader(),
                new Class<?>[] {ConversationStore.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("settings") && breaks.getAndSet(false)) {
                        throw new AssertionError("asked to break");
                    }
                    return method.invoke(store, arguments);
                });
    }
}
