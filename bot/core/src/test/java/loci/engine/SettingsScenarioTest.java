package loci.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import loci.chat.ConversationId;
import loci.command.ChannelRules;
import loci.command.ChannelRules.Listening;
import loci.command.ChannelRules.Retention;
import loci.command.ChannelRules.Threads;
import loci.prompt.Strategies;
import org.junit.jupiter.api.Test;

/** What a channel can settle for itself: what is heard, where threads belong, how long is remembered. */
class SettingsScenarioTest {

    private static Chat chat(Listening listening, Threads threads, Retention retention) {
        EngineSettings plain = Chat.settings(Strategies.of("hybrid", 8, 8));
        return new Chat(plain.with(plain.personas(), new ChannelRules(listening, threads, retention), plain.limits()));
    }

    @Test
    void onlyMentionsAreRememberedUntilAChannelWantsAll() {
        Chat chat = chat(Listening.MENTIONS, Threads.SHARED, Retention.FOREVER);
        chat.post("ben", "overheard", false);
        chat.say("ada", "hello");
        assertThat(chat.lastPromptText()).doesNotContain("overheard");
        assertThat(chat.command("ada", "/summary since 1h")).endsWith("(`/settings listen`), I hear nothing else.");
        assertThat(chat.command("ada", "/settings listen all"))
                .startsWith("Set from the next message on. `listen`: `all`");
        chat.post("ben", "heard", false);
        chat.say("ada", "hello");
        assertThat(chat.lastPromptText()).contains("heard").doesNotContain("overheard");
        chat.command("ada", "/settings listen default");
        assertThat(chat.command("ada", "/settings listen")).contains("`mentions` (the operator's choice)");
    }

    @Test
    void threadsShareTheirChannelsMemoryUnlessItKeepsThemApart() {
        Chat chat = chat(Listening.ALL, Threads.SHARED, Retention.FOREVER);
        ConversationId lab = chat.channel();
        assertThat(chat.engine.inThread(lab, "t1")).isEqualTo(lab);
        chat.command("ada", "/settings threads separate");
        assertThat(chat.engine.inThread(lab, "t1")).isEqualTo(new ConversationId("test", "space", "lab", "t1"));
        assertThat(chat.engine
                        .inThread(ConversationId.ofChannel("test", "space", "garden"), "t1")
                        .thread())
                .isNull();
    }

    @Test
    void whatHoldsForAChannelHoldsForItsThreadsToo() {
        Chat chat = chat(Listening.ALL, Threads.SEPARATE, Retention.FOREVER);
        chat.command("ada", "/settings strategy none");
        ConversationId thread = chat.engine.inThread(chat.channel(), "t1");
        assertThat(chat.store.inForce(thread)).containsEntry("strategy", "none");
        chat.store.set(thread, "strategy", java.util.Optional.of("full"));
        assertThat(chat.store.inForce(thread)).containsEntry("strategy", "full");
    }

    @Test
    void whatAChannelKeepsNoLongerGoesForGoodAndWhatIsPinnedStays() {
        Chat chat = chat(Listening.ALL, Threads.SHARED, Retention.FOREVER);
        chat.command("ada", "/remember The door code is 4711.");
        chat.say("ada", "My cat is called Marmalade.");
        for (int i = 0; i < 12; i++) {
            chat.post("ben", "small talk " + i, false);
        }
        assertThat(chat.engine.expire()).isZero();
        chat.command("ada", "/settings retention 30d");
        chat.passes(Duration.ofDays(20));
        chat.post("ben", "news", false);
        assertThat(chat.engine.expire()).isZero();
        chat.passes(Duration.ofDays(11));
        assertThat(chat.engine.expire()).isEqualTo(14);
        assertThat(chat.engine.expire()).isZero();
        chat.say("ada", "what do you know?");
        assertThat(chat.lastPromptText()).contains("4711", "news").doesNotContain("Marmalade", "small talk");
        assertThat(chat.store.note(chat.channel())).isEmpty();
    }

    @Test
    void anAnswerGoesWithItsQuestionAndNotForRepeatingAnOlderOne() {
        Chat chat = chat(Listening.ALL, Threads.SHARED, Retention.MONTH);
        chat.model.onReply = prompt -> ScriptedModel.answered("Marmalade it is.");
        chat.say("ada", "My cat is called Marmalade.");
        chat.say("ada", "What is the cat called?");
        chat.command("ada", "/pin last");
        chat.passes(Duration.ofDays(31));
        chat.say("ada", "And today?");
        assertThat(chat.engine.expire()).as("the first question and its answer").isEqualTo(2);
        chat.say("ada", "hm");
        assertThat(chat.lastPromptText())
                .contains("What is the cat called?", "And today?", "Marmalade it is.")
                .doesNotContain("My cat is called");
    }

    @Test
    void aThreadOfAPausedChannelIsResumedInItsChannel() {
        Chat chat = chat(Listening.ALL, Threads.SEPARATE, Retention.FOREVER);
        chat.command("ada", "/pause");
        chat.thread("lab", "t1");
        assertThat(chat.say("ada", "hello?")).isNull();
        assertThat(chat.command("ada", "/resume"))
                .isEqualTo("The channel of this thread is paused: run `/resume` there.");
        chat.channel("lab");
        assertThat(chat.command("ada", "/resume")).isEqualTo("I am listening again.");
        chat.thread("lab", "t1");
        assertThat(chat.say("ada", "hello?")).isEqualTo("ok");
    }

    @Test
    void aChannelCannotKeepLongerThanTheOperator() {
        Chat chat = chat(Listening.ALL, Threads.SHARED, Retention.QUARTER);
        assertThat(chat.command("ada", "/settings retention forever"))
                .isEqualTo("`retention` can be `90d`, `30d`, `7d`, `1d`, or `default`.");
        assertThat(chat.command("ada", "/settings retention 7d")).contains("`retention`: `7d` (chosen here)");
        chat.post("ben", "old", false);
        chat.passes(Duration.ofDays(8));
        assertThat(chat.engine.expire()).isEqualTo(1);
        assertThat(chat.command("ada", "/privacy")).contains("at most 7d");
    }
}
