package loci.app.cli;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import loci.chat.ChatEvent.MessagePosted;
import loci.chat.ConversationId;
import loci.memory.ConversationStore;
import loci.memory.Exchanges;
import loci.memory.Forgetting;
import loci.memory.PastExchange;
import loci.memory.Recorded;
import loci.sanitize.Redactor;
import loci.transcript.Entry;
import loci.transcript.Exchange;
import loci.transcript.Transcript;
import org.jspecify.annotations.Nullable;

/**
 * Adds a transcript to a conversation, each exchange once.
 *
 * <p>Each is one transaction, and an import that was stopped goes on where it was when it is begun again: an exchange is known by an id made
 * of what the file calls it, and by its words, so that what was exported here, or was said here, is known too.
 */
final class Intake {

    private static final int PROGRESS_EVERY = 500;

    private final ConversationStore store;
    private final Redactor redactor;
    private final ConversationId conversation;
    private final Map<Opening, Deque<Long>> said = new HashMap<>();
    private int added;
    private int known;
    private int forgotten;
    private int optedOut;
    private int unpinned;

    Intake(ConversationStore store, Redactor redactor, ConversationId conversation) {
        this.store = store;
        this.redactor = redactor;
        this.conversation = conversation;
    }

    /**
     * What became of a transcript's exchanges.
     *
     * @param added how many are new
     * @param known how many were there already
     * @param forgotten how many had been there and were forgotten
     * @param optedOut how many were left out because the person had opted out
     * @param unpinned how many could not be pinned as they should be
     */
    record Taken(int added, int known, int forgotten, int optedOut, int unpinned) {}

    /** Who said what when: what an exchange is known by, whatever its ids. */
    private record Opening(String authorId, Instant at, String text) {

        Opening {
            at = at.truncatedTo(ChronoUnit.MICROS); // as a store keeps it
        }
    }

    /** Is told how many of all exchanges are done. */
    @FunctionalInterface
    interface Progress {
        void at(int done, int all);
    }

    /** Returns what of a transcript no store takes, although each text by itself is short enough. */
    static List<String> tooLong(Transcript transcript, String shown) {
        List<String> problems = new ArrayList<>();
        for (int index = 0; index < transcript.entries().size(); index++) {
            Entry entry = transcript.entries().get(index);
            String answersCall = entry.answersCall();
            long length = entry.text().length()
                    + (answersCall == null ? 0 : answersCall.length())
                    + entry.toolCalls().stream()
                            .mapToLong(call -> (long) call.id().length()
                                    + call.name().length()
                                    + call.arguments().length())
                            .sum();
            if (length > ConversationStore.MAX_TEXT) {
                problems.add(String.format(
                        Locale.ROOT,
                        "%s: entries[%d]: text and tool calls of at most %,d characters together were expected",
                        shown,
                        index,
                        ConversationStore.MAX_TEXT));
            }
        }
        return problems;
    }

    Taken take(Transcript transcript, Progress progress) {
        long newest = store.newestExchange(conversation);
        if (newest > 0) {
            new Forgetting(store).each(conversation, new Exchanges(1, newest), turn -> {
                if (turn.opensExchange()) {
                    Opening words = new Opening(turn.author().id(), turn.at(), turn.text());
                    said.computeIfAbsent(words, first -> new ArrayDeque<>()).add(turn.exchange());
                }
            });
        }
        List<Exchange> exchanges = Exchange.of(named(transcript));
        for (int done = 0; done < exchanges.size(); done++) {
            take(exchanges.get(done));
            if ((done + 1) % PROGRESS_EVERY == 0) {
                progress.at(done + 1, exchanges.size());
            }
        }
        return new Taken(added, known, forgotten, optedOut, unpinned);
    }

    private void take(Exchange exchange) {
        PastExchange past = exchange.past(conversation, redactor);
        MessagePosted opening = past.opening();
        Opening words = new Opening(opening.author().id(), opening.at(), opening.text());
        // Each only once: the same words in the same minute may have been said twice.
        Long there = said.getOrDefault(words, new ArrayDeque<>()).poll();
        if (there != null) {
            known++;
        } else if (store.optedOut(
                conversation.platform(), conversation.space(), opening.author().id())) {
            optedOut++;
            return;
        } else {
            there = restore(past);
        }
        if (there != null && exchange.pinned() && !store.pin(conversation, there, true)) {
            unpinned++;
        }
    }

    /** Returns the exchange's number, or null where it was forgotten. */
    private @Nullable Long restore(PastExchange past) {
        Recorded recorded = store.restore(past);
        if (!recorded.repeated()) {
            added++;
        } else if (store.find(conversation, past.opening().message()).isPresent()) {
            known++;
        } else {
            forgotten++;
            return null;
        }
        return recorded.seq();
    }

    /** A file numbers its messages from 1, as the next one does: ids of an event must tell them apart. */
    private static Transcript named(Transcript transcript) {
        List<Entry> entries = transcript.entries().stream()
                .map(entry -> new Entry(
                        id(transcript.name(), entry),
                        entry.role(),
                        entry.authorId(),
                        entry.authorName(),
                        entry.text(),
                        entry.at(),
                        entry.addressed(),
                        entry.pinned(),
                        entry.toolCalls(),
                        entry.answersCall()))
                .toList();
        return new Transcript(transcript.name(), entries, List.of());
    }

    /** Not of the text: ids outlive what is forgotten, and the hash of a short text betrays it. */
    private static String id(String transcript, Entry entry) {
        String named = String.join(
                "\n", transcript, entry.id(), entry.authorId(), entry.at().toString());
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(named.getBytes(StandardCharsets.UTF_8));
            return "import-" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
