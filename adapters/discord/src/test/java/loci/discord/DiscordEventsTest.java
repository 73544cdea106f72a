package loci.discord;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import loci.chat.Author;
import loci.chat.ChatEvent.MessageEdited;
import loci.chat.ConversationId;
import loci.chat.MessageRef;
import loci.discord.DiscordEvents.Heard;
import loci.discord.DiscordEvents.Kind;
import loci.discord.DiscordEvents.Located;
import loci.discord.DiscordEvents.Place;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is heard, to whom it belongs, and whether it is said to the bot. */
class DiscordEventsTest {

    private static final Instant AT = Instant.parse("2026-03-01T09:00:00Z");
    private static final Place CHANNEL = new Place("7", "30", Kind.CHANNEL, null);
    private static final Place THREAD = new Place("7", "31", Kind.PUBLIC_THREAD, "30");
    private static final Place SECRET = new Place("7", "32", Kind.PRIVATE_THREAD, "30");
    private static final Place DIRECT = Place.direct("40");
    private static final ConversationId LAB = ConversationId.ofChannel("discord", "7", "30");

    private static Heard heard(Place place, String text, boolean mentioned) {
        return new Heard(
                place, "100", new Author("2", "Ada"), true, text, mentioned, false, false, AT, null, null, false);
    }

    private static ConversationId shared(ConversationId channel, String thread) {
        return channel;
    }

    private static ConversationId apart(ConversationId channel, String thread) {
        return new ConversationId(channel.platform(), channel.space(), channel.channel(), thread);
    }

    @Test
    void aPublicThreadBelongsToItsChannelUnlessThatKeepsThemApart() {
        assertThat(THREAD.conversation(DiscordEventsTest::shared)).isEqualTo(LAB);
        assertThat(THREAD.conversation(DiscordEventsTest::apart))
                .isEqualTo(new ConversationId("discord", "7", "30", "31"));
        assertThat(THREAD.all()).containsExactly(LAB, new ConversationId("discord", "7", "30", "31"));
    }

    @Test
    void aPrivateThreadAndADirectMessageAreTheirOwn() {
        assertThat(SECRET.conversation(DiscordEventsTest::shared))
                .isEqualTo(new ConversationId("discord", "7", "30", "32"));
        assertThat(DIRECT.conversation(DiscordEventsTest::shared))
                .isEqualTo(ConversationId.ofChannel("discord", "dm", "40"));
    }

    @Test
    void aReferenceSaysWhereTheMessageIs() {
        MessageRef ref = THREAD.message("100");
        assertThat(ref.id()).isEqualTo("31/100");
        assertThat(Located.of(ref)).isEqualTo(new Located("31", "100"));
    }

    @Test
    void whatIsNotShownIsNotHeardExceptWhereItIsSaidToTheBot() {
        assertThat(DiscordEvents.posted(heard(CHANNEL, "", false), DiscordEventsTest::shared))
                .isEmpty();
        assertThat(DiscordEvents.posted(heard(CHANNEL, "", true), DiscordEventsTest::shared))
                .hasValueSatisfying(posted -> assertThat(posted.addressed()).isTrue());
        assertThat(DiscordEvents.posted(heard(DIRECT, "", false), DiscordEventsTest::shared))
                .isPresent();
        assertThat(DiscordEvents.posted(heard(CHANNEL, "hm", false), DiscordEventsTest::shared))
                .hasValueSatisfying(posted -> assertThat(posted.addressed()).isFalse());
    }

    @Test
    void botsAreNobody() {
        Heard bot =
                new Heard(CHANNEL, "100", new Author("3", "Parrot"), false, "hi", true, true, true, AT, AT, null, true);
        assertThat(DiscordEvents.posted(bot, DiscordEventsTest::shared)).isEmpty();
        assertThat(DiscordEvents.edited(bot)).isEmpty();
    }

    private static Heard edited(String text, @Nullable Instant when) {
        return new Heard(THREAD, "100", new Author("2", "Ada"), true, text, false, false, false, AT, when, null, false);
    }

    @Test
    void onlyWordsThatChangedAreAnEdit() {
        assertThat(DiscordEvents.edited(edited("new", null))).as("an embed").isEmpty();
        assertThat(DiscordEvents.edited(edited("", AT))).as("not shown").isEmpty();
        assertThat(DiscordEvents.edited(edited("new", AT)))
                .extracting(MessageEdited::conversation)
                .isEqualTo(THREAD.all());
    }

    @Test
    void whatIsAttachedStandsBelow() {
        assertThat(DiscordEvents.text("look", List.of("[image a.png]", "[file b.zip]")))
                .isEqualTo("look\n[image a.png]\n[file b.zip]");
        assertThat(DiscordEvents.text("", List.of("[image a.png]"))).isEqualTo("[image a.png]");
    }
}
