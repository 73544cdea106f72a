package loci.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import loci.chat.Attachments;
import loci.chat.ChatEvent.PlaceGone;
import loci.chat.Image;
import loci.chat.Inbox.Acceptance;
import loci.chat.MessageRef;
import loci.chat.Reply;
import loci.chat.Standing;
import loci.memory.FaultyStore;
import loci.memory.Ledger.Budgets;
import loci.model.ImageTokens;
import loci.model.ModelProfile;
import loci.model.PromptImage;
import loci.prompt.Strategies;
import org.junit.jupiter.api.Test;

/** What a question replies to, what it shows, and asking for another answer. */
class QuotingScenarioTest {

    private final Chat chat = Chat.hybrid(8, 2);

    private static ModelProfile seeing() {
        ModelProfile blind = ScriptedModel.PROFILE;
        return new ModelProfile(
                "seeing",
                blind.encoding(),
                blind.contextWindow(),
                blind.maxOutput(),
                true,
                false,
                blind.outputLimitField(),
                true,
                blind.contextWindow(),
                Optional.of(new ImageTokens.Area()),
                Optional.empty());
    }

    private List<PromptImage> imagesShown() {
        return chat.lastPrompt().messages().getLast().images();
    }

    @Test
    void whatIsRepliedToIsBroughtInAlthoughNobodyHadSaidItToTheBot() {
        MessageRef party = new MessageRef("overheard");
        chat.reply("ada", party, "ben", "The party is on Friday.", "when is it?");
        assertThat(chat.lastPromptText()).contains("ben", "The party is on Friday.", "when is it?");

        chat.delete(party);
        chat.say("ada", "and where?");
        assertThat(chat.lastPromptText()).doesNotContain("Friday");
        chat.reply("ada", party, "ben", "The party is on Friday.", "really?");
        assertThat(chat.lastPromptText()).doesNotContain("Friday");
    }

    @Test
    void anOldMessageThatIsRepliedToIsShownWithTheQuestion() {
        MessageRef party = chat.post("ben", "The party is on Friday.", true);
        for (int i = 0; i < 20; i++) {
            chat.say("cleo", "something else " + i);
        }
        chat.say("ada", "when?");
        assertThat(chat.lastPromptText()).doesNotContain("Friday");
        chat.reply("ada", party, "ben", "The party is on Friday.", "when?");
        assertThat(chat.lastPromptText()).contains("replied to").containsOnlyOnce("The party is on Friday.");
    }

    @Test
    void theBotsOwnOldAnswerIsShownToo() {
        chat.model.onReply = prompt -> ScriptedModel.answered("Forty-two.");
        chat.say("ada", "the answer?");
        MessageRef answer = new MessageRef("out-0");
        chat.model.onReply = prompt -> ScriptedModel.answered("ok");
        for (int i = 0; i < 20; i++) {
            chat.say("cleo", "something else " + i);
        }
        chat.reply("ada", answer, null, "Forty-two.", "why?");
        assertThat(chat.lastPromptText()).contains("replied to", "Forty-two.");
    }

    @Test
    void theWordsOfSomebodyWhoOptedOutAreNotBroughtIn() {
        chat.command("ben", "/privacy opt-out");
        chat.reply("ada", new MessageRef("overheard"), "ben", "my secret plan", "what does ben plan?");
        assertThat(chat.lastPromptText()).doesNotContain("secret plan");
    }

    @Test
    void imagesAreShownToAModelThatSeesAndNamedToOneThatDoesNot() {
        Image cat = new Image(URI.create("data:image/png;base64,AA=="), 100, 100);
        MessageRef picture = new MessageRef("picture");
        chat.images.put(picture, List.of(cat));
        chat.post("ada", "what is this? " + Attachments.image("cat.png"), true, picture.id());
        assertThat(imagesShown()).isEmpty();
        assertThat(chat.lastPromptText()).contains("cat.png");

        chat.model.profile = seeing();
        chat.restart();
        chat.reply("ben", picture, "ada", "what is this? " + Attachments.image("cat.png"), "and what colour?");
        assertThat(imagesShown()).extracting(PromptImage::source).containsExactly(cat.source());
    }

    @Test
    void aPlatformThatCannotGiveTheImageDoesNotCostTheAnswer() {
        chat.model.profile = seeing();
        chat.restart();
        assertThat(chat.say("ada", "what is this? " + Attachments.image("cat.png")))
                .isEqualTo("ok");
        assertThat(imagesShown()).isEmpty();
    }

    @Test
    void anotherAnswerTakesThePlaceOfTheFirst() {
        chat.model.onReply = prompt -> ScriptedModel.answered("a worn joke");
        MessageRef question = chat.post("ada", "a joke?", true);
        chat.model.onReply = prompt -> ScriptedModel.answered("a better joke");
        assertThat(chat.again("ada", question)).isEqualTo(Acceptance.ACCEPTED);
        assertThat(chat.delivered).hasSize(2);
        assertThat(chat.delivered.getLast().text()).isEqualTo("a better joke");
        assertThat(chat.delivered.getLast().key())
                .isEqualTo(chat.delivered.getFirst().key());
        assertThat(chat.delivered.getLast().posted()).containsExactly(new MessageRef("out-0"));
        assertThat(chat.lastPromptText()).doesNotContain("worn");
        chat.say("ada", "thanks");
        assertThat(chat.lastPromptText()).contains("a better joke");
    }

    @Test
    void anotherAnswerIsWrittenAfterAKillToo() {
        MessageRef question = chat.post("ada", "a joke?", true);
        chat.model.onReply = prompt -> {
            chat.kill();
            return ScriptedModel.answered("lost");
        };
        chat.again("ada", question);
        chat.model.onReply = prompt -> ScriptedModel.answered("a better joke");
        chat.startAgain();
        assertThat(chat.delivered.getLast().text()).isEqualTo("a better joke");
        assertThat(chat.delivered.getLast().posted()).hasSize(1);
    }

    @Test
    void onlyWhoAskedOrManagesMayHaveItAnsweredAgain() {
        MessageRef question = chat.post("ada", "a joke?", true);
        chat.standing = Standing.MEMBER;
        assertThat(chat.again("ben", question)).isEqualTo(Acceptance.REFUSED);
        assertThat(chat.answers.getLast().text()).contains("Only who asked");
        assertThat(chat.delivered).hasSize(1);
        assertThat(chat.again("ada", question)).isEqualTo(Acceptance.ACCEPTED);
        chat.standing = Standing.ADMIN;
        assertThat(chat.again("ben", question)).isEqualTo(Acceptance.ACCEPTED);
        assertThat(chat.again("ben", new MessageRef("unknown"))).isEqualTo(Acceptance.REFUSED);
        assertThat(chat.answers.getLast().text()).contains("do not remember");
    }

    @Test
    void whatWasShownOfAnAnswerIsTakenBackWhenItsQuestionGoes() {
        MessageRef question = new MessageRef("q");
        chat.onProgress = text -> chat.delete(question);
        chat.post("ada", "a long story?", true, "q");
        assertThat(chat.delivered).isEmpty();
        assertThat(chat.withdrawn).containsExactly(question);

        chat.onProgress = text -> {};
        chat.say("ada", "another one?");
        assertThat(chat.withdrawn).hasSize(1);
    }

    @Test
    void soItIsWhenEverythingIsForgottenOrThePlaceIsGone() {
        chat.onProgress = text -> chat.command("ada", "/forget here --yes");
        chat.post("ada", "a long story?", true, "q1");
        chat.onProgress = text -> chat.gone(PlaceGone.Extent.CHANNEL);
        chat.post("ada", "a longer story?", true, "q2");
        assertThat(chat.withdrawn).extracting(MessageRef::id).containsExactly("q1", "q2");
    }

    @Test
    void whatWasSaidDuringAPauseIsNotBroughtInLater() {
        chat.command("ada", "/pause");
        MessageRef secret = new MessageRef("said-in-the-pause");
        chat.passes(Duration.ofMinutes(5));
        chat.command("ada", "/resume");
        chat.reply("eve", secret, "ben", "my secret plan", "what does ben plan?");
        assertThat(chat.lastPromptText()).doesNotContain("secret plan");
    }

    @Test
    void anotherAnswerToAnOldQuestionDoesNotCostANewOneItsOwn() {
        MessageRef old = chat.post("ben", "a joke?", true);
        chat.model.onReply = prompt -> {
            chat.model.onReply = again -> ScriptedModel.answered("ok then");
            chat.again("ben", old);
            return ScriptedModel.answered("half");
        };
        chat.post("ada", "a long story?", true);
        assertThat(chat.withdrawn).isEmpty();
        assertThat(chat.delivered).extracting(Reply::text).containsExactly("ok", "ok then", "ok then");
    }

    /** A chat in which somebody does something while something is erased. */
    private static Chat interrupted(Deque<Runnable> meanwhile) {
        return new Chat(
                Chat.settings(Strategies.of("hybrid", 8, 8)),
                store -> FaultyStore.interrupted(store, call -> {
                    if (call.equals("erase") && !meanwhile.isEmpty()) {
                        meanwhile.remove().run();
                    }
                }));
    }

    @Test
    void anAnswerThatIsGivenAnewWhileItIsForgottenWhatItRepeatsIsForgottenToo() {
        Deque<Runnable> meanwhile = new ArrayDeque<>();
        Chat interrupted = interrupted(meanwhile);
        MessageRef secret = interrupted.post("ben", "we meet in Zanzibar", false);
        MessageRef old = interrupted.post("ada", "a joke?", true);
        interrupted.say("ada", "thanks");
        interrupted.model.onReply = prompt -> ScriptedModel.answered("see you in Zanzibar");
        meanwhile.add(() -> interrupted.again("ada", old));
        interrupted.delete(secret);
        assertThat(meanwhile).isEmpty();
        interrupted.say("ada", "where do you meet?");
        assertThat(interrupted.lastPromptText()).contains("a joke?").doesNotContain("Zanzibar");
    }

    @Test
    void anAnswerThatIsGivenAnewWhileWhatItRepeatsIsEditedIsForgottenToo() {
        Deque<Runnable> meanwhile = new ArrayDeque<>();
        Chat interrupted = interrupted(meanwhile);
        MessageRef secret = interrupted.post("ben", "we meet in Zanzibar", false);
        interrupted.model.onReply = prompt -> ScriptedModel.answered("see you in Zanzibar");
        MessageRef old = interrupted.post("ada", "a joke?", true);
        interrupted.model.onReply = prompt -> ScriptedModel.answered("ok");
        interrupted.say("ada", "and where?");
        interrupted.model.onReply = prompt -> ScriptedModel.answered("in Zanzibar");
        meanwhile.add(() -> interrupted.again("ada", old));
        interrupted.edit(secret, "we meet in the shed");
        assertThat(meanwhile).isEmpty();
        interrupted.say("ada", "where do you meet?");
        assertThat(interrupted.lastPromptText()).contains("in the shed").doesNotContain("Zanzibar");
    }

    @Test
    void anotherAnswerCountsAsAQuestionAndWhoAsksTooOftenIsToldSoInTheirLanguage() {
        Chat limited = new Chat(Chat.settings(Strategies.of("hybrid", 8, 8)).with(new Limits(2, 100, Budgets.NONE)));
        MessageRef question = limited.post("ada", "a joke?", true);
        assertThat(limited.again("ada", question)).isEqualTo(Acceptance.ACCEPTED);
        limited.language = Locale.GERMAN;
        assertThat(limited.again("ada", question)).isEqualTo(Acceptance.REFUSED);
        assertThat(limited.answers.getLast().text())
                .startsWith("Du hast 2 Mal in einer Minute gefragt, mehr geht nicht. Frag");
        assertThat(limited.delivered).hasSize(2);
    }

    @Test
    void aQuestionTooManyBringsNothingIn() {
        Chat limited = new Chat(Chat.settings(Strategies.of("hybrid", 8, 8)).with(new Limits(1, 100, Budgets.NONE)));
        limited.say("eve", "hi");
        limited.reply("eve", new MessageRef("overheard"), "ben", "my secret plan", "what does ben plan?");
        limited.passes(Duration.ofMinutes(2));
        limited.say("eve", "and now?");
        assertThat(limited.lastPromptText()).doesNotContain("secret plan");
    }
}
