package loci.discord;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import loci.discord.Rest.Done;
import loci.discord.Rest.Failed;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.entities.Message;
import net.dv8tion.jda.api.entities.channel.middleman.MessageChannel;
import net.dv8tion.jda.api.requests.Route;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;
import net.dv8tion.jda.internal.JDAImpl;
import net.dv8tion.jda.internal.requests.RestActionImpl;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messages of one channel, read back from its end or from some message, page by page. JDA's own history leaves out what it does not
 * understand; here it is known that such a message is there. Not thread-safe.
 */
final class History {

    private static final Logger LOG = LoggerFactory.getLogger(History.class);
    private static final int PAGE = 100;

    private final JDA jda;
    private final MessageChannel channel;
    private final Duration patience;
    private final List<Message> messages = new ArrayList<>();
    private final Set<Long> ids = new HashSet<>();
    private @Nullable String before;
    private long reached = Long.MAX_VALUE;
    private @Nullable Throwable failure;

    private record Page(List<Long> ids, List<Message> messages) {}

    History(JDA jda, MessageChannel channel, @Nullable String before, Duration patience) {
        this.jda = jda;
        this.channel = channel;
        this.before = before;
        this.patience = patience;
    }

    /**
     * Reads on, back to a message of this id or to where one would be.
     *
     * @param mostPages how far at most
     * @return whether it got there
     */
    boolean readBackTo(long floor, int mostPages) {
        for (int page = 0; reached > floor && failure == null && page < mostPages; page++) {
            switch (Rest.tried(patience, this::page)) {
                case Done<Page>(Page read) -> {
                    ids.addAll(read.ids());
                    messages.addAll(read.messages());
                    if (!read.ids().isEmpty()) {
                        reached = read.ids().getLast();
                        before = Long.toUnsignedString(reached);
                    }
                    if (read.ids().size() < PAGE) {
                        reached = 0;
                    }
                }
                case Failed<Page>(Throwable cause) -> failure = cause;
            }
        }
        return reached <= floor;
    }

    private RestActionImpl<Page> page() {
        Route.CompiledRoute route = Route.Messages.GET_MESSAGE_HISTORY
                .compile(channel.getId())
                .withQueryParams("limit", Integer.toString(PAGE));
        Route.CompiledRoute from = before == null ? route : route.withQueryParams("before", before);
        return new RestActionImpl<>(jda, from, (response, request) -> page(response.getArray()));
    }

    private Page page(DataArray listed) {
        List<Long> listedIds = new ArrayList<>();
        List<Message> understood = new ArrayList<>();
        for (int i = 0; i < listed.length(); i++) {
            DataObject json = listed.getObject(i);
            listedIds.add(json.getUnsignedLong("id"));
            try {
                understood.add(((JDAImpl) jda).getEntityBuilder().createMessageWithChannel(json, channel, false));
            } catch (RuntimeException unknownToJda) {
                LOG.debug("a message of channel {} is of a kind unknown to JDA", channel.getId(), unknownToJda);
            }
        }
        return new Page(listedIds, understood);
    }

    /** What was read, the newest first. */
    List<Message> messages() {
        return messages;
    }

    boolean lists(long id) {
        return ids.contains(id);
    }

    /** The oldest message that was read; 0 where it was read to its beginning. */
    long reached() {
        return reached;
    }

    /** Why it could not be read further, or null. */
    @Nullable
    Throwable failure() {
        return failure;
    }
}
