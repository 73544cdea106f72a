package loci.discord;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import loci.chat.ConversationId;
import loci.chat.Inbox;
import loci.chat.MessageRef;
import loci.discord.DiscordEvents.Located;
import loci.discord.Rest.Done;
import loci.discord.Rest.Failed;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.Permission;
import net.dv8tion.jda.api.entities.Message;
import net.dv8tion.jda.api.entities.channel.middleman.GuildMessageChannel;
import net.dv8tion.jda.api.entities.channel.middleman.MessageChannel;
import net.dv8tion.jda.api.requests.ErrorResponse;
import net.dv8tion.jda.api.utils.TimeUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands in what happened in a channel while nobody listened: first what became of the messages that are remembered, then those that came
 * after the newest of them, oldest first. What is remembered last is what tells from where on something is missing, since Discord's ids are
 * in the order of time. Thread-safe.
 */
final class CatchUp {

    private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);

    /** Pages of a hundred messages. */
    private static final int MOST_PAGES = 5;

    private static final int MOST_REMEMBERED = 100;

    private final Parts parts;
    private final Set<String> outOfReach = ConcurrentHashMap.newKeySet();

    /** @param answerMissed how old a message may be and is still answered */
    record Parts(
            JDA jda,
            Places places,
            Gateway gateway,
            Entrance entrance,
            Duration patience,
            Duration answerMissed,
            InstantSource clock) {}

    /**
     * A channel or thread to look at.
     *
     * @param remembered the ids of its messages that are remembered
     * @param after the id of the message after which something may be missing
     */
    record Spot(ConversationId conversation, String channel, NavigableSet<Long> remembered, long after) {}

    CatchUp(Parts parts) {
        this.parts = parts;
    }

    /**
     * Catches up with a channel. When this returns, whatever could be learned is handed in.
     *
     * @return where something could not be learned for a reason that may pass
     */
    List<Spot> with(Inbox inbox, List<ConversationId> conversations) {
        List<Spot> left = new ArrayList<>();
        for (ConversationId conversation : conversations) {
            left.addAll(with(spots(inbox, conversation)));
        }
        return left;
    }

    /** The same for what was left: what was said since does not hide what was missed before it. */
    List<Spot> with(List<Spot> spots) {
        List<Message> missed = new ArrayList<>();
        List<Spot> left = new ArrayList<>();
        for (Spot spot : spots) {
            if (!read(spot, missed)) {
                left.add(spot);
            }
        }
        missed.sort(Comparator.comparing(Message::getIdLong, Long::compareUnsigned));
        missed.forEach(this::handIn);
        return left;
    }

    private List<Spot> spots(Inbox inbox, ConversationId conversation) {
        Map<String, NavigableSet<Long>> remembered = new LinkedHashMap<>();
        long newest = 0;
        for (MessageRef ref : inbox.lately(conversation, MOST_REMEMBERED)) {
            Located at = Located.of(ref);
            if (at.channel().matches("\\d{1,19}") && at.message().matches("\\d{1,19}")) {
                long id = Long.parseLong(at.message());
                remembered.computeIfAbsent(at.channel(), any -> new TreeSet<>()).add(id);
                newest = Math.max(newest, id);
            }
        }
        if (newest == 0) {
            return List.of();
        }
        if (conversation.thread() == null && !parts.places().holdsThreadsOnly(conversation)) {
            remembered.computeIfAbsent(conversation.channel(), any -> new TreeSet<>());
        }
        Instant heardFrom = inbox.heardFrom(conversation);
        long heard = heardFrom.equals(Instant.EPOCH) ? 0 : TimeUtil.getDiscordTimestamp(heardFrom.toEpochMilli());
        List<Spot> spots = new ArrayList<>();
        for (Map.Entry<String, NavigableSet<Long>> entry : remembered.entrySet()) {
            long last = entry.getValue().isEmpty() ? newest : entry.getValue().last();
            spots.add(new Spot(conversation, entry.getKey(), entry.getValue(), Math.max(last, heard)));
        }
        return spots;
    }

    /** Adds what was missed. Returns whether there is nothing to be tried again. */
    private boolean read(Spot spot, List<Message> missed) {
        if (parts.entrance().isClosed()) {
            return true;
        }
        return switch (parts.places().reached(spot.conversation(), spot.channel())) {
            case Done<MessageChannel>(MessageChannel channel) -> read(spot, channel, missed);
            case Failed<MessageChannel>(Throwable cause) -> isSettled(spot, cause);
        };
    }

    private boolean read(Spot spot, MessageChannel channel, List<Message> missed) {
        // Without the permission Discord shows an empty channel, which must not be taken for one.
        if (channel instanceof GuildMessageChannel guild
                && !guild.getGuild()
                        .getSelfMember()
                        .hasPermission(guild, Permission.VIEW_CHANNEL, Permission.MESSAGE_HISTORY)) {
            outOfReach(spot);
            return true;
        }
        History history = new History(parts.jda(), channel, null, parts.patience());
        boolean all = history.readBackTo(spot.after(), MOST_PAGES);
        Throwable failure = history.failure();
        if (failure != null) {
            return isSettled(spot, failure); // What was read of it would come before what is older.
        }
        if (!all) {
            LOG.warn(
                    "{}: more was said in {} while I was away than is fetched; older ones in between were not seen",
                    spot.conversation(),
                    spot.channel());
        }
        history.messages().stream()
                .filter(message -> message.getIdLong() > spot.after())
                .forEach(missed::add);
        if (spot.remembered().isEmpty()) {
            return true;
        }
        String afterLast = Long.toString(spot.remembered().last() + 1);
        return reconcile(spot, channel, all ? history : new History(parts.jda(), channel, afterLast, parts.patience()));
    }

    /** Returns whether there is nothing to be tried again. */
    private boolean reconcile(Spot spot, MessageChannel channel, History history) {
        boolean all = history.readBackTo(spot.remembered().first(), MOST_PAGES);
        Throwable failure = history.failure();
        if (failure != null) {
            return isSettled(spot, failure);
        }
        if (!all) {
            LOG.warn(
                    "{}: it could not be verified whether {} of the messages remembered of {} still stand",
                    spot.conversation(),
                    spot.remembered().headSet(history.reached()).size(),
                    spot.channel());
        }
        for (Message message : history.messages()) {
            if (message.getTimeEdited() != null && spot.remembered().contains(message.getIdLong())) {
                parts.gateway().missedEdit(message);
            }
        }
        for (long id : spot.remembered().tailSet(history.reached())) {
            Throwable unknown = history.lists(id) || parts.entrance().isClosed() ? null : gone(channel, id);
            if (unknown != null) {
                return isSettled(spot, unknown);
            }
        }
        return true;
    }

    /** Forgets a message that is not listed any more, where Discord says of itself that it is gone. Returns why it could not say, or null. */
    private @Nullable Throwable gone(MessageChannel channel, long id) {
        String message = Long.toString(id);
        return switch (Rest.tried(parts.patience(), () -> channel.retrieveMessageById(message))) {
            case Done<Message> stillThere -> null;
            case Failed<Message>(Throwable cause) -> {
                if (!Failures.is(cause, ErrorResponse.UNKNOWN_MESSAGE)) {
                    yield cause;
                }
                parts.gateway()
                        .deleted(
                                Places.of(channel),
                                List.of(message),
                                parts.clock().instant());
                yield null;
            }
        };
    }

    private void handIn(Message message) {
        Instant oldest = parts.clock().instant().minus(parts.answerMissed());
        if (parts.entrance().isClosed()) {
            return;
        }
        parts.gateway().missed(message, Hearing.at(message.getId()).isBefore(oldest));
    }

    /** Draws the consequences of a failure. Returns whether there are none but these, so that it need not be tried again. */
    private boolean isSettled(Spot spot, Throwable cause) {
        if (parts.entrance().isClosed()) {
            return true;
        }
        if (Failures.is(cause, ErrorResponse.UNKNOWN_CHANNEL)) {
            ConversationId conversation = spot.conversation();
            boolean thread = !spot.channel().equals(conversation.channel());
            parts.gateway().gone(conversation.space(), thread ? conversation.channel() : null, spot.channel());
        } else if (Failures.isForbidden(cause)) {
            outOfReach(spot);
        } else {
            LOG.warn(
                    "{}: what was missed in {} could not be fetched, nor verified what is remembered; it is tried"
                            + " again: {}",
                    spot.conversation(),
                    spot.channel(),
                    cause.toString());
            return false;
        }
        return true;
    }

    private void outOfReach(Spot spot) {
        if (outOfReach.add(spot.channel())) {
            LOG.warn(
                    "{}: I may not read what was said in {} while I was away; what is remembered stays, unverified",
                    spot.conversation(),
                    spot.channel());
        }
    }
}
