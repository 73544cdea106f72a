package loci.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import loci.chat.Standing;
import loci.command.CommandDescription;
import loci.command.CommandDescription.Kind;
import loci.model.ModelOutcome;
import loci.model.ModelOutcome.Cause;
import loci.model.ModelProfile;
import loci.model.Prices;
import loci.prompt.Personas;
import loci.prompt.Strategies;
import org.junit.jupiter.api.Test;

/** Which model answers, as whom, and what happens where one fails. */
class ModelScenarioTest {

    private static final Prices CHEAP = new Prices(
            new BigDecimal("2"), Optional.of(new BigDecimal("0.5")), new BigDecimal("8"), YearMonth.of(2026, 3));

    private final Chat chat = new Chat(settings());

    private static EngineSettings settings() {
        LinkedHashMap<String, String> personas = new LinkedHashMap<>();
        personas.put("pirate", "You are loci, and talk like a pirate.");
        personas.put("endless", "You are loci, and say " + "much and more ".repeat(5_000));
        EngineSettings plain = Chat.settings(Strategies.of("hybrid", 8, 8));
        return plain.with(new Personas(plain.personas().standing(), personas), plain.rules(), plain.limits());
    }

    private static ScriptedModel model(String name, int window) {
        ScriptedModel model = new ScriptedModel();
        model.profile = new ModelProfile(
                name,
                "quarters",
                window,
                4_000,
                true,
                false,
                "max_tokens",
                true,
                window,
                Optional.empty(),
                Optional.of(CHEAP));
        model.onReply = prompt -> ScriptedModel.answered("I am " + name);
        return model;
    }

    private static ModelOutcome down(String partialText) {
        return new ModelOutcome.Unavailable(Cause.UNREACHABLE, "down", partialText);
    }

    private ScriptedModel fallback(String name) {
        ScriptedModel model = model(name, 16_000);
        chat.fallbacks.add(model);
        chat.restart();
        return model;
    }

    @Test
    void whereTheModelFailsTheNextOneAnswersAndIsRecorded() {
        ScriptedModel other = fallback("other");
        chat.model.onReply = prompt -> down("");
        assertThat(chat.say("ada", "hello")).isEqualTo("I am other");
        assertThat(other.replies).hasSize(1);
        assertThat(chat.command("ada", "/usage")).contains("other, answers", "1 call");
    }

    @Test
    void aModelThatFailedIsAskedLastForAWhileAndFirstAgainAfterIt() {
        fallback("other");
        chat.model.onReply = prompt -> down("");
        chat.say("ada", "one");
        chat.say("ada", "two");
        assertThat(chat.model.replies).as("an outage costs one wait").hasSize(1);
        chat.model.onReply = prompt -> ScriptedModel.answered("back");
        chat.passes(Duration.ofSeconds(16));
        assertThat(chat.say("ada", "three")).isEqualTo("back");
        assertThat(chat.say("ada", "four")).isEqualTo("back");
    }

    @Test
    void whereAllFailItIsSaidWhyTheFirstDid() {
        ScriptedModel other = fallback("other");
        chat.model.onReply = prompt -> new ModelOutcome.Unavailable(Cause.OUT_OF_QUOTA, "no credit", "");
        other.onReply = prompt -> down("");
        assertThat(chat.say("ada", "hello")).contains("no credit left");
    }

    @Test
    void aPromptThatIsRefusedSaysNothingOfTheNext() {
        fallback("other");
        chat.model.onReply = prompt -> new ModelOutcome.Unavailable(Cause.REQUEST_REFUSED, "bad word", "");
        assertThat(chat.say("eve", "a bad word")).isEqualTo("I am other");
        chat.model.onReply = prompt -> ScriptedModel.answered("I am the first");
        assertThat(chat.say("ada", "hello")).isEqualTo("I am the first");
    }

    @Test
    void whoOptedOutWritesNoPersonaEither() {
        chat.command("ada", "/privacy opt-out");
        assertThat(chat.command("ada", "/persona custom I am ada, and ill.")).startsWith("You opted out");
        assertThat(chat.store.settings(chat.channel())).isEmpty();
        chat.command("ben", "/persona custom Be brief.");
        chat.command("ben", "/settings persona pirate");
        assertThat(chat.store.settings(chat.channel()).values())
                .as("another choice takes the words away")
                .containsExactly("pirate");
    }

    @Test
    void aHalfAnswerIsReplacedByAWholeOneAndKeptWhereThereIsNone() {
        ScriptedModel other = fallback("other");
        chat.model.onReply = prompt -> down("It was a dark and");
        assertThat(chat.say("ada", "hello")).isEqualTo("I am other");
        other.onReply = prompt -> down("");
        chat.passes(Duration.ofMinutes(1));
        assertThat(chat.say("ada", "hello")).startsWith("It was a dark and …");
    }

    @Test
    void aPromptIsMadeForTheWindowOfTheModelThatIsAsked() {
        ScriptedModel small = model("small", 1_000);
        chat.fallbacks.add(small);
        chat.restart();
        for (int i = 0; i < 7; i++) {
            chat.post("ben", "a long story " + i + " and on".repeat(120), false);
        }
        chat.model.onReply = prompt -> down("");
        assertThat(chat.say("ada", "hello")).isEqualTo("I am small");
        assertThat(ScriptedModel.textOf(small.replies.getLast())).hasSizeLessThan(4_000);
        assertThat(chat.lastPromptText()).hasSizeGreaterThan(4_000);
    }

    @Test
    void aChannelChoosesAmongTheModelsOnOffer() {
        chat.choices.add(model("big", 200_000));
        chat.restart();
        assertThat(chat.command("ada", "/model"))
                .contains("`scripted`: a window of 16,000 tokens, price unknown (answers here)")
                .contains("`big`: a window of 200,000 tokens, $2 and $8 for a million tokens");
        assertThat(chat.command("ada", "/model huge"))
                .isEqualTo("That model is not on offer; there are `scripted`, `big`.");
        assertThat(chat.command("ada", "/model BIG")).startsWith("From the next message on `big` answers here.");
        assertThat(chat.say("ada", "who are you?")).isEqualTo("I am big");
        assertThat(chat.command("ada", "/settings model")).contains("`model`: `big` (chosen here)");
        chat.channel("garden");
        assertThat(chat.say("ada", "who are you?")).as("another channel").isEqualTo("ok");
        chat.channel("lab");
        assertThat(chat.command("ada", "/model default")).contains("`scripted` answers here");
        assertThat(chat.say("ada", "who are you?")).isEqualTo("ok");
    }

    @Test
    void whatAChannelChoseIsNotReplacedByTheOperatorsModelButByItsFallbacks() {
        ScriptedModel big = model("big", 200_000);
        chat.choices.add(big);
        chat.restart();
        chat.command("ada", "/model big");
        big.onReply = prompt -> down("");
        int asked = chat.model.replies.size();
        assertThat(chat.say("ada", "who are you?")).contains("cannot be reached");
        assertThat(chat.model.replies)
                .as("it may have been chosen for where it runs")
                .hasSize(asked);
        fallback("other");
        assertThat(chat.say("ada", "who are you?")).isEqualTo("I am other");
    }

    @Test
    void aChoiceThatIsNoLongerOnOfferFallsBackToTheOperators() {
        chat.choices.add(model("big", 200_000));
        chat.restart();
        chat.command("ada", "/model big");
        chat.choices.clear();
        chat.restart();
        assertThat(chat.say("ada", "who are you?")).isEqualTo("ok");
    }

    @Test
    void aChannelChoosesAPersonaOrAddsToIt() {
        assertThat(chat.command("ada", "/persona"))
                .isEqualTo("I speak here as `standing`.\n"
                        + "There are `standing`, `pirate`, `endless`; `/persona custom TEXT` adds lines of your"
                        + " own.");
        assertThat(chat.command("ada", "/persona pirate")).contains("as `pirate`");
        chat.say("ada", "hello");
        assertThat(chat.lastPromptText()).startsWith("You are loci, and talk like a pirate.");
        assertThat(chat.command("ada", "/persona custom Answer in rhymes. My key is the-bots-own-token."))
                .contains("keep to that");
        chat.say("ada", "hello");
        assertThat(chat.lastPromptText())
                .startsWith(
                        "You are loci, a test persona.\n\nFor this channel those who manage it add:\nAnswer in rhymes.")
                .doesNotContain("the-bots-own-token");
        assertThat(chat.command("ada", "/persona")).contains("`custom`", "Answer in rhymes.");
        assertThat(chat.command("ada", "/persona standing")).contains("as `standing`");
        chat.say("ada", "hello");
        assertThat(chat.lastPromptText())
                .startsWith("You are loci, a test persona.")
                .doesNotContain("rhymes");
    }

    @Test
    void aPersonaThatWouldLeaveNoRoomIsRefusedWhenItIsSet() {
        assertThat(chat.command("ada", "/persona endless"))
                .startsWith("That persona would leave the conversation less");
        assertThat(chat.command("ada", "/settings persona endless")).startsWith("That persona would leave");
        assertThat(chat.command("ada", "/persona custom " + "x".repeat(1_600))).startsWith("That is too long");
        assertThat(chat.command("ada", "/persona captain")).startsWith("There is no such persona");
        assertThat(chat.command("ada", "/persona custom")).startsWith("I did not understand that.");
        assertThat(chat.command("ada", "/persona")).startsWith("I speak here as `standing`.");
    }

    @Test
    void onlyThoseWhoManageThePlaceChoose() {
        chat.standing = Standing.MEMBER;
        for (String line : List.of(
                "/persona pirate", "/persona custom Hi", "/model scripted", "/usage people", "/settings listen all")) {
            assertThat(chat.command("eve", line)).as(line).isEqualTo("That is for those who manage this place.");
        }
        assertThat(chat.command("eve", "/persona")).startsWith("I speak here as");
        assertThat(chat.command("eve", "/model")).contains("answers here");
    }

    @Test
    void aPlatformIsToldHowEachCommandIsWritten() {
        List<CommandDescription> descriptions = chat.engine.commands().descriptions(Locale.GERMAN);
        assertThat(descriptions).extracting(CommandDescription::name).contains("forget", "usage", "persona");
        CommandDescription memory = descriptions.stream()
                .filter(description -> description.name().equals("memory"))
                .findFirst()
                .orElseThrow();
        assertThat(memory.text()).isEqualTo("Was ich hier im Sinn behalte, Stück für Stück");
        assertThat(memory.forAdmins()).isFalse();
        assertThat(memory.forms())
                .extracting(CommandDescription.Form::name)
                .containsExactly("show", "unpin", "forget", "forget-note");
        assertThat(memory.forms().getLast().words()).containsExactly("forget", "note");
        assertThat(memory.forms().getLast().blanks())
                .containsExactly(new CommandDescription.Blank("number", "die Nummer in /memory", Kind.NUMBER, true));
        assertThat(descriptions.stream().filter(CommandDescription::forAdmins).map(CommandDescription::name))
                .containsExactly("pause", "resume");
        assertThat(chat.engine.commands().choices("settings", "name", Map.of()))
                .contains("strategy", "persona", "model", "listen", "threads", "retention", "may.forget");
        assertThat(chat.engine.commands().choices("settings", "value", Map.of("name", "retention")))
                .containsExactly("forever", "365d", "180d", "90d", "30d", "7d", "1d", "default");
        assertThat(chat.engine.commands().choices("persona", "name", Map.of())).contains("pirate");
        assertThat(chat.engine.commands().choices("nothing", "name", Map.of())).isEmpty();
    }
}
