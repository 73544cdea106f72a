package loci.slack;

import java.time.InstantSource;
import loci.chat.ChatEvent;
import loci.chat.ChatEvent.CommandInvoked;
import loci.chat.ChatEvent.ConfirmationGiven;
import loci.chat.ChatEvent.Picked;
import loci.chat.CommandAnswer;
import loci.chat.CommandAnswer.Basis;
import loci.chat.ConversationId;
import loci.chat.EventId;
import loci.chat.Inbox.Acceptance;
import loci.slack.CommandLines.Line;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands in what people command and confirm, and brings each answer to whom it is owed. To be called when Slack is acknowledged: it waits for
 * Slack, and for the database. Thread-safe.
 */
final class Invocations {

    private static final Logger LOG = LoggerFactory.getLogger(Invocations.class);
    private static final int MOST_PENDING = 5_000;
    private static final String NOT_TAKEN = "⚠️ I could not take this up. Please try again.";
    private static final String NOT_YOURS = "Only who gave the command can confirm it.";
    private static final String TOO_OLD = "That question has lapsed. Give the command again.";

    private final Entrance entrance;
    private final Callers callers;
    private final CommandLines lines;
    private final PrivateWords words;
    private final Sharing sharing;
    private final InstantSource clock;
    private final Recent<EventId, Owed> pending = new Recent<>(MOST_PENDING);
    /** What a confirmation is about: it may be given elsewhere, where the question came as a direct message. */
    private final Recent<String, Asked> asked = new Recent<>(MOST_PENDING);

    /** A question that was asked, and whom. */
    private record Asked(ConversationId about, Owed of) {}

    Invocations(
            Entrance entrance,
            Callers callers,
            CommandLines lines,
            PrivateWords words,
            Sharing sharing,
            InstantSource clock) {
        this.entrance = entrance;
        this.callers = callers;
        this.lines = lines;
        this.words = words;
        this.sharing = sharing;
        this.clock = clock;
    }

    /**
     * Runs a command.
     *
     * @param id tells it from others
     * @param picked the message that it was run on; null where it was run on none
     */
    void run(EventId id, ConversationId conversation, Line line, @Nullable Picked picked, Owed owed) {
        hand(
                new CommandInvoked(
                        id,
                        conversation,
                        callers.of(owed.user(), conversation.channel()),
                        line.name(),
                        line.arguments(),
                        clock.instant(),
                        picked,
                        false),
                owed);
    }

    /**
     * Confirms what a command asked.
     *
     * @param asker whom it asked
     */
    void confirm(String asker, String token, Owed owed) {
        if (!asker.equals(owed.user())) {
            say(owed, NOT_YOURS);
            return;
        }
        Asked question = asked.get(token);
        if (question == null) {
            say(owed, TOO_OLD); // It was asked before a restart.
            return;
        }
        // A form says nothing of where its owner is; they are where they were asked.
        Owed there = owed.url() == null
                ? Owed.of(owed.user(), question.of().channel(), question.of().thread(), null)
                : owed;
        ConversationId about = question.about();
        hand(
                new ConfirmationGiven(
                        new EventId("y" + owed.user() + "-" + token),
                        about,
                        callers.of(owed.user(), about.channel()),
                        token,
                        clock.instant()),
                there);
    }

    private void hand(ChatEvent event, Owed owed) {
        pending.computeIfAbsent(event.event(), id -> owed); // It may come again while the first one is being answered.
        try {
            Acceptance taken = entrance.hand(event);
            if (taken == Acceptance.IGNORED) {
                pending.remove(event.event());
            }
        } catch (RuntimeException | Error notTaken) {
            LOG.error("{}: a command could not be taken up", event.conversation(), notTaken);
            pending.remove(event.event());
            say(owed, NOT_TAKEN);
        }
    }

    /** Says something of our own to whoever did something. */
    void say(Owed owed, String markdown) {
        words.say(owed, CommandAnswer.of(markdown), null);
    }

    /** Posts an answer for all to see, as whoever asked for it wants. */
    void share(String key, Owed owed) {
        String failure = sharing.share(owed.user(), key);
        if (failure != null) {
            say(owed, failure);
        }
    }

    /**
     * Says what a command or a confirmation has to say to whoever gave it.
     *
     * @param user who gave it
     */
    void answer(ChatEvent event, String user, CommandAnswer answer) {
        Owed known = pending.remove(event.event());
        ConversationId place = event.conversation();
        Owed owed = known == null ? Owed.of(user, place.channel(), place.thread(), null) : known;
        if (answer.confirmation() != null) {
            asked.put(answer.confirmation().token(), new Asked(place, owed));
        }
        CommandAnswer spoken = new CommandAnswer(
                lines.spoken(answer.text()), answer.confirmation(), answer.attachment(), answer.shareable());
        Basis basis = SlackEvents.isDirect(owed.channel()) ? null : answer.shareable();
        String share = basis == null
                ? null
                : sharing.offer(owed, callers.of(user, owed.channel()).author().name(), spoken.text(), basis);
        words.say(owed, spoken, share);
    }
}
