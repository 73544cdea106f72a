package loci.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import loci.chat.ChatEvent.SpaceJoined;
import loci.chat.ChatPlatform.Shown;
import loci.chat.EventId;
import loci.chat.Inbox.Acceptance;
import loci.engine.Admission.Listed;
import loci.prompt.Strategies;
import org.junit.jupiter.api.Test;

/** Where an operator lists whom the bot serves, nobody else costs anything or is kept. */
class AdmissionScenarioTest {

    private static Chat listing(Listed... listed) {
        return new Chat(Chat.settings(Strategies.of("hybrid", 20, 20)).with(new Admission(Set.of(listed))));
    }

    @Test
    void whoIsListedIsAnswered() {
        Chat chat = listing(new Listed("test", "space", null));
        assertThat(chat.say("Ada", "hello")).isNotNull();
        assertThat(chat.answers).isEmpty();
    }

    @Test
    void elsewhereNothingIsKeptAndOneAnswerSaysWhatToAdd() {
        Chat chat = listing(new Listed("test", "another", null));
        chat.post("Ada", "an aside", false);
        assertThat(chat.answers).isEmpty();
        assertThat(chat.say("Ada", "hello")).isNull();
        assertThat(chat.answers).hasSize(1);
        assertThat(chat.answers.getLast().text()).contains("`test/space`", "`admission.spaces`");
        chat.channel("another-room");
        chat.say("Bob", "hello");
        chat.restart();
        chat.say("Ada", "and now?");
        assertThat(chat.answers).hasSize(1);
        assertThat(chat.model.replies).isEmpty();
        assertThat(chat.store.newestExchange(chat.channel())).isZero();
        chat.channel("lab");
        assertThat(chat.store.newestExchange(chat.channel())).isZero();
    }

    @Test
    void noCommandWorksThere() {
        Chat chat = listing();
        assertThat(chat.command("Ada", "/remember the kettle is red")).contains("`test/space`");
        assertThat(chat.command("Ada", "/help")).contains("`test/space`").doesNotContain("/forget");
        assertThat(chat.store.pinned(chat.channel())).isEmpty();
    }

    @Test
    void itIsSaidInsteadOfTheWelcomeAndOnce() {
        Chat chat = listing();
        SpaceJoined joined = new SpaceJoined(new EventId("j1"), chat.channel(), Chat.START);
        assertThat(chat.engine.accept(joined)).isEqualTo(Acceptance.REFUSED);
        assertThat(chat.answers.getLast().text()).contains("`test/space`").doesNotContain("Hello");
        assertThat(chat.engine.accept(joined)).isEqualTo(Acceptance.REPEATED);
        chat.say("Ada", "hello");
        assertThat(chat.answers).hasSize(1);
    }

    @Test
    void oneselfIsListedForDirectMessages() {
        Chat chat = listing(new Listed("test", "space", "id-ada"));
        chat.shown = Shown.DIRECT;
        assertThat(chat.say("Ada", "hello")).isNotNull();
        chat.channel("with-bob");
        assertThat(chat.say("Bob", "hello")).isNull();
        assertThat(chat.answers.getLast().text()).contains("`test/space/id-bob`");
        chat.say("Bob", "hello?");
        assertThat(chat.answers).hasSize(1);
        chat.channel("with-eve");
        chat.say("Eve", "hello");
        assertThat(chat.answers).hasSize(2);
    }
}
