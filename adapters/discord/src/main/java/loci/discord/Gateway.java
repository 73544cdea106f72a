package loci.discord;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Stream;
import loci.chat.ChatEvent.MessageDeleted;
import loci.chat.ChatEvent.MessagePosted;
import loci.chat.ChatEvent.Quoted;
import loci.chat.ChatEvent.SpaceJoined;
import loci.chat.ConversationId;
import loci.chat.EventId;
import loci.chat.Inbox.Acceptance;
import loci.discord.DiscordEvents.Heard;
import loci.discord.DiscordEvents.Kind;
import loci.discord.DiscordEvents.Located;
import loci.discord.DiscordEvents.Place;
import loci.discord.Questions.Asked;
import loci.discord.Rest.Done;
import loci.discord.Rest.Failed;
import net.dv8tion.jda.api.entities.Guild;
import net.dv8tion.jda.api.entities.Message;
import net.dv8tion.jda.api.entities.channel.middleman.GuildMessageChannel;
import net.dv8tion.jda.api.entities.channel.middleman.MessageChannel;
import net.dv8tion.jda.api.entities.emoji.Emoji;
import net.dv8tion.jda.api.events.GenericEvent;
import net.dv8tion.jda.api.events.RawGatewayEvent;
import net.dv8tion.jda.api.events.guild.GuildJoinEvent;
import net.dv8tion.jda.api.events.interaction.ModalInteractionEvent;
import net.dv8tion.jda.api.events.interaction.command.CommandAutoCompleteInteractionEvent;
import net.dv8tion.jda.api.events.interaction.command.MessageContextInteractionEvent;
import net.dv8tion.jda.api.events.interaction.command.SlashCommandInteractionEvent;
import net.dv8tion.jda.api.events.interaction.component.ButtonInteractionEvent;
import net.dv8tion.jda.api.events.message.MessageReceivedEvent;
import net.dv8tion.jda.api.events.message.MessageUpdateEvent;
import net.dv8tion.jda.api.hooks.EventListener;
import net.dv8tion.jda.api.requests.ErrorResponse;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to the gateway. JDA calls on one thread, in the order in which Discord sent, and that is the order in which events are handed in:
 * nothing here waits for Discord, and only the inbox, for its milliseconds, is waited for.
 */
final class Gateway implements EventListener {

    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final Emoji NOT_STORED = Emoji.fromUnicode("⚠️");
    private static final int MOST_DELETED = 10_000;
    private static final int MOST_HANDED = 10_000;

    private final Entrance entrance;
    private final Parts parts;
    private final Reading reading;
    /** Deletions that may overtake what they delete, while a server is being loaded. */
    private final Recent<String, Boolean> deleted = new Recent<>(MOST_DELETED);
    /** What was handed in already: a message may come from the gateway and be fetched too. */
    private final Recent<String, Boolean> handed = new Recent<>(MOST_HANDED);

    /**
     * What a gateway works with.
     *
     * @param files what comes with messages
     * @param turnstile has what happens wait where what was missed is not handed in yet
     * @param executor for what has to ask Discord first
     */
    record Parts(
            Hearing hearing,
            Files files,
            Drafts drafts,
            Typing typing,
            Places places,
            Interactions interactions,
            Questions questions,
            Turnstile turnstile,
            Executor executor,
            InstantSource clock) {}

    Gateway(Entrance entrance, Parts parts) {
        this.entrance = entrance;
        this.parts = parts;
        this.reading = new Reading(parts.executor());
    }

    @Override
    public void onEvent(GenericEvent event) {
        try {
            switch (event) {
                case MessageReceivedEvent posted -> inTurn(posted.getMessage(), message -> posted(message, true));
                case MessageUpdateEvent updated -> inTurn(updated.getMessage(), this::edited);
                case RawGatewayEvent raw -> raw(raw.getType(), raw.getPackage());
                case SlashCommandInteractionEvent command ->
                    parts.interactions().invoked(command);
                case MessageContextInteractionEvent command ->
                    parts.interactions().picked(command);
                case ModalInteractionEvent filled -> parts.questions().submitted(filled, this::asked);
                case CommandAutoCompleteInteractionEvent begun ->
                    parts.interactions().completed(begun);
                case ButtonInteractionEvent button -> parts.interactions().pressed(button);
                case GuildJoinEvent joined -> joined(joined.getGuild());
                default -> {}
            }
        } catch (RuntimeException | Error e) {
            LOG.error(
                    "an event of Discord's could not be handled: {}",
                    event.getClass().getSimpleName(),
                    e);
        }
    }

    /** Behind what was missed in a channel, and behind what is being read there. */
    private void inTurn(String space, String channel, Runnable event) {
        parts.turnstile().pass(space, channel, () -> reading.pass(channel, event));
    }

    private void inTurn(Message message, Consumer<Message> then) {
        Place place = Places.of(message.getChannel());
        parts.turnstile().pass(place.space(), place.parentOrSelf(), () -> afterReading(place, message, then));
    }

    /** What comes with a message belongs to its turn, and what is said after it comes after it. */
    private void afterReading(Place place, Message message, Consumer<Message> then) {
        String channel = place.parentOrSelf();
        if (isToBeRead(message)) {
            reading.begin(place.space(), channel, () -> {
                read(message);
                then.accept(message);
            });
        } else {
            reading.pass(channel, () -> then.accept(message));
        }
    }

    private boolean isToBeRead(Message message) {
        if (!parts.files().hasUnread(message)) {
            return false;
        }
        Heard heard = parts.hearing().heard(message);
        return heard.person()
                && (heard.addressed() || entrance.hearsAll(heard.place().conversation(entrance::inThread)));
    }

    /** Whatever goes wrong with a file, the message it came with is handed in. */
    private void read(Message message) {
        try {
            parts.files().read(message);
        } catch (RuntimeException | Error e) {
            LOG.error("a file that came with a message could not be read", e);
        }
    }

    /** Hands in a message that was missed; may be called where waiting does no harm. */
    void missed(Message message, boolean longAgo) {
        if (isToBeRead(message)) {
            read(message);
        }
        if (longAgo) {
            postedLongAgo(message);
        } else {
            posted(message, false);
        }
    }

    /** Hands in a message that was said too long ago to be answered. */
    private void postedLongAgo(Message message) {
        toHandIn(message).ifPresent(event -> {
            if (entrance.handLate(event).isPresent()) {
                handed.put(message.getId(), true);
            }
        });
    }

    private Optional<MessagePosted> toHandIn(Message message) {
        return isDone(message.getId())
                ? Optional.empty()
                : DiscordEvents.posted(parts.hearing().heard(message), entrance::inThread)
                        .map(this::withoutDeleted);
    }

    /** What was deleted while somebody replied to it, or asked about it, is not brought in by that. */
    private MessagePosted withoutDeleted(MessagePosted posted) {
        Quoted quoted = posted.quoted();
        return quoted == null || deleted.get(Located.of(quoted.message()).message()) == null
                ? posted
                : posted.quoting(null);
    }

    private boolean isDone(String message) {
        return deleted.get(message) != null || handed.get(message) != null;
    }

    /** Hands in a question that somebody asked by way of a form, in its turn. */
    private void asked(MessageChannel channel, Asked asked) {
        Place place = Places.of(channel);
        Runnable question = () -> {
            if (!isDone(asked.message())) {
                MessagePosted posted = DiscordEvents.asked(place, asked, entrance::inThread);
                handIn(channel, asked.message(), withoutDeleted(posted), true);
            }
        };
        inTurn(place.space(), place.parentOrSelf(), question);
    }

    private void posted(Message message, boolean now) {
        toHandIn(message).ifPresent(event -> handIn(message.getChannel(), message.getId(), event, now));
    }

    /**
     * Hands in a message, and shows whoever waits for an answer that there will be one.
     *
     * @param now whether it is heard as it is said, so that nobody can have answered it
     */
    private void handIn(MessageChannel channel, String message, MessagePosted event, boolean now) {
        if (event.addressed()) {
            // Before it is handed in, since it may be answered before that returns.
            parts.drafts().heard(event.message(), event.author().id(), now);
            parts.typing().expect(event.message());
        }
        Optional<Acceptance> taken = entrance.hand(event);
        taken.ifPresent(any -> handed.put(message, true));
        if (event.addressed()) {
            if (taken.equals(Optional.of(Acceptance.ACCEPTED))) {
                parts.typing().start(channel, event.message());
                parts.questions().taken(message);
            } else {
                parts.typing().stop(event.message());
                parts.drafts().unheard(event.message());
                parts.questions().notTaken(message);
            }
            if (taken.isEmpty()) {
                Rest.courtesy("a sign", () -> channel.addReactionById(message, NOT_STORED));
            }
        }
    }

    /** Hands in how a message reads that was edited some time ago; may be called where waiting does no harm. */
    void missedEdit(Message message) {
        if (isToBeRead(message)) {
            read(message);
        }
        edited(message);
    }

    /** Hands in how a message reads now. */
    private void edited(Message message) {
        if (message.getTimeEdited() != null) {
            parts.questions().changed(Places.of(message.getChannel()).message(message.getId()));
        }
        if (!Hearing.isShown(message)) {
            return;
        }
        DiscordEvents.edited(parts.hearing().heard(message)).forEach(entrance::hand);
    }

    /** Deletions as Discord sends them: JDA passes on only those in channels that it keeps, which leaves out what a restart forgot. */
    private void raw(String type, DataObject packet) {
        switch (type) {
            case "MESSAGE_DELETE" -> {
                DataObject message = packet.getObject("d");
                deleted(message, List.of(message.getString("id")));
            }
            case "MESSAGE_DELETE_BULK" -> {
                DataObject messages = packet.getObject("d");
                deleted(
                        messages,
                        messages.getArray("ids").stream(DataArray::getString).toList());
            }
            case "THREAD_DELETE", "CHANNEL_DELETE" -> {
                DataObject channel = packet.getObject("d");
                String guild = channel.getString("guild_id", null);
                if (guild != null) {
                    String parent = type.startsWith("THREAD") ? channel.getString("parent_id", null) : null;
                    String id = channel.getString("id");
                    inTurn(guild, parent == null ? id : parent, () -> gone(guild, parent, id));
                }
            }
            case "GUILD_DELETE" -> {
                DataObject guild = packet.getObject("d");
                // Unavailable is a server in trouble: the bot is still in it.
                if (!guild.getBoolean("unavailable", false)) {
                    left(guild.getString("id"));
                }
            }
            default -> {}
        }
    }

    /** All that was said on a server goes, and what was said there and waits still goes when it is handed in. */
    private void left(String guild) {
        entrance.hand(DiscordEvents.left(guild, parts.clock().instant()));
        Stream.concat(parts.turnstile().held(guild).stream(), reading.channels(guild).stream())
                .distinct()
                .forEach(channel -> inTurn(guild, channel, () -> gone(guild, null, channel)));
    }

    private void deleted(DataObject where, List<String> messages) {
        messages.forEach(id -> deleted.put(id, true));
        String guild = where.getString("guild_id", null);
        String channel = where.getString("channel_id");
        Instant at = parts.clock().instant();
        Optional<Place> known = parts.places().known(guild, channel);
        if (known.isPresent()) {
            deletedInTurn(known.get(), messages, at);
        } else if (guild != null) {
            parts.executor().execute(() -> deletedSomewhere(guild, channel, messages, at));
        }
    }

    private void deletedSomewhere(String guild, String channel, List<String> messages, Instant at) {
        switch (parts.places().asked(guild, channel)) {
            case Done<Place>(Place place) -> deletedInTurn(place, messages, at);
            case Failed<Place>(Throwable cause) -> {
                LOG.warn("messages were deleted in a channel that Discord does not show: {}", channel, cause);
                if (!Failures.is(cause, ErrorResponse.UNKNOWN_CHANNEL)) {
                    entrance.untilDone("a deletion", () -> deletedAnywhere(guild, channel, messages, at));
                }
            }
        }
    }

    /** What they are is gone, wherever on the server it is remembered: of a thread it is not known which channel it belongs to. */
    private void deletedAnywhere(String guild, String channel, List<String> messages, Instant at) {
        Place place = new Place(guild, channel, Kind.CHANNEL, null);
        deletedInTurn(place, messages, at);
        for (ConversationId conversation : entrance.conversations(guild)) {
            parts.turnstile()
                    .pass(
                            guild,
                            conversation.channel(),
                            () -> messages.forEach(message -> entrance.hand(new MessageDeleted(
                                    DiscordEvents.deletion(message), conversation, place.message(message), at))));
        }
    }

    private void deletedInTurn(Place place, List<String> messages, Instant at) {
        inTurn(place.space(), place.parentOrSelf(), () -> deleted(place, messages, at));
    }

    /** Hands in that a channel is gone, or a thread of one. */
    void gone(String guild, @Nullable String parent, String channel) {
        entrance.hand(DiscordEvents.gone(guild, parent, channel, parts.clock().instant()));
    }

    /** Hands in that messages are gone, and takes back what was being answered to them. */
    void deleted(Place place, List<String> messages, Instant at) {
        for (String message : messages) {
            parts.questions().changed(place.message(message));
            List<MessageDeleted> events = DiscordEvents.deleted(place, message, at);
            events.forEach(entrance::hand);
            parts.typing().stop(place.message(message));
            parts.drafts().withdraw(place.message(message));
        }
    }

    private void joined(Guild guild) {
        MessageChannel system = guild.getSystemChannel();
        GuildMessageChannel welcome = system instanceof GuildMessageChannel main && main.canTalk()
                ? main
                : guild.getTextChannels().stream()
                        .filter(GuildMessageChannel::canTalk)
                        .findFirst()
                        .orElse(null);
        if (welcome != null) {
            entrance.hand(new SpaceJoined(
                    new EventId("joined-" + guild.getId()),
                    Places.of(welcome).conversation(entrance::inThread),
                    parts.clock().instant()));
        }
    }
}
