package loci.discord;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import loci.chat.ConversationId;
import loci.chat.Inbox;
import loci.discord.CatchUp.Spot;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.events.GenericEvent;
import net.dv8tion.jda.api.events.session.SessionInvalidateEvent;
import net.dv8tion.jda.api.events.session.SessionRecreateEvent;
import net.dv8tion.jda.api.hooks.EventListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has every channel of a connection's that something is remembered of caught up with, after the start and after a session that could not be resumed: a few
 * channels at a time, each let go on as soon as it is done. Thread-safe.
 */
final class Backfill implements EventListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Backfill.class);

    /** JDA keeps to Discord's limits; this only bounds how much is held in memory. */
    private static final int AT_ONCE = 4;

    private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(5);

    /** How often what could not be fetched is asked for while what is said there meanwhile waits: half a minute. */
    private static final int MOST_HELD = 6;

    /** How often in all: about eight hours. */
    private static final int MOST_ATTEMPTS = 100;

    private final JDA jda;
    private final CatchUp catchUp;
    private final Turnstile turnstile;
    private final Predicate<String> serves;
    private final Executor executor;
    private final ScheduledExecutorService timer;
    private final ReentrantLock running = new ReentrantLock();
    private final CountDownLatch firstRun = new CountDownLatch(1);
    private volatile @Nullable Inbox inbox;
    private volatile boolean closed;

    /** A channel that is caught up with, after some gap. */
    private record Channel(Inbox inbox, String id, List<ConversationId> conversations, long gap) {}

    /** @param serves which servers this connection is for */
    Backfill(
            JDA jda,
            CatchUp catchUp,
            Turnstile turnstile,
            Predicate<String> serves,
            Executor executor,
            ScheduledExecutorService timer) {
        this.jda = jda;
        this.catchUp = catchUp;
        this.turnstile = turnstile;
        this.serves = serves;
        this.executor = executor;
        this.timer = timer;
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
        Map<String, String> spaces = new HashMap<>();
        remembered.forEach((channel, in) -> spaces.put(channel, in.getFirst().space()));
        if (!turnstile.holdOnly(gap, spaces)) {
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
                if (serves.test(conversation.space())) {
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
        if (conversations == null) {
            releaseUnknown(channel);
            return;
        }
        Channel held = new Channel(from, channel, conversations, turnstile.gap());
        later(held, caughtUp(held, () -> catchUp.with(from, conversations)), 1);
    }

    private List<Spot> caughtUp(Channel channel, Supplier<List<Spot>> how) {
        try {
            return closed ? List.of() : how.get();
        } catch (RuntimeException | Error e) {
            LOG.error("channel {}: what was missed could not be handed in", channel.id(), e);
            return List.of();
        }
    }

    /**
     * What is said in the channel from now on comes after what was missed, and so waits while that is tried again; but no longer than some
     * seconds, since an outage may last.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // It only tries again.
    private void later(Channel channel, List<Spot> left, int attempt) {
        if (left.isEmpty() || attempt == MOST_HELD) {
            release(channel);
        }
        if (attempt >= MOST_ATTEMPTS && !left.isEmpty()) {
            LOG.warn("channel {}: what was missed is not asked for again before the next start", channel.id());
        } else if (!left.isEmpty() && !closed && !timer.isShutdown()) {
            long delay = Math.min(LONGEST_DELAY.toMillis(), FIRST_DELAY.toMillis() << Math.min(attempt - 1, 20));
            timer.schedule(() -> executor.execute(() -> again(channel, left, attempt)), delay, TimeUnit.MILLISECONDS);
        }
    }

    private void again(Channel channel, List<Spot> left, int attempt) {
        later(channel, caughtUp(channel, () -> catchUp.with(left)), attempt + 1);
    }

    /** Lets a channel go on, where it is held since the gap that was caught up with and no newer one. */
    private void release(Channel channel) {
        while (channel.gap() == turnstile.gap() && !turnstile.release(channel.id()) && !closed) {
            caughtUp(channel, () -> catchUp.with(channel.inbox(), channel.conversations()));
        }
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
