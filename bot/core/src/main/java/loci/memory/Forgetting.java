package loci.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import loci.chat.ConversationId;

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

        /** Turns known by number. */
        record Turns(SortedSet<Long> seqs) implements Scope {}
    }

    /**
     * What would be forgotten, exactly.
     *
     * @param named the turns that the scope names
     * @param quoting the bot's turns that go with them because they answer or quote them
     * @param digests how many digests were made from any of them
     */
    public record Plan(ConversationId conversation, SortedSet<Long> named, SortedSet<Long> quoting, int digests) {

        public Plan {
            named = new TreeSet<>(named);
            quoting = new TreeSet<>(quoting);
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

    /** Works out what a scope means at this moment, and changes nothing. */
    public Plan plan(ConversationId conversation, Scope scope) {
        return planFor(conversation, named(conversation, scope));
    }

    /** Erases what was planned, and what has come to quote it since. */
    public Erasure carryOut(Plan plan) {
        if (plan.isEmpty()) {
            return Erasure.NOTHING;
        }
        Plan now = planFor(plan.conversation(), plan.named());
        SortedSet<Long> turns = plan.turns();
        turns.addAll(now.quoting());
        return store.erase(plan.conversation(), turns);
    }

    /** Erases the bot's turns that quote a message's words which its new version no longer holds. */
    public Erasure carryOutQuoting(ConversationId conversation, Turn before, String newText) {
        Quotes quotes = new Quotes();
        quotes.erased(before.text());
        quotes.remaining(newText);
        eachTurn(conversation, turn -> {
            if (turn.opensExchange() && turn.seq() != before.seq()) {
                quotes.remaining(turn.text());
            }
        });
        SortedSet<Long> quoting =
                matching(conversation, turn -> !turn.opensExchange() && quotes.quotes(turn.text()));
        return quoting.isEmpty() ? Erasure.NOTHING : store.erase(conversation, quoting);
    }

    private Plan planFor(ConversationId conversation, SortedSet<Long> named) {
        if (named.isEmpty()) {
            return new Plan(conversation, named, new TreeSet<>(), 0);
        }
        SortedSet<Long> quoting = new TreeSet<>();
        SortedSet<Long> exchanges = new TreeSet<>();
        Quotes quotes = new Quotes();
        SortedSet<Long> lostQuestions = new TreeSet<>();
        eachTurn(conversation, turn -> {
            boolean goes = named.contains(turn.seq());
            if (turn.opensExchange() && goes) {
                quotes.erased(turn.text());
                lostQuestions.add(turn.exchange());
            } else if (turn.opensExchange()) {
                quotes.remaining(turn.text());
            }
        });
        eachTurn(conversation, turn -> {
            boolean goes = named.contains(turn.seq());
            if (!goes
                    && !turn.opensExchange()
                    && (lostQuestions.contains(turn.exchange()) || quotes.quotes(turn.text()))) {
                quoting.add(turn.seq());
                goes = true;
            }
            if (goes) {
                exchanges.add(turn.exchange());
            }
        });
        return new Plan(conversation, named, quoting, digestsOf(conversation, exchanges));
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
            case Scope.Turns(SortedSet<Long> seqs) -> matching(conversation, turn -> seqs.contains(turn.seq()));
            case Scope.Last(int messages) -> {
                List<Long> all = new ArrayList<>(matching(conversation, turn -> true));
                yield new TreeSet<>(all.subList(Math.max(0, all.size() - messages), all.size()));
            }
        };
    }

    private SortedSet<Long> matching(ConversationId conversation, Predicate<Turn> wanted) {
        SortedSet<Long> seqs = new TreeSet<>();
        eachTurn(conversation, turn -> {
            if (wanted.test(turn)) {
                seqs.add(turn.seq());
            }
        });
        return seqs;
    }

    private void eachTurn(ConversationId conversation, Consumer<Turn> action) {
        long newest = store.newestExchange(conversation);
        long from = 1;
        while (from <= newest) {
            List<Turn> page = store.turns(conversation, new Exchanges(from, newest), PAGE_TURNS);
            if (page.isEmpty()) {
                return;
            }
            page.forEach(action);
            from = page.getLast().exchange() + 1;
        }
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
