package loci.slack;

import com.slack.api.methods.response.conversations.ConversationsHistoryResponse;
import com.slack.api.methods.response.conversations.ConversationsRepliesResponse;
import com.slack.api.model.Message;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import loci.chat.ConversationId;
import loci.chat.MessageRef;
import loci.slack.SlackEvents.Located;
import loci.slack.Web.Done;
import loci.slack.Web.Limited;
import loci.slack.Web.Refused;
import loci.slack.Web.Tried;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands in what was said in a channel while nobody listened, oldest first, as far as Slack shows it: it lets some apps ask once a minute
 * only, and then it is left at that. What was remembered last tells from where on something may be missing. Thread-safe.
 *
 * @see <a href="https://docs.slack.dev/changelog/2025/05/29/tos-updates">Limits of conversations.history</a>
 */
final class CatchUp {

    private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);

    /** The most channels that are looked at: those last spoken in. */
    private static final int MOST_CHANNELS = 100;

    private static final int MOST_AT_ONCE = 4;
    private static final int MOST_REMEMBERED = 100;
    private static final int MOST_THREADS = 10;
    private static final int PAGE = 200;
    private static final Pattern TS = Pattern.compile("\\d{1,19}\\.\\d{1,9}");
    private static final Duration SURELY_SHOWN = Duration.ofDays(30);

    private final Web web;
    private final Entrance entrance;
    private final Messages messages;
    private final String team;
    private final Duration answerMissed;
    private final InstantSource clock;
    private final Semaphore atOnce = new Semaphore(MOST_AT_ONCE);

    /**
     * A channel or a thread of it.
     *
     * @param remembered the {@code ts} of what is remembered of it
     * @param last the {@code ts} after which something may be missing
     */
    private record Spot(String channel, @Nullable String thread, NavigableSet<String> remembered, String last) {}

    /** @param all whether nothing of what was asked for is left out */
    private record Listed(List<Message> messages, boolean all) {}

    /** @param answerMissed how old a message may be and is still answered */
    CatchUp(Web web, Entrance entrance, Messages messages, String team, Duration answerMissed, InstantSource clock) {
        this.web = web;
        this.entrance = entrance;
        this.messages = messages;
        this.team = team;
        this.answerMissed = answerMissed;
        this.clock = clock;
    }

    /** Has each channel caught up with, on its line, before what is said there from now on. */
    void begin(Lines lines) {
        Map<String, List<ConversationId>> channels = new LinkedHashMap<>();
        for (ConversationId conversation : entrance.conversations()) {
            boolean known = channels.containsKey(conversation.channel());
            if (conversation.space().equals(team) && (known || channels.size() < MOST_CHANNELS)) {
                channels.computeIfAbsent(conversation.channel(), any -> new ArrayList<>())
                        .add(conversation);
            }
        }
        channels.forEach((channel, conversations) -> lines.add(channel, () -> with(channel, conversations)));
    }

    private void with(String channel, List<ConversationId> conversations) {
        try {
            atOnce.acquire();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return;
        }
        try {
            read(channel, conversations);
        } catch (RuntimeException failed) {
            if (!entrance.isClosed()) {
                LOG.warn("it could not be caught up with {}: {}", channel, failed.toString());
            }
        } finally {
            atOnce.release();
        }
    }

    private void read(String channel, List<ConversationId> conversations) {
        NavigableSet<String> inChannel = new TreeSet<>();
        Map<String, NavigableSet<String>> inThreads = new LinkedHashMap<>();
        Instant heardFrom = Instant.EPOCH;
        for (ConversationId conversation : conversations) {
            Instant from = entrance.inbox().heardFrom(conversation);
            heardFrom = from.isAfter(heardFrom) ? from : heardFrom;
            for (MessageRef ref : entrance.inbox().lately(conversation, MOST_REMEMBERED)) {
                Located at = Located.of(ref);
                if (!TS.matcher(at.ts()).matches()) {
                    continue; // What somebody had it keep in mind is no message.
                }
                String thread = at.thread();
                (thread == null ? inChannel : inThreads.computeIfAbsent(thread, any -> new TreeSet<>())).add(at.ts());
            }
        }
        List<String> newest = new ArrayList<>(inChannel.isEmpty() ? List.of() : List.of(inChannel.last()));
        inThreads.values().forEach(remembered -> newest.add(remembered.last()));
        if (newest.isEmpty() || entrance.isClosed()) {
            return;
        }
        String last = latest(newest.stream().max(Comparator.naturalOrder()).orElseThrow(), heardFrom);
        List<Message> missed = new ArrayList<>();
        Set<String> threads = new LinkedHashSet<>();
        Listed listed = history(channel, inChannel.isEmpty() ? last : inChannel.first());
        if (listed == null) {
            return;
        }
        sort(new Spot(channel, null, inChannel, last), listed, missed, threads);
        inThreads.keySet().stream().sorted(Comparator.reverseOrder()).forEach(threads::add);
        threads.stream().limit(MOST_THREADS).forEach(thread -> {
            NavigableSet<String> remembered = inThreads.getOrDefault(thread, new TreeSet<>());
            String lastThere = remembered.isEmpty() ? last : remembered.last();
            Listed replies = replies(channel, thread, remembered.isEmpty() ? last : remembered.first());
            if (replies != null) {
                sort(new Spot(channel, thread, remembered, lastThere), replies, missed, new LinkedHashSet<>());
            }
        });
        missed.sort(Comparator.comparing(Message::getTs));
        missed.forEach(message -> handIn(channel, message));
    }

    /** What was said before the bot was to listen again is not fetched. */
    private static String latest(String ts, Instant heardFrom) {
        String from = SlackEvents.ts(heardFrom);
        return ts.compareTo(from) < 0 && heardFrom.isAfter(Instant.EPOCH) ? from : ts;
    }

    /** Adds what was missed, and hands in what became of what is remembered. */
    private void sort(Spot spot, Listed listed, List<Message> missed, Set<String> threads) {
        Set<String> there = new TreeSet<>();
        for (Message message : listed.messages()) {
            String ts = message.getTs();
            there.add(ts);
            String latestReply = message.getLatestReply();
            if (latestReply != null && latestReply.compareTo(spot.last()) > 0) {
                threads.add(ts);
            }
            if (ts.compareTo(spot.last()) > 0) {
                missed.add(message);
            } else if (spot.remembered().contains(ts)) {
                messages.reads(spot.channel(), message);
            }
        }
        // Slack hides what is old from those who do not pay, which does not mean that it was deleted.
        String shown = SlackEvents.ts(clock.instant().minus(SURELY_SHOWN));
        for (String ts : spot.remembered()) {
            if (listed.all() && !there.contains(ts) && ts.compareTo(shown) > 0 && !entrance.isClosed()) {
                messages.isGone(spot.channel(), ts, spot.thread());
            }
        }
    }

    private @Nullable Listed history(String channel, String from) {
        Tried<ConversationsHistoryResponse> asked = web.tried(
                "conversations.history",
                client -> client.conversationsHistory(request ->
                        request.channel(channel).oldest(from).inclusive(true).limit(PAGE)));
        if (asked instanceof Done<ConversationsHistoryResponse>(ConversationsHistoryResponse found)) {
            return listed(channel, found.getMessages(), found.isHasMore());
        }
        unread(channel, asked);
        return null;
    }

    private @Nullable Listed replies(String channel, String thread, String from) {
        Tried<ConversationsRepliesResponse> asked = web.tried(
                "conversations.replies",
                client -> client.conversationsReplies(request -> request.channel(channel)
                        .ts(thread)
                        .oldest(from)
                        .inclusive(true)
                        .limit(PAGE)));
        if (asked instanceof Done<ConversationsRepliesResponse>(ConversationsRepliesResponse found)) {
            return listed(channel, found.getMessages(), found.isHasMore());
        }
        unread(channel, asked);
        return null;
    }

    private static Listed listed(String channel, @Nullable List<Message> messages, boolean more) {
        if (more) {
            LOG.warn("{}: more was said while I was away than is fetched; some of it was not seen", channel);
        }
        return new Listed(messages == null ? List.of() : messages, !more && messages != null);
    }

    private static void unread(String channel, Tried<?> asked) {
        switch (asked) {
            case Limited<?> _ ->
                LOG.info("{}: Slack does not show at the moment what was said while I was away", channel);
            case Refused<?>(String error, String _) ->
                LOG.info("{}: I may not read what was said while I was away: {}", channel, error);
            default -> LOG.warn("{}: what was said while I was away could not be fetched", channel);
        }
    }

    private void handIn(String channel, Message message) {
        if (!entrance.isClosed()) {
            Instant oldest = clock.instant().minus(answerMissed);
            messages.missed(channel, message, SlackEvents.at(message.getTs()).isBefore(oldest));
        }
    }
}
