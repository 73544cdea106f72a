package loci.slack;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import loci.chat.Author;
import loci.chat.ChatEvent.MessageDeleted;
import loci.chat.ChatEvent.MessageEdited;
import loci.chat.ChatEvent.MessagePosted;
import loci.chat.ChatEvent.PlaceGone;
import loci.chat.ChatEvent.PlaceGone.Extent;
import loci.chat.ChatEvent.Quoted;
import loci.chat.ConversationId;
import loci.chat.EventId;
import loci.chat.MessageRef;
import org.jspecify.annotations.Nullable;

/**
 * What happened on Slack, as events. Pure.
 *
 * <p>A conversation is a channel's: what is said in its threads belongs to it, unless it keeps them apart. Direct messages, alone or in a
 * group, are channels too. A {@link MessageRef} is {@code channel/ts}, and {@code thread/ts} of what was said in a thread, so that an answer
 * goes to where the question was asked.
 */
final class SlackEvents {

    /** The platform part of every conversation on Slack. */
    static final String PLATFORM = "slack";

    /** The subtypes of messages in which people say something; an empty one stands for none. */
    static final Set<String> SAID = Set.of("", "file_share", "thread_broadcast", "me_message");

    private static final int MICROS = 1_000;

    private SlackEvents() {}

    /**
     * Where messages are.
     *
     * @param team the workspace in which the bot is
     * @param thread the {@code ts} of the message under which a thread is; null outside of threads
     */
    record Place(String team, String channel, @Nullable String thread) {

        /** Where a message is; the one that a thread is under stands outside of it. */
        static Place of(String team, String channel, String ts, @Nullable String thread) {
            return new Place(team, channel, ts.equals(thread) ? null : thread);
        }

        /** @param inThread gives the conversation that a thread of a channel belongs to at the moment */
        ConversationId conversation(BiFunction<ConversationId, String, ConversationId> inThread) {
            ConversationId own = ConversationId.ofChannel(PLATFORM, team, channel);
            return thread == null ? own : inThread.apply(own, thread);
        }

        /** Every conversation in which a message of this place may be remembered: a channel may have changed its mind about threads. */
        List<ConversationId> all() {
            ConversationId own = ConversationId.ofChannel(PLATFORM, team, channel);
            return thread == null ? List.of(own) : List.of(own, new ConversationId(PLATFORM, team, channel, thread));
        }

        MessageRef message(String ts) {
            return new MessageRef((thread == null ? channel : thread) + "/" + ts);
        }

        /** Whether only one person and the bot are there. */
        boolean isDirect() {
            return SlackEvents.isDirect(channel);
        }
    }

    /**
     * A {@link MessageRef} taken apart again.
     *
     * @param thread the thread that the message is in; null outside of threads
     */
    record Located(@Nullable String thread, String ts) {

        static Located of(MessageRef ref) {
            int slash = ref.id().indexOf('/');
            String before = ref.id().substring(0, Math.max(0, slash));
            boolean isThread = !before.isEmpty() && Character.isDigit(before.charAt(0));
            return new Located(isThread ? before : null, ref.id().substring(slash + 1));
        }
    }

    /**
     * A message as it was heard.
     *
     * @param text as people read it, with what is attached
     * @param addressed whether it is said to the bot
     * @param edited Slack's time of its last edit, if any
     * @param quoted the message under which it calls the bot into a thread, if it does
     */
    record Heard(
            Place place,
            String ts,
            Author author,
            String text,
            boolean addressed,
            @Nullable String edited,
            @Nullable Quoted quoted) {

        MessageRef message() {
            return place.message(ts);
        }
    }

    /** A message was posted; empty where it says nothing. */
    static Optional<MessagePosted> posted(Heard heard, BiFunction<ConversationId, String, ConversationId> inThread) {
        return heard.text().isBlank() && !heard.addressed()
                ? Optional.empty()
                : Optional.of(new MessagePosted(
                        posting(heard.ts()),
                        heard.place().conversation(inThread),
                        heard.message(),
                        heard.author(),
                        heard.text(),
                        at(heard.ts()),
                        heard.addressed(),
                        heard.quoted()));
    }

    /** The same for a message however often and under whatever name Slack tells of it. */
    static EventId posting(String ts) {
        return new EventId("m" + ts);
    }

    /**
     * A message reads differently.
     *
     * @param change what tells this change from others of the same message
     */
    static List<MessageEdited> edited(Heard heard, String change) {
        return heard.place().all().stream()
                .map(conversation -> new MessageEdited(
                        new EventId("e" + heard.ts() + "-" + change),
                        conversation,
                        heard.message(),
                        heard.text(),
                        at(change)))
                .toList();
    }

    /** A message is gone. */
    static List<MessageDeleted> deleted(Place place, String ts, Instant at) {
        List<MessageDeleted> events = new ArrayList<>();
        place.all()
                .forEach(conversation ->
                        events.add(new MessageDeleted(new EventId("d" + ts), conversation, place.message(ts), at)));
        return events;
    }

    /** A channel is gone. */
    static PlaceGone gone(String team, String channel, Instant at) {
        return new PlaceGone(
                new EventId("g" + channel), ConversationId.ofChannel(PLATFORM, team, channel), Extent.CHANNEL, at);
    }

    /** The bot is not in the workspace any more. */
    static PlaceGone left(String team, Instant at) {
        // Any conversation of the workspace's will do.
        ConversationId any = ConversationId.ofChannel(PLATFORM, team, team);
        return new PlaceGone(new EventId("g" + team + "-" + at.toEpochMilli()), any, Extent.SPACE, at);
    }

    /** What a message says, and below it what is attached to it, each as {@link loci.chat.Attachments} writes it. */
    static String text(String words, List<String> attached) {
        StringBuilder text = new StringBuilder(words);
        for (String one : attached) {
            text.append(text.isEmpty() ? "" : "\n").append(one);
        }
        return text.toString();
    }

    /** Slack names channels so that direct messages are told by their first letter. */
    static boolean isDirect(String channel) {
        return channel.startsWith("D");
    }

    /** The time that a {@code ts} tells: seconds, a dot, microseconds. */
    static Instant at(String ts) {
        int dot = ts.indexOf('.');
        try {
            long seconds = Long.parseLong(dot < 0 ? ts : ts.substring(0, dot));
            long micros = dot < 0 ? 0 : Long.parseLong(ts.substring(dot + 1));
            return Instant.ofEpochSecond(seconds, micros * MICROS);
        } catch (NumberFormatException | ArithmeticException notATime) {
            return Instant.EPOCH;
        }
    }

    /** The {@code ts} of a moment. */
    static String ts(Instant at) {
        return "%d.%06d".formatted(at.getEpochSecond(), at.getNano() / MICROS);
    }
}
