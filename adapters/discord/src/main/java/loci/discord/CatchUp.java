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
    private record Spot(ConversationId conversation, String channel, NavigableSet<Long> remembered, long after) {}

    CatchUp(Parts parts) {
        this.parts = parts;
    }

    /** Catches up with a channel. When this returns, whatever could be learned is handed in. */
    void with(Inbox inbox, List<ConversationId> conversations) {
        for (ConversationId conversation : conversations) {
            List<Message> missed = new ArrayList<>();
            for (Spot spot : spots(inbox, conversation)) {
                missed.addAll(missed(spot));
            }
            missed.sort(Comparator.comparing(Message::getIdLong, Long::compareUnsigned));
            missed.forEach(this::handIn);
        }
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
        if (conversation.thread() == null && !parts.places().holdsThreadsOnly(conversation.channel())) {
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

    private List<Message> missed(Spot spot) {
        if (parts.entrance().isClosed()) {
            return List.of();
        }
        return switch (parts.places().reached(spot.conversation(), spot.channel())) {
            case Done<MessageChannel>(MessageChannel channel) -> missed(spot, channel);
            case Failed<MessageChannel>(Throwable cause) -> {
                notReached(spot, cause);
                yield List.of();
            }
        };
    }

    private List<Message> missed(Spot spot, MessageChannel channel) {
        // Without the permission Discord shows an empty channel, which must not be taken for one.
        if (channel instanceof GuildMessageChannel guild
                && !guild.getGuild()
                        .getSelfMember()
                        .hasPermission(guild, Permission.VIEW_CHANNEL, Permission.MESSAGE_HISTORY)) {
            outOfReach(spot);
            return List.of();
        }
        History history = new History(parts.jda(), channel, null, parts.patience());
        boolean all = history.readBackTo(spot.after(), MOST_PAGES);
        if (history.failure() != null) {
            notReached(spot, history.failure());
        } else if (!all) {
            LOG.warn(
                    "{}: more was said in {} while I was away than is fetched; older ones in between were not seen",
                    spot.conversation(),
                    spot.channel());
        }
        List<Message> missed = history.messages().stream()
                .filter(message -> message.getIdLong() > spot.after())
                .toList();
        if (history.failure() == null && !spot.remembered().isEmpty()) {
            String afterLast = Long.toString(spot.remembered().last() + 1);
            reconcile(spot, channel, all ? history : new History(parts.jda(), channel, afterLast, parts.patience()));
        }
        return missed;
    }

    private void reconcile(Spot spot, MessageChannel channel, History history) {
        boolean all = history.readBackTo(spot.remembered().first(), MOST_PAGES);
        if (history.failure() != null) {
            notReached(spot, history.failure());
            return;
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
                parts.gateway().edited(message);
            }
        }
        for (long id : spot.remembered().tailSet(history.reached())) {
            if (!history.lists(id) && !parts.entrance().isClosed() && !gone(spot, channel, Long.toString(id))) {
                return;
            }
        }
    }

    /** Forgets a message that is not listed any more, where Discord says of itself that it is gone. Returns whether it could be asked. */
    private boolean gone(Spot spot, MessageChannel channel, String message) {
        switch (Rest.tried(parts.patience(), () -> channel.retrieveMessageById(message))) {
            case Done<Message> stillThere -> {
                return true;
            }
            case Failed<Message>(Throwable cause) -> {
                if (!Failures.is(cause, ErrorResponse.UNKNOWN_MESSAGE)) {
                    notReached(spot, cause);
                    return false;
                }
            }
        }
        parts.gateway()
                .deleted(Places.of(channel), List.of(message), parts.clock().instant());
        return true;
    }

    private void handIn(Message message) {
        Instant oldest = parts.clock().instant().minus(parts.answerMissed());
        if (parts.entrance().isClosed()) {
            return;
        }
        if (Hearing.at(message.getId()).isBefore(oldest)) {
            parts.gateway().postedLongAgo(message);
        } else {
            parts.gateway().posted(message);
        }
    }

    private void notReached(Spot spot, Throwable cause) {
        if (parts.entrance().isClosed()) {
            return;
        }
        if (Failures.is(cause, ErrorResponse.UNKNOWN_CHANNEL)) {
            ConversationId conversation = spot.conversation();
            boolean thread = !spot.channel().equals(conversation.channel());
            parts.gateway().gone(conversation.space(), thread ? conversation.channel() : null, spot.channel());
        } else if (Failures.isForbidden(cause)) {
            outOfReach(spot);
        } else {
            LOG.warn(
                    "{}: what was missed in {} could not be fetched, nor verified what is remembered: {}",
                    spot.conversation(),
                    spot.channel(),
                    cause.toString());
        }
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
