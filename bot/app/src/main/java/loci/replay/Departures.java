package loci.replay;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import loci.memory.MemoryView;
import loci.memory.Turn;
import loci.prompt.Assembly.Shown;
import loci.prompt.Strategy;
import loci.replay.Line.Departure;
import loci.replay.Line.Reason;

/** Tells which messages left the prompt from one message to the next, and why. Not thread-safe. */
final class Departures {

    private final Strategy strategy;
    private final Map<Long, Integer> numbers;
    private List<Turn> before = List.of();

    /** @param numbers the places of turns in the transcript, by their number in the log; grows while the replay goes on */
    Departures(Strategy strategy, Map<Long, Integer> numbers) {
        this.strategy = strategy;
        this.numbers = numbers;
    }

    /** Returns what left, and keeps what is shown now. */
    List<Departure> of(MemoryView view, Shown shown) {
        Set<Long> here = new HashSet<>();
        here.add(view.live().seq());
        shown.window().forEach(turn -> here.add(turn.seq()));
        shown.pinned().forEach(turn -> here.add(turn.seq()));
        Map<Reason, Set<Integer>> left = new EnumMap<>(Reason.class);
        for (Turn turn : before) {
            Integer number = numbers.get(turn.seq());
            if (!here.contains(turn.seq()) && number != null) {
                left.computeIfAbsent(reason(turn, view, shown), why -> new TreeSet<>())
                        .add(number);
            }
        }
        before = new ArrayList<>(shown.pinned());
        before.addAll(shown.window());
        before.add(view.live());
        return left.entrySet().stream()
                .map(reason -> new Departure(reason.getKey(), List.copyOf(reason.getValue())))
                .toList();
    }

    /** Nothing was sent: nothing is there that could leave the next prompt. */
    void nothingSent() {
        before = List.of();
    }

    private Reason reason(Turn turn, MemoryView view, Shown shown) {
        if (shown.note().stream().anyMatch(digest -> digest.covers().contains(turn.exchange()))) {
            return Reason.IN_THE_NOTE;
        }
        boolean wanted = strategy instanceof Strategy.Trim
                || view.window().stream().anyMatch(inView -> inView.seq() == turn.seq())
                || view.pinned().stream().anyMatch(inView -> inView.seq() == turn.seq())
                || view.note().stream().anyMatch(digest -> digest.covers().contains(turn.exchange()));
        boolean afterNote = strategy.reach().note() && !strategy.reach().intoNote();
        return wanted || afterNote ? Reason.NO_ROOM : Reason.OUTSIDE;
    }
}
