package loci.slack;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import loci.chat.ChatEvent;
import loci.chat.ChatEvent.MessagePosted;
import loci.chat.CommandAnswer;
import loci.chat.ConversationId;
import loci.slack.SlackEvents.Located;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says something that is for one person alone: where they are, so that only they see it, and where that cannot be in a direct message. Where
 * neither can be nothing is said, since others would read it. Thread-safe.
 */
final class Whispers {

    private static final Logger LOG = LoggerFactory.getLogger(Whispers.class);
    private static final Duration SAID_ONCE_IN = Duration.ofMinutes(5);
    private static final int MOST = 5_000;
    private static final String NOT_ALLOWED = "mute";

    private final Web web;
    private final InstantSource clock;
    private final Recent<To, Instant> told = new Recent<>(MOST);

    /** Whom it was said to, and what about. */
    private record To(ConversationId conversation, String person) {}

    Whispers(Web web, InstantSource clock) {
        this.web = web;
        this.clock = clock;
    }

    /** Tells somebody that what they said is not answered: in words once in a while, and by a sign otherwise. */
    void refuse(MessagePosted refused, CommandAnswer why) {
        Located at = Located.of(refused.message());
        String channel = refused.conversation().channel();
        boolean said = isToBeSaid(refused)
                && say(channel, at.thread(), refused.author().id(), why.text());
        if (!said) {
            sign(channel, at.ts());
        }
    }

    private void sign(String channel, String ts) {
        web.courtesy(
                "reactions.add",
                client -> client.reactionsAdd(
                        request -> request.channel(channel).timestamp(ts).name(NOT_ALLOWED)));
    }

    private synchronized boolean isToBeSaid(MessagePosted refused) {
        To to = new To(refused.conversation(), refused.author().id());
        Instant now = clock.instant();
        Instant last = told.get(to);
        if (last != null && now.isBefore(last.plus(SAID_ONCE_IN))) {
            return false;
        }
        told.put(to, now);
        return true;
    }

    /** Says what a button or a word that is no command was answered with. */
    void say(ChatEvent event, String person, CommandAnswer answer) {
        say(event.conversation().channel(), event.conversation().thread(), person, answer.text());
    }

    /**
     * Returns whether it could be said.
     *
     * @param markdown in Loci's plain Markdown
     */
    boolean say(String channel, @Nullable String thread, String person, String markdown) {
        boolean said = true;
        for (String text : SlackParts.cut(markdown).messages()) {
            said = said && (ephemeral(channel, thread, person, text) || direct(person, text));
        }
        if (!said) {
            LOG.info("what was for one person alone reached nobody");
        }
        return said;
    }

    private boolean ephemeral(String channel, @Nullable String thread, String person, String text) {
        return web.courtesy(
                "chat.postEphemeral " + channel,
                client -> client.chatPostEphemeral(request ->
                        request.channel(channel).threadTs(thread).user(person).text(text)));
    }

    /** A message to a person opens the direct messages with them. */
    private boolean direct(String person, String text) {
        return web.courtesy(
                "chat.postMessage " + person,
                client -> client.chatPostMessage(request ->
                        request.channel(person).text(text).unfurlLinks(false).unfurlMedia(false)));
    }

    /** Tells whoever asked, directly or by a sign, why there is no answer. */
    void explain(String asker, Target target, String reason) {
        String sentence = "I cannot answer you there: " + reason + ".";
        if (!direct(asker, SlackMarkup.rendered(sentence))) {
            sign(target.channel(), target.question());
        }
    }
}
