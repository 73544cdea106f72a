package loci.engine;

import java.util.List;
import loci.memory.Digest;
import loci.memory.MemoryView;
import loci.memory.Said;
import loci.memory.Turn;
import loci.model.Usage;
import loci.prompt.PromptCounter;

/**
 * Estimates what a prompt would have held, had everything said so far been resent with it. Counted on from what was said before, so that
 * it takes no longer in a long conversation; turns that no window showed are taken to be as long as the others. Pure.
 */
final class Resending {

    /** The header of a turn, at most about: its mark, a name and a date. */
    static final int HEADER_TOKENS = 30;

    private Resending() {}

    /**
     * What it would have taken.
     *
     * @param tokens of the whole prompt
     * @param live of its last message, which no cache can hold
     * @param said the count to go on from next time
     */
    record Taken(long tokens, int live, Said said) {

        /** What the provider would have reported at best: all but the last message from its cache. */
        Usage usage(int replyTokens) {
            int all = (int) Math.min(Integer.MAX_VALUE, tokens);
            return new Usage(all, Math.max(0, all - live), replyTokens, 0);
        }
    }

    /**
     * @param before as last counted; where something was forgotten since, it is counted anew from what remains
     * @param frame the tokens of what stands in every prompt
     * @param counted the tokens of the prompt that was sent, which held no more than everything
     */
    static Taken of(MemoryView view, Said before, int frame, int counted, PromptCounter counter) {
        boolean anew = before.epoch() != view.epoch();
        Said from = anew ? new Said(view.epoch(), 0, 0) : before;
        int live = tokens(view.live(), counter);
        List<Turn> unseen = view.window().stream()
                .filter(turn -> turn.seq() > from.throughSeq())
                .toList();
        long shown = unseen.stream().mapToLong(turn -> tokens(turn, counter)).sum();
        long between = anew ? beforeWindow(view) : view.live().seq() - 1 - from.throughSeq() - unseen.size();
        long usual = unseen.isEmpty() ? live : shown / unseen.size();
        long said = from.tokens() + shown + Math.max(0, between) * usual;
        Said now =
                new Said(view.epoch(), Math.max(from.throughSeq(), view.live().seq()), said + live);
        return new Taken(Math.max(counted, frame + said + live), live, now);
    }

    /** How many turns remain that are older than the window. */
    private static long beforeWindow(MemoryView view) {
        long window = view.window().isEmpty()
                ? view.live().exchange()
                : view.window().getFirst().exchange();
        return view.waiting()
                + view.note().stream()
                        .filter(digest -> digest.covers().to() < window)
                        .mapToLong(Digest::turns)
                        .sum();
    }

    private static int tokens(Turn turn, PromptCounter counter) {
        return counter.count(turn.text()) + HEADER_TOKENS;
    }
}
