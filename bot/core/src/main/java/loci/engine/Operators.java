package loci.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import loci.chat.ChatPlatform;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells those who run the bot what is in trouble: a notice of each kind at most once in {@link #PAUSE}, with how many were held back, and
 * one when the trouble is over. Nobody waits for it: each platform is told on a thread of its own, in the order in which things happened, and
 * what cannot be told is only logged. Thread-safe.
 */
final class Operators {

    /** The least time between two notices of a kind. */
    static final Duration PAUSE = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(Operators.class);

    /** More than this wait only where a platform takes none; the oldest say the most. */
    private static final int MOST_WAITING = 50;

    private final Map<String, ChatPlatform> platforms;
    private final Executor executor;
    private final InstantSource clock;
    private final Map<Subject, Map<String, Kept>> kept = new HashMap<>();
    /** The subjects of which operators believe that they are in trouble; looked at for each message. */
    private final Set<Subject> troubled = ConcurrentHashMap.newKeySet();

    private final Map<String, Telling> tellings = new ConcurrentHashMap<>();

    /**
     * What can be in trouble.
     *
     * @param name tells it from others
     * @param over what is said when the trouble is over
     */
    record Subject(String name, String over) {}

    /** What is known of one kind of notice: when it was given last, and how many were not since. */
    private record Kept(Instant last, int heldBack) {

        Kept andOneMore() {
            return new Kept(last, heldBack + 1);
        }
    }

    /**
     * @param platforms those served, by name; may grow
     * @param executor runs each task on a thread of its own
     */
    Operators(Map<String, ChatPlatform> platforms, Executor executor, InstantSource clock) {
        this.platforms = platforms;
        this.executor = executor;
        this.clock = clock;
    }

    /** Tells nobody. */
    static Operators none(InstantSource clock) {
        return new Operators(Map.of(), Runnable::run, clock);
    }

    /**
     * Something is in trouble, or is so still.
     *
     * @param kind tells notices about one subject apart; there are few of them
     * @param notice what to tell, without people's words and without secrets
     */
    void trouble(Subject subject, String kind, String notice) {
        int heldBack;
        synchronized (kept) {
            Map<String, Kept> kinds = kept.computeIfAbsent(subject, first -> new HashMap<>());
            Kept before = kinds.get(kind);
            Instant now = clock.instant();
            if (before != null && now.isBefore(before.last().plus(PAUSE))) {
                kinds.put(kind, before.andOneMore());
                return;
            }
            heldBack = before == null ? 0 : before.heldBack();
            kinds.put(kind, new Kept(now, 0));
            troubled.add(subject);
        }
        tell("⚠️ " + notice + heldBack(heldBack));
    }

    /** Something is well; operators who believe otherwise are told so. */
    void over(Subject subject) {
        if (!troubled.contains(subject)) {
            return;
        }
        int heldBack = 0;
        synchronized (kept) {
            if (!troubled.remove(subject)) {
                return;
            }
            Map<String, Kept> kinds = kept.getOrDefault(subject, Map.of());
            for (Map.Entry<String, Kept> kind : kinds.entrySet()) {
                heldBack += kind.getValue().heldBack();
                kind.setValue(new Kept(kind.getValue().last(), 0));
            }
        }
        tell("✅ " + subject.over() + heldBack(heldBack));
    }

    private static String heldBack(int count) {
        return switch (count) {
            case 0 -> "";
            case 1 -> " (It happened once more since the last notice.)";
            default -> " (It happened " + count + " more times since the last notice.)";
        };
    }

    private void tell(String notice) {
        for (ChatPlatform platform : platforms.values()) {
            tellings.computeIfAbsent(platform.name(), first -> new Telling()).tell(platform, notice);
        }
    }

    /** What one platform is still to be told. */
    private final class Telling {

        private final Queue<String> waiting = new ArrayDeque<>();
        private boolean running;

        void tell(ChatPlatform platform, String notice) {
            synchronized (waiting) {
                if (waiting.size() >= MOST_WAITING) {
                    LOG.warn("{} takes no notices for operators; one is left out", platform.name());
                    return;
                }
                waiting.add(notice);
                if (running) {
                    return;
                }
                running = true;
            }
            try {
                executor.execute(() -> tellAll(platform));
            } catch (RejectedExecutionException end) {
                LOG.debug("a notice for operators is left out: this is the end");
            }
        }

        private void tellAll(ChatPlatform platform) {
            for (String notice = next(); notice != null; notice = next()) {
                try {
                    platform.tellOperators(notice);
                } catch (RuntimeException | Error e) {
                    LOG.warn("{}: operators could not be told: {}", platform.name(), e.toString());
                }
            }
        }

        private @Nullable String next() {
            synchronized (waiting) {
                String next = waiting.poll();
                running = next != null;
                return next;
            }
        }
    }
}
