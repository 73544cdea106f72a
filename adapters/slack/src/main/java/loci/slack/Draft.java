package loci.slack;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import loci.slack.Finding.Found;
import org.jspecify.annotations.Nullable;

/**
 * The messages that the reply of one key has become so far. Guarded by itself: an answer is written on one thread and shown by others, one
 * at a time.
 */
final class Draft {

    /** The {@code ts} of the messages, in the order of the reply's parts. */
    private final List<String> messages;

    private @Nullable CompletableFuture<?> running;
    private @Nullable Long begun;
    private String shown = "";
    private boolean doubtful;
    private boolean silent;
    /** The part that may have been posted already by an attempt of which nothing can be known; none where it is negative. */
    private int perhapsTwice = -1;

    private final Instant since;
    private boolean file;
    private int lookedFor;
    private Found found = Found.NOTHING;

    private @Nullable Stream stream;
    /** The rest of a reply whose beginning is in a stream that ended well; null where there is none such. */
    private @Nullable String afterStream;

    /** The first message while it is being streamed. */
    static final class Stream {
        private final @Nullable AppendOnly text;
        private String pending = "";
        private @Nullable String ended;
        private boolean broken;

        /** @param text null where it is not known what was appended */
        Stream(@Nullable AppendOnly text) {
            this.text = text;
            this.broken = text == null;
        }

        /** What is to be appended so that it says this; what could not be sent before first. */
        synchronized String next(String to) {
            if (text == null || broken || ended != null) {
                return "";
            }
            if (!text.continues(to)) {
                broken = true;
                return "";
            }
            pending += text.next(to);
            return pending;
        }

        /** What was to be appended is. */
        synchronized void sent() {
            pending = "";
        }

        /** It is not known any more what it says. */
        synchronized void breaks() {
            broken = true;
        }

        /** What is missing at its end, or null where it cannot be finished but only replaced. */
        synchronized @Nullable String ending(String reply) {
            boolean other = text == null || (ended == null ? !text.continues(reply) : !ended.equals(reply));
            if (broken || other || text == null) {
                broken = true;
                return null;
            }
            if (ended == null) {
                pending += text.finished(reply);
                ended = reply;
            }
            return pending;
        }

        /** What of a reply that was ended did not fit. */
        synchronized String rest(String reply) {
            return text != null && text.isFull() ? text.rest(reply) : "";
        }
    }

    /**
     * @param posted what an earlier reply became whose place this one takes; mostly empty
     * @param doubtful whether something may have been posted that we know nothing of
     * @param since when the first attempt to post anything of it began, as far as that is known
     */
    Draft(List<String> posted, boolean doubtful, Instant since) {
        this.messages = new ArrayList<>(posted);
        this.doubtful = doubtful;
        this.since = since;
    }

    /** Before this nothing of it was posted. */
    Instant since() {
        return since;
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
        messages.remove(message);
    }

    // ---- the stream

    synchronized @Nullable Stream stream() {
        return stream;
    }

    synchronized void streaming(String message, @Nullable AppendOnly text) {
        became(0, message);
        stream = new Stream(text);
    }

    /** @param rest what of the reply is for other messages; null where all of it is to be written again */
    synchronized void streamEnded(@Nullable String rest) {
        stream = null;
        afterStream = rest;
    }

    synchronized @Nullable String afterStream() {
        return afterStream;
    }

    /** What was streamed is to be written over after all. */
    synchronized void writeOver() {
        afterStream = null;
    }

    // ---- what is not known

    /** What of it was found while it was in doubt, by now. */
    synchronized Found found() {
        return found;
    }

    synchronized void found(Found more) {
        found = more;
    }

    /** What was doubted is known now: there is of it what was found. */
    synchronized void known() {
        Map<Integer, String> parts = found.parts();
        String streaming = found.streaming();
        found = Found.NOTHING;
        doubtful = false;
        for (int part = messages.size(); parts.containsKey(part); part++) {
            messages.add(parts.get(part));
        }
        if (messages.isEmpty() && streaming != null) {
            streaming(streaming, null);
        }
    }

    /** It cannot be known whether there is more of it than what is known, and what was found. */
    synchronized void neverKnown() {
        known();
        perhapsTwice = messages.size();
    }

    /** Whether a part may have been posted before this one. */
    synchronized boolean isPerhapsTwice(int part) {
        return part == perhapsTwice;
    }

    /** More of it may have been posted, even where it was looked for already. */
    synchronized void doubt() {
        found = found.anew();
        doubtful = true;
    }

    synchronized boolean isDoubtful() {
        return doubtful;
    }

    /** Returns how often it was looked for by now. */
    synchronized int lookedFor() {
        return ++lookedFor;
    }

    // ---- what is shown

    /** Whether there is something new to show, and nothing of it under way. */
    synchronized boolean wants(String text) {
        boolean free = running == null || running.isDone();
        return free && !silent && !text.isEmpty() && !text.equals(shown);
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

    /** Nothing more is shown before the end. */
    synchronized void silence() {
        silent = true;
    }

    synchronized boolean isSilent() {
        return silent;
    }

    /** Whether the file that goes with the reply is still to be sent; it is tried once. */
    synchronized boolean takesFile() {
        boolean first = !file;
        file = true;
        return first;
    }
}
