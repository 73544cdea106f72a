package loci.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import loci.chat.ConversationId;
import loci.memory.ConversationStore;
import loci.memory.Digest;
import loci.memory.Exchanges;
import loci.memory.Turn;
import loci.prompt.CompactionPolicy;

/**
 * Decides what a conversation's note needs next: a fold, a hole to be mended, or the oldest end of the window condensed. Reads the store
 * and changes nothing. Thread-safe.
 */
final class CompactionPlanner {

    private final ConversationStore store;
    private final CompactionPolicy policy;
    private final ToIntFunction<Turn> tokens;

    CompactionPlanner(ConversationStore store, CompactionPolicy policy, ToIntFunction<Turn> tokens) {
        this.store = store;
        this.policy = policy;
        this.tokens = tokens;
    }

    /**
     * One digest to be made.
     *
     * @param level its level
     * @param covers its range
     * @param turns what it stands for, word for word; empty where nothing of it remains, or where there is too much to read
     * @param digests for a fold, the digests it will be the parent of
     */
    record Job(int level, Exchanges covers, List<Turn> turns, List<Digest> digests) {}

    /** @param eager whether the window is to be condensed whole, whatever its length */
    Optional<Job> next(ConversationId conversation, boolean eager) {
        List<Digest> note = store.note(conversation);
        Optional<Job> job = hole(conversation, note);
        if (job.isEmpty()) {
            job = fold(conversation, note);
        }
        return job.isPresent() ? job : tail(conversation, note, eager);
    }

    /** An erasure takes digests away; what remains of the turns below them is condensed again, and an emptied range is closed. */
    private Optional<Job> hole(ConversationId conversation, List<Digest> note) {
        long expected = 1;
        for (Digest digest : note) {
            if (digest.covers().from() > expected) {
                Exchanges gap = new Exchanges(expected, digest.covers().from() - 1);
                List<Turn> turns = store.turns(conversation, gap, policy.compactAfterTurns());
                boolean whole = turns.isEmpty()
                        || store.turns(conversation, after(turns, gap), 1).isEmpty();
                long to = whole ? gap.to() : turns.getLast().exchange();
                return Optional.of(new Job(0, new Exchanges(gap.from(), to), turns, List.of()));
            }
            expected = digest.covers().to() + 1;
        }
        return Optional.empty();
    }

    private static Exchanges after(List<Turn> turns, Exchanges gap) {
        long next = turns.getLast().exchange() + 1;
        return new Exchanges(Math.min(next, gap.to() + 1), gap.to() + 1);
    }

    private Optional<Job> fold(ConversationId conversation, List<Digest> note) {
        int start = 0;
        for (int end = 1; end <= note.size(); end++) {
            boolean runEnds = end == note.size()
                    || note.get(end).level() != note.get(start).level();
            if (end - start == policy.fanout()) {
                List<Digest> run = List.copyOf(note.subList(start, end));
                Exchanges covers = new Exchanges(
                        run.getFirst().covers().from(), run.getLast().covers().to());
                int total = run.stream().mapToInt(Digest::turns).sum();
                List<Turn> turns = total == 0 ? List.of() : store.turns(conversation, covers, total + 1);
                return Optional.of(new Job(run.getFirst().level() + 1, covers, turns, run));
            }
            if (runEnds) {
                start = end;
            }
        }
        return Optional.empty();
    }

    private Optional<Job> tail(ConversationId conversation, List<Digest> note, boolean eager) {
        long from = note.isEmpty() ? 1 : note.getLast().covers().to() + 1;
        long to = store.oldestOpenExchange(conversation).map(open -> open - 1).orElseGet(() -> store.newestExchange(conversation));
        if (to < from) {
            return Optional.empty();
        }
        int most = policy.compactAfterTurns();
        List<Turn> turns = store.turns(conversation, new Exchanges(from, to), most * 2);
        int surplus = eager ? turns.size() : surplus(turns);
        if (surplus == 0) {
            return Optional.empty();
        }
        List<Turn> segment = oldest(turns, Math.min(surplus, most));
        return Optional.of(new Job(0, new Exchanges(from, segment.getLast().exchange()), segment, List.of()));
    }

    /** Returns how many of the oldest turns must go to reach the low-water marks, or 0 below the high-water marks. */
    private int surplus(List<Turn> turns) {
        int total = turns.stream().mapToInt(tokens).sum();
        boolean tooMany = turns.size() > policy.compactAfterTurns();
        boolean tooLong = total > policy.compactAfterTokens();
        int surplus = tooMany ? turns.size() - policy.keepTurns() : 0;
        if (tooLong) {
            int left = total;
            int byTokens = 0;
            while (left > policy.compactAfterTokens() / 2) {
                left -= tokens.applyAsInt(turns.get(byTokens++));
            }
            surplus = Math.max(surplus, byTokens);
        }
        // The newest exchange stays as it was said, however long it is: it is what the next message most likely refers to.
        long newest = turns.isEmpty() ? 0 : turns.getLast().exchange();
        int older = (int) turns.stream().filter(turn -> turn.exchange() != newest).count();
        return Math.min(surplus, older);
    }

    /** Takes about so many of the oldest turns: whole exchanges, at least one. */
    static List<Turn> oldest(List<Turn> turns, int about) {
        List<Turn> taken = new ArrayList<>();
        for (Turn turn : turns) {
            boolean sameExchange = !taken.isEmpty() && taken.getLast().exchange() == turn.exchange();
            if (taken.size() >= about && !sameExchange) {
                break;
            }
            taken.add(turn);
        }
        return taken;
    }
}
