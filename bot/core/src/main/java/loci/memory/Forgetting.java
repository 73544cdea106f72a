package loci.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import loci.chat.ChatEvent.MessageEdited;
import loci.chat.ConversationId;
import loci.chat.MessageRef;
import loci.model.ToolCall;

/**
 * Works out what forgetting something means, and does it: the turns that were named, the replies to them, the replies that quote them,
 * and every digest made from any of these.
 *
 * <p>Thread-safe. The work is proportional to the length of the conversation: forgetting reads the log once, remembering never does.
 */
public final class Forgetting {

    private static final int PAGE_TURNS = 1_000;

    private final ConversationStore store;

    public Forgetting(ConversationStore store) {
        this.store = store;
    }

    /** What somebody wants forgotten. */
    public sealed interface Scope {

        /** Everything said in the conversation so far. */
        record Here() implements Scope {}

        /** All that one person said in it. */
        record Mine(String authorId) implements Scope {}

        /** The last so many messages, the bot's replies counted. */
        record Last(int messages) implements Scope {}

        /** Everything said since a moment. */
        record Since(Instant start) implements Scope {}

        /** What was posted in some threads of the channel, by the platform's ids. */
        record InThreads(List<String> threads) implements Scope {}

        /** Turns known by number. */
        record Turns(SortedSet<Long> seqs) implements Scope {}
    }

    /**
     * What would be forgotten, exactly.
     *
     * @param named the turns that the scope names
     * @param quoting the bot's turns that go with them because they answer or quote them
     * @param messages the exchanges whose opening message is among the named; a newer version of it goes too
     * @param digests how many digests were made from any of them
     */
    public record Plan(
            ConversationId conversation,
            SortedSet<Long> named,
            SortedSet<Long> quoting,
            SortedSet<Long> messages,
            int digests) {

        public Plan {
            named = new TreeSet<>(named);
            quoting = new TreeSet<>(quoting);
            messages = new TreeSet<>(messages);
        }

        public boolean isEmpty() {
            return named.isEmpty();
        }

        /** All turns that would be erased. */
        public SortedSet<Long> turns() {
            SortedSet<Long> all = new TreeSet<>(named);
            all.addAll(quoting);
            return all;
        }
    }

    /**
     * What was found in one reading of the log, and what is needed to recognise a reply that is finished after it.
     *
     * @param epoch the conversation's when the reading began
     * @param nextAnswer the first exchange that could still get an answer when the reading began
     * @param newestTurn the newest turn that was read
     */
    private record Reading(Plan plan, Quotes quotes, long epoch, long nextAnswer, long newestTurn) {

        boolean takes(Turn turn) {
            return !turn.opensExchange() && (plan.messages().contains(turn.exchange()) || quotes.quotes(wordsOf(turn)));
        }
    }

    /** Reads what is left of a range, page by page. */
    public void each(ConversationId conversation, Exchanges range, Consumer<Turn> reader) {
        pages(conversation, range).forEach(reader);
    }

    /** Works out what a scope means at this moment, and changes nothing. */
    public Plan plan(ConversationId conversation, Scope scope) {
        return read(conversation, named(conversation, scope)).plan();
    }

    /** Erases what was planned, in whatever version it is by now, and what has come to quote it since. */
    public Erasure carryOut(Plan plan) {
        if (plan.isEmpty()) {
            return Erasure.NOTHING;
        }
        ConversationId conversation = plan.conversation();
        SortedSet<Long> named = matching(
                conversation, turn -> turn.opensExchange() && plan.messages().contains(turn.exchange()));
        named.addAll(plan.named());
        Reading now = read(conversation, named);
        SortedSet<Long> turns = now.plan().turns();
        turns.addAll(plan.turns());
        Erasure erased = store.erase(conversation, turns);
        Erasure late = eraseLate(now, epochs(erased));
        return new Erasure(erased.turns() + late.turns(), erased.digests() + late.digests());
    }

    /** Lets a new version of a person's message take the old one's place, and erases the replies that quote what it no longer says. */
    public void supersede(Turn before, MessageEdited edit) {
        ConversationId conversation = edit.conversation();
        Quotes quotes = new Quotes();
        quotes.erased(before.text());
        quotes.remaining(edit.text());
        long epoch = store.epoch(conversation);
        long nextAnswer = nextAnswer(conversation);
        long newestTurn = 0;
        for (Turn turn : all(conversation)) {
            newestTurn = Math.max(newestTurn, turn.seq());
            if (turn.opensExchange() && turn.seq() != before.seq()) {
                quotes.remaining(turn.text());
            }
        }
        SortedSet<Long> quoting = matching(conversation, turn -> !turn.opensExchange() && quotes.quotes(wordsOf(turn)));
        // These go first: were the process to die before the new version is there, the platform delivers the edit
        // again.
        long epochs = quoting.isEmpty() ? 0 : epochs(store.erase(conversation, quoting));
        epochs += epochs(store.supersede(edit));
        Plan nothingMore = new Plan(conversation, new TreeSet<>(), quoting, new TreeSet<>(), 0);
        eraseLate(new Reading(nothingMore, quotes, epoch, nextAnswer, newestTurn), epochs);
    }

    /**
     * Erases the replies that were finished while the log was read and that nobody has looked at. There can be no more of them: since the
     * erasure, nothing that was made from the old memory can be stored.
     *
     * @param ownEpochs how many epochs were begun by what was erased after the reading
     */
    private Erasure eraseLate(Reading reading, long ownEpochs) {
        ConversationId conversation = reading.plan().conversation();
        long newest = store.newestExchange(conversation);
        // Another epoch may have been begun by asking for another answer, and that to a question of any age.
        boolean reopened = store.epoch(conversation) > reading.epoch() + ownEpochs;
        long first = reopened ? 1 : reading.nextAnswer();
        if (first > newest) {
            return Erasure.NOTHING;
        }
        SortedSet<Long> late = new TreeSet<>();
        for (Turn turn : pages(conversation, new Exchanges(first, newest))) {
            if (turn.seq() > reading.newestTurn() && reading.takes(turn)) {
                late.add(turn.seq());
            }
        }
        return late.isEmpty() ? Erasure.NOTHING : store.erase(conversation, late);
    }

    /** An erasure begins an epoch, where there was something to erase. */
    private static long epochs(Erasure erasure) {
        return erasure.turns() > 0 ? 1 : 0;
    }

    private long nextAnswer(ConversationId conversation) {
        long afterNewest = store.newestExchange(conversation) + 1;
        return store.oldestOpenExchange(conversation).orElse(afterNewest);
    }

    private Reading read(ConversationId conversation, SortedSet<Long> named) {
        Quotes quotes = new Quotes();
        SortedSet<Long> messages = new TreeSet<>();
        if (named.isEmpty()) {
            return new Reading(new Plan(conversation, named, new TreeSet<>(), messages, 0), quotes, 0, 1, 0);
        }
        long epoch = store.epoch(conversation);
        long nextAnswer = nextAnswer(conversation);
        long newestTurn = 0;
        for (Turn turn : all(conversation)) {
            newestTurn = Math.max(newestTurn, turn.seq());
            if (turn.opensExchange() && named.contains(turn.seq())) {
                quotes.erased(turn.text());
                messages.add(turn.exchange());
            } else if (turn.opensExchange()) {
                quotes.remaining(turn.text());
            }
        }
        SortedSet<Long> quoting = new TreeSet<>();
        SortedSet<Long> exchanges = new TreeSet<>();
        Reading soFar =
                new Reading(new Plan(conversation, named, quoting, messages, 0), quotes, epoch, nextAnswer, newestTurn);
        for (Turn turn : all(conversation)) {
            boolean goes = named.contains(turn.seq());
            if (!goes && turn.seq() <= newestTurn && soFar.takes(turn)) {
                quoting.add(turn.seq());
                goes = true;
            }
            if (goes) {
                exchanges.add(turn.exchange());
            }
        }
        Plan plan = new Plan(conversation, named, quoting, messages, digestsOf(conversation, exchanges));
        return new Reading(plan, quotes, epoch, nextAnswer, newestTurn);
    }

    private static boolean isIn(String thread, Turn turn) {
        MessageRef message = turn.message();
        return message != null && message.id().startsWith(thread + "/");
    }

    private SortedSet<Long> named(ConversationId conversation, Scope scope) {
        return switch (scope) {
            case Scope.Here() -> matching(conversation, turn -> true);
            case Scope.Mine(String authorId) ->
                matching(
                        conversation,
                        turn -> turn.role() == Role.PERSON && turn.author().id().equals(authorId));
            case Scope.Since(Instant start) ->
                matching(conversation, turn -> !turn.at().isBefore(start));
            case Scope.InThreads(List<String> threads) ->
                matching(conversation, turn -> threads.stream().anyMatch(thread -> isIn(thread, turn)));
            case Scope.Turns(SortedSet<Long> seqs) -> matching(conversation, turn -> seqs.contains(turn.seq()));
            case Scope.Last(int messages) -> {
                List<Long> all = new ArrayList<>(matching(conversation, turn -> true));
                yield new TreeSet<>(all.subList(Math.max(0, all.size() - messages), all.size()));
            }
        };
    }

    /** What the bot told a tool may quote as well as what it said. */
    private static String wordsOf(Turn turn) {
        return turn.toolCalls().isEmpty()
                ? turn.text()
                : turn.toolCalls().stream()
                        .map(ToolCall::arguments)
                        .collect(Collectors.joining(" ", turn.text() + " ", ""));
    }

    private SortedSet<Long> matching(ConversationId conversation, Predicate<Turn> wanted) {
        SortedSet<Long> seqs = new TreeSet<>();
        for (Turn turn : all(conversation)) {
            if (wanted.test(turn)) {
                seqs.add(turn.seq());
            }
        }
        return seqs;
    }

    private Iterable<Turn> all(ConversationId conversation) {
        long newest = store.newestExchange(conversation);
        return newest == 0 ? List.of() : pages(conversation, new Exchanges(1, newest));
    }

    /** Reads a range page by page, so that a long log is never in memory as a whole. */
    private Iterable<Turn> pages(ConversationId conversation, Exchanges range) {
        return () -> new Iterator<>() {
            private long from = range.from();
            private Iterator<Turn> page = Collections.emptyIterator();

            @Override
            public boolean hasNext() {
                if (!page.hasNext() && from <= range.to()) {
                    List<Turn> turns = store.turns(conversation, new Exchanges(from, range.to()), PAGE_TURNS);
                    from = turns.isEmpty() ? range.to() + 1 : turns.getLast().exchange() + 1;
                    page = turns.iterator();
                }
                return page.hasNext();
            }

            @Override
            public Turn next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return page.next();
            }
        };
    }

    private int digestsOf(ConversationId conversation, SortedSet<Long> exchanges) {
        int count = 0;
        List<Digest> level = store.note(conversation);
        while (!level.isEmpty()) {
            List<Digest> below = new ArrayList<>();
            for (Digest digest : level) {
                SortedSet<Long> tail = exchanges.tailSet(digest.covers().from());
                if (!tail.isEmpty() && digest.covers().contains(tail.first())) {
                    count++;
                    below.addAll(store.children(conversation, digest.number()));
                }
            }
            level = below;
        }
        return count;
    }
}
