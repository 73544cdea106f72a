package loci.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import loci.chat.ConversationId;
import loci.memory.ConversationStore;
import loci.memory.Digest;
import loci.memory.Exchanges;
import loci.memory.Turn;
import loci.prompt.CompactionPolicy;
import loci.prompt.PromptCounter;

/**
 * Decides what a conversation's note needs next: a fold, a hole to be mended, or the oldest end of the window condensed. Reads the store
 * and changes nothing. Thread-safe.
 */
final class CompactionPlanner {

    /** More than fit any prompt in use; above it a fold is made from digests, and the work of one step stays bounded. */
    private static final int MOST_TURNS_READ = 1_000;

    private final ConversationStore store;
    private final PromptCounter counter;

    CompactionPlanner(ConversationStore store, PromptCounter counter) {
        this.store = store;
        this.counter = counter;
    }

    /**
     * One digest to be made.
     *
     * @param level its level
     * @param covers its range
     * @param turns what it stands for, word for word; empty where nothing of it remains, or where there is too much to read
     * @param digests for a fold, the digests it will be the parent of
     */
    record Job(int level, Exchanges covers, List<Turn> turns, List<Digest> digests) {

        /** How many turns it stands for. */
        int turnCount() {
            return turns.isEmpty() ? digests.stream().mapToInt(Digest::turns).sum() : turns.size();
        }

        /** Whether nothing is left of what it stands for. */
        boolean isEmpty() {
            return turnCount() == 0;
        }
    }

    /** @param eager whether the window is to be condensed whole, whatever its length */
    Optional<Job> next(ConversationId conversation, CompactionPolicy policy, boolean eager) {
        List<Digest> note = store.note(conversation);
        Optional<Job> job = hole(conversation, note, policy);
        if (job.isEmpty()) {
            job = fold(conversation, note, policy);
        }
        return job.isPresent() ? job : tail(conversation, note, policy, eager);
    }

    /** An erasure takes digests away; what remains of the turns below them is condensed again, and an emptied range is closed. */
    private Optional<Job> hole(ConversationId conversation, List<Digest> note, CompactionPolicy policy) {
        long expected = 1;
        long open = store.oldestOpenExchange(conversation).orElse(Long.MAX_VALUE);
        for (Digest digest : note) {
            if (open <= expected) {
                return Optional.empty(); // Its answer is still to come; a digest now would not hold it.
            }
            if (digest.covers().from() > expected) {
                Exchanges gap = new Exchanges(expected, Math.min(digest.covers().from(), open) - 1);
                List<Turn> turns = store.turns(conversation, gap, policy.compactAfterTurns());
                long to = nothingAfter(conversation, turns, gap)
                        ? gap.to()
                        : turns.getLast().exchange();
                return Optional.of(new Job(0, new Exchanges(gap.from(), to), turns, List.of()));
            }
            expected = digest.covers().to() + 1;
        }
        return Optional.empty();
    }

    private boolean nothingAfter(ConversationId conversation, List<Turn> turns, Exchanges gap) {
        if (turns.isEmpty() || turns.getLast().exchange() == gap.to()) {
            return true;
        }
        Exchanges rest = new Exchanges(turns.getLast().exchange() + 1, gap.to());
        return store.turns(conversation, rest, 1).isEmpty();
    }

    private Optional<Job> fold(ConversationId conversation, List<Digest> note, CompactionPolicy policy) {
        List<Digest> run = strays(note, policy);
        if (run.isEmpty()) {
            run = fullLevel(note, policy);
        }
        if (run.isEmpty()) {
            run = overflowing(note, policy);
        }
        if (run.isEmpty()) {
            return Optional.empty();
        }
        Exchanges covers = new Exchanges(
                run.getFirst().covers().from(), run.getLast().covers().to());
        int level = run.stream().mapToInt(Digest::level).max().orElseThrow() + 1;
        int total = run.stream().mapToInt(Digest::turns).sum();
        boolean readable = 0 < total && total <= MOST_TURNS_READ;
        List<Turn> turns = readable ? store.turns(conversation, covers, total + 1) : List.of();
        return Optional.of(new Job(level, covers, turns, run));
    }

    /**
     * Finds digests that an erasure left too small: several in a row, followed by one of a higher level. No digest will ever be added
     * between them, so they would stay for good, and the note would grow with every erasure.
     */
    private List<Digest> strays(List<Digest> note, CompactionPolicy policy) {
        for (int end = 1; end < note.size(); end++) {
            int level = note.get(end).level();
            int start = end;
            while (start > 0 && note.get(start - 1).level() < level) {
                start--;
            }
            if (end - start >= 2) {
                return List.copyOf(note.subList(start, Math.min(end, start + policy.fanout())));
            }
        }
        return List.of();
    }

    /** Finds as many digests of one level as make one of the next, and the single strays among them, which go along. */
    private List<Digest> fullLevel(List<Digest> note, CompactionPolicy policy) {
        for (int start = 0; start < note.size(); start++) {
            int level = note.get(start).level();
            int found = 0;
            for (int end = start; end < note.size() && note.get(end).level() <= level; end++) {
                found += note.get(end).level() == level ? 1 : 0;
                if (found == policy.fanout()) {
                    return List.copyOf(note.subList(start, end + 1));
                }
            }
        }
        return List.of();
    }

    /** A note that has outgrown its share is folded before a level is full: the two neighbours of the lowest level, the oldest of them. */
    private List<Digest> overflowing(List<Digest> note, CompactionPolicy policy) {
        int tokens = note.stream()
                .mapToInt(digest -> counter.count(digest.text()) + 1)
                .sum();
        if (note.size() < 2 || tokens <= policy.noteTokens()) {
            return List.of();
        }
        int best = 0;
        for (int start = 1; start + 1 < note.size(); start++) {
            best = pairLevel(note, start) < pairLevel(note, best) ? start : best;
        }
        return List.copyOf(note.subList(best, best + 2));
    }

    private static int pairLevel(List<Digest> note, int start) {
        return Math.max(note.get(start).level(), note.get(start + 1).level());
    }

    private Optional<Job> tail(ConversationId conversation, List<Digest> note, CompactionPolicy policy, boolean eager) {
        long from = note.isEmpty() ? 1 : note.getLast().covers().to() + 1;
        // In this order: a question that is recorded between the two reads is newer than the newest.
        long newest = store.newestExchange(conversation);
        long to = store.oldestOpenExchange(conversation)
                .map(open -> Math.min(open - 1, newest))
                .orElse(newest);
        if (to < from) {
            return Optional.empty();
        }
        int most = policy.compactAfterTurns();
        Exchanges uncovered = new Exchanges(from, to);
        List<Turn> turns = store.turns(conversation, uncovered, most * 2);
        boolean all = turns.isEmpty() || nothingAfter(conversation, turns, uncovered);
        int surplus = eager ? turns.size() : surplus(turns, all, policy);
        if (surplus == 0) {
            return Optional.empty();
        }
        List<Turn> segment = oldest(turns, Math.min(surplus, most));
        return Optional.of(new Job(0, new Exchanges(from, segment.getLast().exchange()), segment, List.of()));
    }

    /**
     * Returns how many of the oldest turns must go to reach the low-water marks, or 0 below the high-water marks.
     *
     * @param all whether these are all that no digest covers
     */
    private int surplus(List<Turn> turns, boolean all, CompactionPolicy policy) {
        int total = turns.stream().mapToInt(this::tokens).sum();
        boolean tooMany = turns.size() > policy.compactAfterTurns();
        boolean tooLong = total > policy.compactAfterTokens();
        int surplus = tooMany ? turns.size() - policy.keepTurns() : 0;
        if (tooLong) {
            int left = total;
            int byTokens = 0;
            while (left > policy.compactAfterTokens() / 2) {
                left -= tokens(turns.get(byTokens++));
            }
            surplus = Math.max(surplus, byTokens);
        }
        // The newest exchange stays as it was said, however long it is: it is what the next message most likely means.
        long newest = all && !turns.isEmpty() ? turns.getLast().exchange() : 0;
        int older =
                (int) turns.stream().filter(turn -> turn.exchange() != newest).count();
        if (!all) {
            surplus = Math.max(
                    surplus, 1); // More than twice the mark, in exchanges that are too long to be read together.
        }
        return Math.min(surplus, older);
    }

    private int tokens(Turn turn) {
        int calls = turn.toolCalls().stream()
                .mapToInt(call -> counter.count(call.arguments()))
                .sum();
        return counter.count(turn.text()) + calls;
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
