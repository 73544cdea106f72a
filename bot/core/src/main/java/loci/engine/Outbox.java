package loci.engine;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import loci.chat.ChatPlatform;
import loci.chat.ConversationId;
import loci.chat.Delivery;
import loci.chat.Reply;
import loci.memory.ConversationStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers finished replies through the platform they belong to, and records what became of them. Thread-safe. */
final class Outbox {

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    private final ConversationStore store;
    private final Map<String, ChatPlatform> platforms;
    private final Consumer<Reply> settled;
    private final Operators operators;

    /** @param settled is told of each reply that is delivered or can never be */
    Outbox(ConversationStore store, Map<String, ChatPlatform> platforms, Consumer<Reply> settled, Operators operators) {
        this.store = store;
        this.platforms = platforms;
        this.settled = settled;
        this.operators = operators;
    }

    /**
     * Delivers all that a conversation is owed, oldest first.
     *
     * @return false where something has to be tried again later
     */
    boolean deliver(ConversationId conversation) {
        ChatPlatform platform = platforms.get(conversation.platform());
        if (platform == null) {
            return true; // Not served by this process; the reply waits in the store for one that does.
        }
        for (Reply reply : store.undelivered(conversation)) {
            long start = System.nanoTime();
            switch (platform.deliver(reply)) {
                case Delivery.Delivered delivered -> store.settled(conversation, reply.key(), delivered.messages());
                case Delivery.Undeliverable(String reason) -> {
                    LOG.warn("{}: reply {} can never be delivered: {}", conversation, reply.key(), reason);
                    operators.trouble(Warnings.SINGLE, "undeliverable", Warnings.undeliverable(conversation, reason));
                    store.settled(conversation, reply.key(), List.of());
                }
                case Delivery.TryLater(String reason) -> {
                    LOG.warn("{}: reply {} is not delivered yet: {}", conversation, reply.key(), reason);
                    return false;
                }
            }
            settled.accept(reply);
            LOG.debug("{}: delivery took {}", conversation, Duration.ofNanos(System.nanoTime() - start));
        }
        return true;
    }
}
