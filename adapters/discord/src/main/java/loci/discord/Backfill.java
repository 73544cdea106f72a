package loci.discord;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import loci.chat.ConversationId;
import loci.chat.Inbox;
import loci.discord.DiscordSettings.Shards;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.events.GenericEvent;
import net.dv8tion.jda.api.events.session.SessionInvalidateEvent;
import net.dv8tion.jda.api.events.session.SessionRecreateEvent;
import net.dv8tion.jda.api.hooks.EventListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has every channel that something is remembered of caught up with, after the start and after a session that could not be resumed: a few
 * channels at a time, each let go on as soon as it is done. Thread-safe.
 */
final class Backfill implements EventListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Backfill.class);

    /** JDA keeps to Discord's limits; this only bounds how much is held in memory. */
    private static final int AT_ONCE = 4;

    private final JDA jda;
    private final CatchUp catchUp;
    private final Turnstile turnstile;
    private final Shards shards;
    private final Executor executor;
    private final ReentrantLock running = new ReentrantLock();
    private final CountDownLatch firstRun = new CountDownLatch(1);
    private volatile @Nullable Inbox inbox;
    private volatile boolean closed;

    Backfill(JDA jda, CatchUp catchUp, Turnstile turnstile, Shards shards, Executor executor) {
        this.jda = jda;
        this.catchUp = catchUp;
        this.turnstile = turnstile;
        this.shards = shards;
        this.executor = executor;
    }

    void start(Inbox from) {
        inbox = from;
        executor.execute(() -> whenReady(from));
    }

    @Override
    public void onEvent(GenericEvent event) {
        switch (event) {
            case SessionInvalidateEvent lost -> turnstile.holdEverywhere();
            case SessionRecreateEvent anew -> {
                Inbox from = inbox;
                if (from != null) {
                    executor.execute(() -> whenReady(from));
                }
            }
            default -> {}
        }
    }

    private void whenReady(Inbox from) {
        Login.whenReady(jda, () -> {
            running.lock();
            try {
                run(from);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            } finally {
                running.unlock();
            }
        });
        firstRun.countDown();
    }

    private void run(Inbox from) throws InterruptedException {
        long gap = turnstile.gap();
        Map<String, List<ConversationId>> remembered = remembered(from);
        if (!turnstile.holdOnly(gap, remembered.keySet())) {
            return; // Another gap opened meanwhile, and another run comes when it is closed.
        }
        turnstile.held().stream()
                .filter(channel -> !remembered.containsKey(channel))
                .forEach(this::releaseUnknown);
        Queue<String> channels = new ConcurrentLinkedQueue<>(remembered.keySet());
        CountDownLatch done = new CountDownLatch(AT_ONCE);
        for (int i = 0; i < AT_ONCE; i++) {
            executor.execute(() -> {
                try {
                    for (String next = channels.poll(); next != null; next = channels.poll()) {
                        channel(from, next, remembered.get(next));
                    }
                } finally {
                    done.countDown();
                }
            });
        }
        done.await();
    }

    /** The conversations that something is remembered of, by channel. */
    private Map<String, List<ConversationId>> remembered(Inbox from) {
        Map<String, List<ConversationId>> byChannel = new LinkedHashMap<>();
        try {
            for (ConversationId conversation : from.conversations(DiscordEvents.PLATFORM)) {
                if (shards.serves(conversation.space())) {
                    byChannel
                            .computeIfAbsent(conversation.channel(), any -> new ArrayList<>())
                            .add(conversation);
                }
            }
        } catch (RuntimeException e) {
            LOG.error("what was missed cannot be fetched, since it is not known what is remembered", e);
            byChannel.clear();
        }
        return byChannel;
    }

    private void releaseUnknown(String channel) {
        while (!turnstile.release(channel)) {
            LOG.warn("so much was said in channel {} during the start that some of it was not seen", channel);
        }
    }

    private void channel(Inbox from, String channel, @Nullable List<ConversationId> conversations) {
        do {
            try {
                if (!closed && conversations != null) {
                    catchUp.with(from, conversations);
                }
            } catch (RuntimeException e) {
                LOG.error("channel {}: what was missed could not be handed in", channel, e);
            }
        } while (!turnstile.release(channel) && !closed);
    }

    boolean awaitRun(Duration patience) {
        try {
            return firstRun.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        closed = true;
        turnstile.close();
    }
}
