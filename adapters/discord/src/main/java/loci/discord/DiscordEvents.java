package loci.discord;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
import loci.discord.Questions.Asked;
import org.jspecify.annotations.Nullable;

/**
 * What happened on Discord, as events. Pure.
 *
 * <p>A conversation is a channel's: what is said in its public threads, forum posts among them, belongs to it. A private thread and a
 * direct message are conversations of their own. A {@link MessageRef} is {@code channel/message}, where the channel is the thread's where
 * the message is in a thread, so that an answer goes to where the question was asked.
 */
final class DiscordEvents {

    /** The platform part of every conversation on Discord. */
    static final String PLATFORM = "discord";

    /** The space part of direct messages. */
    static final String DIRECT = "dm";

    private DiscordEvents() {}

    /** What sort of place messages are in. */
    enum Kind {
        DIRECT,
        CHANNEL,
        PUBLIC_THREAD,
        PRIVATE_THREAD
    }

    /**
     * Where messages are.
     *
     * @param guild the server, or null for direct messages
     * @param channel what Discord calls the channel, which may be a thread
     * @param parent the channel that a thread belongs to; null for all else
     */
    record Place(
            @Nullable String guild,
            String channel,
            Kind kind,
            @Nullable String parent) {

        static Place direct(String channel) {
            return new Place(null, channel, Kind.DIRECT, null);
        }

        /** @param inThread gives the conversation that a public thread of a channel belongs to at the moment */
        ConversationId conversation(BiFunction<ConversationId, String, ConversationId> inThread) {
            ConversationId own = all().getFirst();
            return kind == Kind.PUBLIC_THREAD ? inThread.apply(own, channel) : own;
        }

        /** Every conversation in which a message of this place may be remembered: a channel may have changed its mind about threads. */
        List<ConversationId> all() {
            String space = space();
            return switch (kind) {
                case DIRECT, CHANNEL -> List.of(ConversationId.ofChannel(PLATFORM, space, channel));
                case PRIVATE_THREAD -> List.of(new ConversationId(PLATFORM, space, parentOrSelf(), channel));
                case PUBLIC_THREAD ->
                    List.of(
                            ConversationId.ofChannel(PLATFORM, space, parentOrSelf()),
                            new ConversationId(PLATFORM, space, parentOrSelf(), channel));
            };
        }

        /** The server, as conversations name it. */
        String space() {
            return guild == null ? DIRECT : guild;
        }

        /** The channel whose conversations a message here may be in: a thread's is the one it belongs to. */
        String parentOrSelf() {
            return parent == null ? channel : parent;
        }

        MessageRef message(String id) {
            return new MessageRef(channel + "/" + id);
        }
    }

    /** A {@link MessageRef} taken apart again. */
    record Located(String channel, String message) {

        static Located of(MessageRef ref) {
            int slash = ref.id().indexOf('/');
            return new Located(
                    ref.id().substring(0, Math.max(0, slash)), ref.id().substring(slash + 1));
        }
    }

    /**
     * A message as it was heard.
     *
     * @param person whether a person wrote it in their own name: no bot, no webhook, and nothing that Discord itself says
     * @param text as people read it, what is attached named; empty where the bot is not shown it
     * @param mentioned whether it mentions the bot, or the role that Discord manages for it
     * @param inReply whether it replies to a message of the bot's
     * @param calledInto whether it is in a thread that the bot was called into
     * @param edited when it was last edited, if ever
     * @param quoted the message that it replies to, if any
     * @param own whether the bot itself wrote it
     */
    record Heard(
            Place place,
            String id,
            Author author,
            boolean person,
            String text,
            boolean mentioned,
            boolean inReply,
            boolean calledInto,
            Instant at,
            @Nullable Instant edited,
            @Nullable Quoted quoted,
            boolean own) {

        boolean addressed() {
            return place.kind() == Kind.DIRECT || mentioned || inReply || calledInto;
        }

        /** Without Message Content only what mentions the bot, and what is said to it directly, comes with its words. */
        private boolean readable() {
            return !text.isEmpty() || mentioned || place.kind() == Kind.DIRECT;
        }
    }

    /** A message was posted; empty where that is nobody's business. */
    static Optional<MessagePosted> posted(Heard heard, BiFunction<ConversationId, String, ConversationId> inThread) {
        return heard.person() && heard.readable()
                ? Optional.of(new MessagePosted(
                        new EventId("m" + heard.id()),
                        heard.place().conversation(inThread),
                        heard.place().message(heard.id()),
                        heard.author(),
                        heard.text(),
                        heard.at(),
                        heard.addressed(),
                        heard.quoted()))
                : Optional.empty();
    }

    /** Somebody asked about a message by way of a form: the bot's own message that says so is the question, in its asker's name. */
    static MessagePosted asked(Place place, Asked asked, BiFunction<ConversationId, String, ConversationId> inThread) {
        return new MessagePosted(
                new EventId("m" + asked.message()),
                place.conversation(inThread),
                place.message(asked.message()),
                asked.asker(),
                asked.words(),
                Hearing.at(asked.message()),
                true,
                asked.about());
    }

    /** A message was updated; nothing where its words were not changed or are not shown. */
    static List<MessageEdited> edited(Heard heard) {
        Instant edited = heard.edited();
        // What other bots say is remembered where somebody replied to it, and follows them then.
        if (heard.own() || edited == null || heard.text().isEmpty()) {
            return List.of();
        }
        return heard.place().all().stream()
                .map(conversation -> new MessageEdited(
                        new EventId("e" + heard.id() + "-" + edited.toEpochMilli()),
                        conversation,
                        heard.place().message(heard.id()),
                        heard.text(),
                        edited))
                .toList();
    }

    /** A message is gone. */
    static List<MessageDeleted> deleted(Place place, String message, Instant at) {
        return place.all().stream()
                .map(conversation -> new MessageDeleted(deletion(message), conversation, place.message(message), at))
                .toList();
    }

    static EventId deletion(String message) {
        return new EventId("d" + message);
    }

    /**
     * A channel is gone, or a thread.
     *
     * @param parent the channel of a thread; null for a channel
     */
    static PlaceGone gone(String guild, @Nullable String parent, String channel, Instant at) {
        return new PlaceGone(
                new EventId("g" + channel),
                parent == null
                        ? ConversationId.ofChannel(PLATFORM, guild, channel)
                        : new ConversationId(PLATFORM, guild, parent, channel),
                parent == null ? Extent.CHANNEL : Extent.THREAD,
                at);
    }

    /** The bot is not on a server any more. */
    static PlaceGone left(String guild, Instant at) {
        // Any conversation of the server's will do, and a server's first channel once had the server's id.
        ConversationId any = ConversationId.ofChannel(PLATFORM, guild, guild);
        return new PlaceGone(new EventId("g" + guild + "-" + at.toEpochMilli()), any, Extent.SPACE, at);
    }

    /** What a message says, and below it what is attached to it, each as {@link loci.chat.Attachments} writes it. */
    static String text(String words, List<String> attached) {
        StringBuilder text = new StringBuilder(words);
        for (String one : attached) {
            text.append(text.isEmpty() ? "" : "\n").append(one);
        }
        return text.toString();
    }
}
