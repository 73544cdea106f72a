package loci.discord;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The messages that the reply of one key has become so far. Guarded by itself: an answer is written on one thread, what Discord says of it
 * comes on others.
 */
final class Draft {

    /** The ids of the messages, in the order of the reply's parts. */
    private final List<String> messages;

    /** Messages of the bot's own that may be further parts, as an earlier attempt posted them. */
    private final List<Posted> candidates = new ArrayList<>();

    /** Parts of an earlier, longer text. */
    private final Map<Integer, String> removed = new HashMap<>();

    private String shown = "";
    private @Nullable CompletableFuture<?> running;
    private @Nullable Long begun;
    private boolean doubtful;
    private boolean silent;

    /** A message that is on Discord. */
    record Posted(String id, String content) {}

    /**
     * @param posted what an earlier reply became whose place this one takes; mostly empty
     * @param doubtful whether something may have been posted that we know nothing of
     */
    Draft(List<String> posted, boolean doubtful) {
        this.messages = new ArrayList<>(posted);
        this.doubtful = doubtful;
    }

    synchronized List<String> messages() {
        return List.copyOf(messages);
    }

    synchronized @Nullable String message(int part) {
        return part < messages.size() ? messages.get(part) : null;
    }

    synchronized void became(int part, String message) {
        if (part < messages.size()) {
            messages.set(part, message);
        } else {
            messages.add(message);
        }
    }

    synchronized void removed(String message) {
        removed.put(messages.indexOf(message), message);
        messages.remove(message);
    }

    /** The message that was this part once and is deleted. */
    synchronized @Nullable String removed(int part) {
        return removed.get(part);
    }

    /** What was doubted is known now. */
    synchronized void known(@Nullable String first, List<Posted> following) {
        if (messages.isEmpty() && first != null) {
            messages.add(first);
        }
        candidates.clear();
        candidates.addAll(following);
        doubtful = false;
    }

    /** Takes the message that an earlier attempt posted as this next part, where there is one. */
    synchronized boolean adopts(String content) {
        for (Posted candidate : candidates) {
            if (candidate.content().strip().equals(content.strip()) && !messages.contains(candidate.id())) {
                messages.add(candidate.id());
                return true;
            }
        }
        return false;
    }

    /** Whether there is something new to show, and nothing of it under way. */
    synchronized boolean wants(String text) {
        boolean free = running == null || running.isDone();
        return free && !silent && !doubtful && !text.isEmpty() && !text.equals(shown);
    }

    /** An answer that is there at once is posted once, and not posted and edited. */
    synchronized boolean isWorthShowing(long now, long pause) {
        if (begun == null) {
            begun = now;
        }
        return now - begun >= pause;
    }

    synchronized void showing(String text, CompletableFuture<?> asked) {
        shown = text;
        running = asked;
    }

    synchronized @Nullable CompletableFuture<?> running() {
        return running;
    }

    synchronized void doubt() {
        doubtful = true;
    }

    synchronized boolean isDoubtful() {
        return doubtful;
    }

    /** Nothing more is shown before the end: it was refused. */
    synchronized void silence() {
        silent = true;
    }
}
